/** Mail with the link and its calendar entry (INV-2, INV-7, MTG-6). Never with the passcode. */
import type { Invitee } from "@sekisho/domain";
import { presentable } from "@sekisho/domain";
import type { Keys } from "../../../platform/keys/keys.ts";
import { readAddress } from "../../../platform/mail/address.ts";
import { isMailbox, withoutEncodedWords, type MailMessage } from "../../../platform/mail/message.ts";
import { calendarFile } from "../calendar.ts";
import {
  cancellationText,
  changeText,
  invitationText,
  neutralTitle,
  uninvitedText,
} from "../invitation-text.ts";
import type { Gathered } from "./gather.ts";
import { requireOneSecret } from "./one-secret.ts";

/** `change`: somebody has had an invitation to this meeting before. `uninvited`: that one alone is not to come. */
export type LinkNews = "invitation" | "change" | "cancellation" | "uninvited";

const subjectMarks = {
  invitation: { ja: "", en: "" },
  change: { ja: "変更：", en: "Changed: " },
  cancellation: { ja: "中止：", en: "Cancelled: " },
  uninvited: { ja: "招待の取り消し：", en: "Invitation withdrawn: " },
} as const;

const texts = {
  ...{ invitation: invitationText, change: changeText },
  ...{ cancellation: cancellationText, uninvited: uninvitedText },
} as const;

export function subjectOf({ row }: Pick<Gathered, "row">, news: LinkNews, locale: "ja" | "en"): string {
  const { confidentiality, topic } = row.settings;
  const title = confidentiality === "high" ? neutralTitle[locale] : presentable(topic, 200);
  return withoutEncodedWords(subjectMarks[news][locale] + (title === "" ? neutralTitle[locale] : title));
}

/** Null where mail cannot be sent to this address. */
export function linkMail(gathered: Gathered, invitee: Invitee, news: LinkNews): MailMessage | null {
  const { row, facts, calendar, passcode } = gathered;
  const to = readAddress(invitee.email)?.address;
  if (to === undefined) return null;
  const locale = gathered.localeOf(invitee);
  const { host } = calendar;
  const { topic, description } = row.settings;
  const over = news === "cancellation" || news === "uninvited";
  const content = calendarFile({
    ...calendar,
    // Control characters that somebody pasted would make no calendar of it.
    row: {
      ...row,
      settings: {
        ...row.settings,
        ...{ topic: presentable(topic, 200), description: presentable(description, 4000, true) },
      },
    },
    ...{ locale, host: { ...host, name: presentable(host.name, 64) } },
    // Nobody learns from a calendar who else is invited, or their addresses.
    attendees: [{ name: presentable(invitee.name, 64), email: to }],
  });
  const message: MailMessage = {
    kind: over ? "cancellation" : "invitation",
    ...{ to, subject: subjectOf(gathered, news, locale), text: `${texts[news](facts)[locale]}\n` },
    calendar: { method: over ? "CANCEL" : "REQUEST", content },
    ...(isMailbox(host.email) ? { replyTo: host.email } : {}),
    ...{ meetingId: row.id, secret: false, goodUntil: null },
  };
  return requireOneSecret(message, { passcode, link: calendar.url, number: calendar.number });
}

/** The same while nothing has changed that an invitation says. */
export function contentMac(keys: Keys, { row, calendar, passcodeNeeded }: Gathered): Buffer {
  const { confidentiality, topic, description, visibility } = row.settings;
  const told = confidentiality === "high" ? [] : [topic, description];
  const parts = [
    row.cancelled_at !== null,
    ...[row.start_local, row.time_zone, row.duration_minutes, row.recurrence],
    ...[calendar.url, calendar.number, visibility, passcodeNeeded],
    ...told,
  ];
  return keys.mac("invitation-content", JSON.stringify(parts));
}
