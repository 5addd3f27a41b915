/** Passwords (IDN-2): rules, and argon2id with OWASP's parameters (Password Storage Cheat Sheet: m = 19 MiB, t = 2, p = 1). */
import { hash, verify } from "@node-rs/argon2";
import { dictionary } from "@zxcvbn-ts/language-common";
import { randomBytes } from "node:crypto";

export type PasswordProblem = "password_too_short" | "password_too_long" | "password_breached";

const fewestCharacters = 12;
const mostBytes = 1024;
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** The same characters typed on another keyboard are the same password: NFKC, as in NIST SP 800-63B §3.1.1.2. */
export function normalisePassword(password: string): string {
  return password.normalize("NFKC");
}

/** Characters are code points after NFKC. No rules of composition. */
export function passwordProblem(password: string): PasswordProblem | null {
  if (Buffer.byteLength(password) > mostBytes) return "password_too_long";
  const normal = normalisePassword(password);
  if (Buffer.byteLength(normal) > mostBytes) return "password_too_long";
  if ([...normal].length < fewestCharacters) return "password_too_short";
  return breached().has(normal.toLowerCase()) ? "password_breached" : null;
}

export function hashPassword(password: string): Promise<string> {
  return hash(normalisePassword(password), cost);
}

export async function passwordMatches(hashed: string, password: string): Promise<boolean> {
  return verify(hashed, normalisePassword(password));
}

let decoy: Promise<string> | null = null;

/** What the password of an unknown address is compared with, so that the answer takes as long. */
export function decoyHash(): Promise<string> {
  decoy ??= hash(randomBytes(32).toString("base64"), cost);
  return decoy;
}

let list: ReadonlySet<string> | null = null;

/** The shipped list, read when first needed. */
function breached(): ReadonlySet<string> {
  list ??= new Set(
    Object.values(dictionary).flatMap((words) =>
      words.map((word) => String(word).normalize("NFKC").toLowerCase()),
    ),
  );
  return list;
}
