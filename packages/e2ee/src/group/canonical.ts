/**
 * JSON that has one form only: what is read is written again and compared, so that no two readers can see different
 * things in the same signed bytes.
 */
import { sameBytes } from "./bytes.ts";

const encoder = new TextEncoder();

export function canonical(value: Readonly<Record<string, unknown>>): Uint8Array {
  return encoder.encode(JSON.stringify(value));
}

/** What `read` makes of it, if `write` gives the very same bytes again; else null. */
export function readCanonical<T>(
  bytes: Uint8Array,
  read: (fields: Readonly<Record<string, unknown>>) => T | null,
  write: (value: T) => Uint8Array,
): T | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return null;
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return null;
  const value = read(Object.fromEntries(Object.entries(parsed)));
  return value !== null && sameBytes(write(value), bytes) ? value : null;
}

/** An opaque id: letters, digits and a few signs, so that nothing in it can look like something else. */
export function isOpaqueId(value: unknown): value is string {
  return typeof value === "string" && /^[\w.:~-]{1,128}$/u.test(value);
}
