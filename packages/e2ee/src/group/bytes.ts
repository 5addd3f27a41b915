/** Bytes compared, copied, written as text, and overwritten. */

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let differences = 0;
  for (const [at, byte] of a.entries()) differences |= byte ^ (b[at] ?? 0);
  return differences === 0;
}

/** What came from outside is copied first: its owner could change it while it is being checked. */
export function copyOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(bytes.length);
  copy.set(bytes);
  return copy;
}

export function base64url(bytes: Uint8Array): string {
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

export function wipe(...secrets: readonly Uint8Array[]): void {
  for (const secret of secrets) secret.fill(0);
}

/** A text that is the same for the same bytes only: to compare many at once. */
export function keyOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
