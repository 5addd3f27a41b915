/** ECDSA by WebCrypto with keys that cannot be exported: what the library holds for one is a handle that signs nothing. */
import type { Signature } from "ts-mls/crypto/signature.js";
import { copyOf, sameBytes } from "./bytes.ts";
import { derOfSignature, rawOfSignature } from "./der.ts";
import type { DeviceKey, Suite } from "./group.ts";
import { factsOf, keyHandle } from "./suite-facts.ts";

export async function makeDeviceKey(suite: Suite): Promise<DeviceKey> {
  const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: factsOf(suite).curve }, false, [
    "sign",
    "verify",
  ]);
  const publicKey = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  return { suite, publicKey, privateKey: pair.privateKey };
}

export function signatureOf(suite: Suite, key: DeviceKey | null): Signature {
  return {
    sign: async (handle, message) => {
      if (key === null || key.suite !== suite || !sameBytes(handle, keyHandle)) {
        throw new Error("there is no key to sign with");
      }
      const algorithm = { name: "ECDSA", hash: factsOf(suite).digest };
      return derOfSignature(
        new Uint8Array(await crypto.subtle.sign(algorithm, key.privateKey, copyOf(message))),
      );
    },
    verify: async (publicKey, message, signature) => await verified(suite, publicKey, message, signature),
    keygen: async () => await Promise.reject(new Error("keys are made by makeDeviceKey")),
  };
}

async function verified(
  suite: Suite,
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  const { curve, digest, hashLength, publicKeyLength } = factsOf(suite);
  const raw = rawOfSignature(signature, hashLength);
  if (raw === null || publicKey.length !== publicKeyLength) return false;
  try {
    const algorithm = { name: "ECDSA", namedCurve: curve };
    const key = await crypto.subtle.importKey("raw", copyOf(publicKey), algorithm, false, ["verify"]);
    return await crypto.subtle.verify({ name: "ECDSA", hash: digest }, key, copyOf(raw), copyOf(message));
  } catch {
    return false;
  }
}
