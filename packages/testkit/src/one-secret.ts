/**
 * INV-1, over every message that any test sends by any way: what leads to a meeting and what opens it are never in one.
 * It knows what they look like, not what they are, so that it also sees those of which the sender knows nothing.
 */
import { passcodeAlphabet } from "../../../apps/server/src/platform/random.ts";

const link = /\/m\/[A-Za-z0-9_-]{22,}/u;
const letter = `[${passcodeAlphabet}]`;
/** Ten letters, as our passcodes are made, in one piece or in the groups in which they are shown. */
const passcode = new RegExp(
  `(?<![A-Za-z0-9_-])(?:${letter}{10}|${letter}{4}[- ]${letter}{4}[- ]${letter}{2})(?![A-Za-z0-9_-])`,
  "u",
);

/** Throws where a text holds both. Folds of a calendar hide nothing. */
export function requireOneSecret(text: string, what: string): void {
  const whole = text.replaceAll(/\r?\n[ \t]/gu, "");
  if (link.test(whole) && passcode.test(whole))
    throw new Error(`[INV-1] link and passcode in one message: ${what}`);
}
