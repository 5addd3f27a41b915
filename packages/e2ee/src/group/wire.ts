/** MLSMessage in bytes and back. Whatever cannot be read, or has something behind it, is `broken`. */
import type { KeyPackage } from "ts-mls/keyPackage.js";
import { decodeMlsMessage, encodeMlsMessage, type MLSMessage } from "ts-mls/message.js";
import type { PrivateMessage } from "ts-mls/privateMessage.js";
import type { PublicMessage } from "ts-mls/publicMessage.js";
import type { Welcome } from "ts-mls/welcome.js";
import { copyOf } from "./bytes.ts";
import { GroupRefused } from "./group.ts";

/** Far above a Welcome for a thousand, far below what would trouble a phone. */
const longestMessage = 4 * 1024 * 1024;

function messageIn(bytes: Uint8Array): MLSMessage {
  if (bytes.length > longestMessage) throw new GroupRefused("broken");
  const own = copyOf(bytes);
  try {
    const [message, length] = decodeMlsMessage(own, 0) ?? [null, 0];
    if (message !== null && message.version === "mls10" && length === own.length) return message;
  } catch {
    // The decoder throws for some faults and answers nothing for others.
  }
  throw new GroupRefused("broken");
}

export function publicMessageIn(bytes: Uint8Array): PublicMessage {
  const message = messageIn(bytes);
  if (message.wireformat !== "mls_public_message") throw new GroupRefused("forbidden");
  return message.publicMessage;
}

export function privateMessageIn(bytes: Uint8Array): PrivateMessage {
  const message = messageIn(bytes);
  if (message.wireformat !== "mls_private_message") throw new GroupRefused("forbidden");
  return message.privateMessage;
}

export function welcomeIn(bytes: Uint8Array): Welcome {
  const message = messageIn(bytes);
  if (message.wireformat !== "mls_welcome") throw new GroupRefused("forbidden");
  return message.welcome;
}

export function keyPackageIn(bytes: Uint8Array): KeyPackage {
  const message = messageIn(bytes);
  if (message.wireformat !== "mls_key_package") throw new GroupRefused("forbidden");
  return message.keyPackage;
}

export function bytesOfPublic(publicMessage: PublicMessage): Uint8Array {
  return encodeMlsMessage({ version: "mls10", wireformat: "mls_public_message", publicMessage });
}

export function bytesOfPrivate(privateMessage: PrivateMessage): Uint8Array {
  return encodeMlsMessage({ version: "mls10", wireformat: "mls_private_message", privateMessage });
}

export function bytesOfWelcome(welcome: Welcome): Uint8Array {
  return encodeMlsMessage({ version: "mls10", wireformat: "mls_welcome", welcome });
}

export function bytesOfKeyPackage(keyPackage: KeyPackage): Uint8Array {
  return encodeMlsMessage({ version: "mls10", wireformat: "mls_key_package", keyPackage });
}
