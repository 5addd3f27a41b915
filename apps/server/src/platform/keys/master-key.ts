/** The one secret from which the others are derived, made at the first start and kept in the folder of keys (MTG-8). */
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { StartProblem } from "../../config/start-problem.ts";
import { keptSecret } from "../embedded/secret-file.ts";

export function masterKeyFile(keysDir: string): string {
  return join(keysDir, "master.key");
}

/** 32 bytes. Throws `secret_damaged` when the file does not hold them. */
export function readMasterKey(keysDir: string): Buffer {
  const text = keptSecret(masterKeyFile(keysDir), () => `${randomBytes(32).toString("base64url")}\n`);
  const key = Buffer.from(text.trim(), "base64url");
  if (key.length !== 32) throw new StartProblem("secret_damaged", { path: masterKeyFile(keysDir) });
  return key;
}
