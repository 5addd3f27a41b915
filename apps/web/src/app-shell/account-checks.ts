import type { Words } from "../i18n/words.ts";

/** Characters of a password at least (IDN-2); the server has the last word, and the list of leaked ones. */
export const PASSWORD_MIN = 12;

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/u;

export function nameProblem(t: Words<"account">, name: string): { name?: string } {
  return name.trim() === "" ? { name: t("check.name") } : {};
}

export function emailProblem(t: Words<"account">, email: string): { email?: string } {
  return EMAIL.test(email.trim()) ? {} : { email: t("check.email") };
}

export function passwordProblem(t: Words<"account">, password: string): { password?: string } {
  // Code points, as the server counts: a kanji outside the basic plane is one character.
  return [...password].length >= PASSWORD_MIN ? {} : { password: t("check.password") };
}
