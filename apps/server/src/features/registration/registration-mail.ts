/**
 * Messages to registrants. None holds the passcode (INV-1), none at high holds the topic (INV-2), and none holds a word
 * that was typed into the form: whoever types another one's address there must not be able to write to them.
 */
import { presentable } from "@sekisho/domain";
import type { Trx } from "../../platform/evidence/organisation-log.ts";
import type { MailMessage } from "../../platform/mail/message.ts";
import type { FoundForm } from "./forms.ts";
import type { RegistrationDeps } from "./registration-deps.ts";
import { linkToken, openPerson, type RegistrationRow } from "./registration-rows.ts";
import { mailWords, type Letter, type MailFacts } from "./registration-words.ts";

export type Letters = {
  readonly row: RegistrationRow;
  readonly letter: Letter;
  /** ms since 1970 UTC; until the end of the meeting where it is left out. */
  readonly goodUntil?: number;
};

/** In the change's own transaction. Call `mail.kick` after the commit. */
export async function tellRegistrant(
  deps: Pick<RegistrationDeps, "keys" | "origin" | "mail">,
  trx: Trx,
  found: FoundForm,
  what: Letters,
): Promise<void> {
  await deps.mail.put(trx, registrantMail(deps, found, what));
}

export function registrantMail(
  deps: Pick<RegistrationDeps, "keys" | "origin">,
  { form, meeting, organisation }: FoundForm,
  { row, letter, goodUntil }: Letters,
): MailMessage {
  const token = linkToken(deps.keys, row.id, row.generation);
  const facts: MailFacts = {
    organisation: presentable(organisation, 64),
    topic: meeting.confidentiality === "high" ? null : presentable(meeting.topic, 120),
    when: timeText(row.locale, meeting.occurrence, meeting.timeZone),
    url: `${deps.origin()}/r/${form.id}/${token}`,
    formUrl: `${deps.origin()}/r/${form.id}`,
    passcodeNeeded: meeting.passcodeNeeded,
  };
  const { subject, lines } = mailWords(row.locale, letter, facts);
  return {
    ...{ kind: "registration", to: openPerson(deps.keys, row).email, secret: true },
    ...{ subject, text: `${lines.join("\n")}\n`, goodUntil: goodUntil ?? meeting.occurrence.endsAt },
  };
}

function timeText(
  locale: "ja" | "en",
  { startsAt, endsAt }: { readonly startsAt: number; readonly endsAt: number },
  timeZone: string,
): string {
  const shape = new Intl.DateTimeFormat(locale === "ja" ? "ja-JP" : "en-GB", {
    ...({ dateStyle: "full", timeStyle: "short" } as const),
    timeZone,
  });
  return `${shape.formatRange(startsAt, endsAt)} (${timeZone})`;
}
