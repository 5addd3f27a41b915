/** INV-1: no message holds both the way to the meeting and what opens it. */
import { HttpError } from "../../../platform/http/http-error.ts";
import type { MailMessage } from "../../../platform/mail/message.ts";
import { normalisePasscode } from "../passcode.ts";

type Text = { readonly topic: string; readonly description: string };

/** However it is grouped or written: a host may have put it there by hand. */
export function holdsPasscode(text: string, passcode: string): boolean {
  return normalisePasscode(text).includes(normalisePasscode(passcode));
}

/** Throws `passcode_in_text`, before the topic or description goes anywhere with the link. */
export function requireNoPasscodeIn({ topic, description }: Text, passcode: string | null): void {
  if (passcode !== null && (holdsPasscode(topic, passcode) || holdsPasscode(description, passcode)))
    throw new HttpError("passcode_in_text");
}

/** Throws: a message with the link that holds the passcode, or the other way round, is not put anywhere. */
export function requireOneSecret(
  message: MailMessage,
  {
    passcode,
    link,
    number,
  }: { readonly passcode: string | null; readonly link: string; readonly number: string | null },
): MailMessage {
  const all = [message.subject, message.text, unfolded(message)].join("\n");
  const digits = all.replaceAll(/\D/gu, "");
  const leads = all.includes(link) || (number !== null && digits.includes(number));
  if (leads && passcode !== null && holdsPasscode(all, passcode)) throw new HttpError("passcode_in_text");
  return message;
}

/** A calendar's long lines are folded and its commas escaped; neither hides anything. */
function unfolded({ calendar }: MailMessage): string {
  return (calendar?.content ?? "").replaceAll(/\r\n[ \t]/gu, "").replaceAll("\\", "");
}
