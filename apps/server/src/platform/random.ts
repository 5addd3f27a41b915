/** Unguessable values (MTG-4: ≥ 128 bits), and the hash under which tokens are kept. */
import { createHash, randomBytes, randomInt, randomUUID } from "node:crypto";

/** 22 letters of base64url: 128 bits. */
export function newId(): string {
  return randomBytes(16).toString("base64url");
}

export function newUuid(): string {
  return randomUUID();
}

/** 43 letters of base64url: 256 bits, for tokens that open something. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

/** Tokens are kept hashed: a copy of the database opens nothing. No salt is needed for 256 random bits. */
export function hashToken(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}

/** Decimal digits, the first not 0. */
export function newNumber(digits: number): string {
  let number = String(randomInt(1, 10));
  while (number.length < digits) number += String(randomInt(0, 10));
  return number;
}

/** Letters and digits that are not taken for one another when read aloud or written down (MTG-8). */
export const passcodeAlphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

export function newPasscode(length = 10): string {
  return Array.from({ length }, () => passcodeAlphabet[randomInt(passcodeAlphabet.length)]).join("");
}
