import { randomBytes } from "node:crypto";
import { chmodSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { systemErrorCode } from "../../config/start-problem.ts";

/**
 * Text only the server may read, made once and then kept. Two processes that make it in the same instant end with
 * the same text, and an interrupted write leaves nothing behind under the final name.
 */
export function keptSecret(file: string, make: () => string): string {
  const known = readSecret(file);
  if (known !== null) return known;
  const folder = dirname(file);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const fresh = `${file}.${randomBytes(6).toString("hex")}`;
  writeFileSync(fresh, make(), { mode: 0o600, flag: "wx", flush: true });
  try {
    linkSync(fresh, file);
  } catch (error) {
    if (systemErrorCode(error) !== "EEXIST") throw error;
  } finally {
    rmSync(fresh, { force: true });
  }
  return readFileSync(file, "utf8");
}

/** The kept text, or `null` when it was not made yet. */
export function readSecret(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return null;
    throw error;
  }
}

/** Puts another text in its place, whole or not at all. */
export function replaceSecret(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const fresh = `${file}.${randomBytes(6).toString("hex")}`;
  writeFileSync(fresh, text, { mode: 0o600, flag: "wx", flush: true });
  renameSync(fresh, file);
}
