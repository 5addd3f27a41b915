/**
 * Passcodes (MTG-8): sealed, so that the host can see them again, and compared through a keyed MAC. Neither key is in
 * the database. Every meeting has one, asked for or not: rules that tighten later find it there.
 */
import { HttpError } from "../../platform/http/http-error.ts";
import { equalBytes, type Keys } from "../../platform/keys/keys.ts";
import { newPasscode, passcodeAlphabet } from "../../platform/random.ts";

export type PasscodeColumns = { readonly passcode_sealed: Buffer; readonly passcode_mac: Buffer };

const fewest = 10;
const most = 32;
const separators = /[\s\p{Z}\p{Pd}\u2212\u30FC\uFF70_]/gu;

/** Full width, lower case, spaces, hyphens and long-vowel marks make no difference to what somebody types. */
export function normalisePasscode(typed: string): string {
  return typed.normalize("NFKC").toUpperCase().replace(separators, "");
}

/** Constant time, and the same work where the meeting has none: then always false. */
export function passcodeMatches(
  keys: Keys,
  meeting: { readonly id: string; readonly passcode_mac: Buffer | null },
  typed: string,
): boolean {
  const mac = macOf(keys, meeting.id, normalisePasscode(typed));
  const same = equalBytes(mac, meeting.passcode_mac ?? Buffer.alloc(mac.length));
  return same && meeting.passcode_mac !== null;
}

export function passcodeColumns(keys: Keys, meetingId: string, passcode: string): PasscodeColumns {
  return {
    passcode_sealed: keys.seal("passcode", Buffer.from(passcode), meetingId),
    passcode_mac: macOf(keys, meetingId, passcode),
  };
}

export function openPasscode(keys: Keys, meetingId: string, sealed: Buffer): string {
  return keys.open("passcode", sealed, meetingId).toString("utf8");
}

/** Null where a meeting has none. */
export function passcodeOf(
  keys: Keys,
  { id, passcode_sealed: sealed }: { readonly id: string; readonly passcode_sealed: Buffer | null },
): string | null {
  return sealed === null ? null : openPasscode(keys, id, sealed);
}

/** The host's own, or a new one; throws `bad_request` for one that is short or has letters that are mistaken. */
export function chosenPasscode(own: string | null): string {
  if (own === null) return newPasscode();
  const passcode = normalisePasscode(own);
  const good =
    passcode.length >= fewest &&
    passcode.length <= most &&
    [...passcode].every((letter) => passcodeAlphabet.includes(letter));
  if (!good) throw new HttpError("bad_request", { fields: ["passcode"] });
  return passcode;
}

function macOf(keys: Keys, meetingId: string, normalised: string): Buffer {
  return keys.mac("passcode", `${meetingId}:${normalised}`);
}
