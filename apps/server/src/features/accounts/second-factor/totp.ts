/** Codes of authenticator apps: TOTP (RFC 6238) with the values that every app knows: SHA-1, 30 s, six digits. */
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

const stepSeconds = 30;
const digits = 6;
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** 160 bits: as long as the hash (RFC 4226 §4, R6). */
export function newTotpSecret(): Buffer {
  return randomBytes(20);
}

/** RFC 4648, without padding; our secrets have a multiple of 40 bits. */
export function base32(bytes: Buffer): string {
  let bits = "";
  for (const byte of bytes) bits += byte.toString(2).padStart(8, "0");
  return (bits.match(/.{5}/gu) ?? []).map((five) => alphabet[Number.parseInt(five, 2)]).join("");
}

/** `at`: ms since 1970 UTC. */
export function totpStep(at: number): number {
  return Math.floor(at / 1000 / stepSeconds);
}

export function totpCode(secret: Buffer, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac("sha1", secret).update(counter).digest();
  const offset = mac.readUInt8(mac.length - 1) & 15;
  return String((mac.readUInt32BE(offset) & 0x7fff_ffff) % 10 ** digits).padStart(digits, "0");
}

/** The step whose code this is: now, or one before or after, for clocks that differ. Null: none of them. */
export function matchingStep(secret: Buffer, code: string, at: number): number | null {
  if (!/^\d{6}$/u.test(code)) return null;
  const now = totpStep(at);
  let found: number | null = null;
  // All three are compared, whichever it is.
  for (const step of [now - 1, now, now + 1])
    if (timingSafeEqual(Buffer.from(totpCode(secret, step)), Buffer.from(code))) found = step;
  return found;
}

/** What an app reads from the QR code (Key Uri Format of Google Authenticator). */
export function totpUri(secret: Buffer, issuer: string, account: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`;
  const values = new URLSearchParams({ secret: base32(secret), issuer });
  return `otpauth://totp/${label}?${values.toString().replaceAll("+", "%20")}`;
}

/** NFKC, without spaces and hyphens, in capitals: what people make of a code on its way through a keyboard. */
export function plainCode(typed: string): string {
  return typed
    .normalize("NFKC")
    .replaceAll(/[\s\-‐‑–—−ー]/gu, "")
    .toUpperCase();
}
