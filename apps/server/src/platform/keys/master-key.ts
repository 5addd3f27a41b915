/** The one secret from which the others are derived, made at the first start and kept in the folder of keys (MTG-8). */
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { keptSecret } from "../embedded/secret-file.ts";

/** 32 bytes; throws if the file does not hold them. */
export function readMasterKey(keysDir: string): Buffer {
  const text = keptSecret(join(keysDir, "master.key"), () => `${randomBytes(32).toString("base64url")}\n`);
  const key = Buffer.from(text.trim(), "base64url");
  if (key.length !== 32) throw new Error("master.key does not hold 32 bytes");
  return key;
}
