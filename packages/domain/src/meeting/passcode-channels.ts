/** By which ways a passcode may reach an invitee: always another than the link's (INV-1). */
import type { Invitee } from "./settings.ts";

export const passcodeChannels = ["sms", "secondMail", "oneTimePage", "readOut"] as const;
export type PasscodeChannel = (typeof passcodeChannels)[number];

/** What keeps a channel from being used for somebody. */
export type ChannelRefusal =
  | "noNumber"
  | "noSecondAddress"
  /** The one-time page opens by a code that goes elsewhere than the link went. */
  | "noProof"
  | "noSms"
  | "noMail";

export type SendingAbilities = { readonly mail: boolean; readonly sms: boolean };

export type PageProof = "sms" | "secondMail";

/**
 * Where the code for a one-time page goes: never to the address that received the link (INV-1). A code has to arrive
 * while its reader waits, so that an outbox is no way for it.
 */
export function pageProofOf(
  invitee: Pick<Invitee, "secondEmail" | "phone">,
  able: SendingAbilities,
): PageProof | null {
  if (invitee.phone !== null && able.sms) return "sms";
  return invitee.secondEmail !== null && able.mail ? "secondMail" : null;
}

/** Null: the channel may be used. */
export function channelRefusal(
  channel: PasscodeChannel,
  invitee: Pick<Invitee, "secondEmail" | "phone">,
  able: SendingAbilities,
): ChannelRefusal | null {
  switch (channel) {
    case "sms":
      if (!able.sms) return "noSms";
      return invitee.phone === null ? "noNumber" : null;
    case "secondMail":
      return invitee.secondEmail === null ? "noSecondAddress" : null;
    case "oneTimePage":
      if (invitee.secondEmail === null && invitee.phone === null) return "noProof";
      return pageProofOf(invitee, able) === null ? "noMail" : null;
    case "readOut":
      return null;
  }
}

/**
 * A number as in E.164, or null. A number that begins with one 0 is read as one of Japan, where this is how they are
 * written down.
 */
export function readPhone(typed: string): string | null {
  const text = typed.normalize("NFKC").replaceAll(/[\s\-().ー−‐‑–]/gu, "");
  const digits = /^0[1-9]\d{8,9}$/u.test(text) ? `+81${text.slice(1)}` : text;
  return /^\+[1-9]\d{7,14}$/u.test(digits) ? digits : null;
}
