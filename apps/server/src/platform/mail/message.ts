/** One message, as plain as it can be: text to one address or number. Whatever could become a header of its own is refused here. */

/** `kind` is for those who look after the outbox; it stands in no message. */
export type MailKind =
  | "registration"
  | "addressCode"
  | "accountNotice"
  | "invitation"
  | "cancellation"
  | "passcode"
  | "passcodePage"
  | "passcodeCode"
  | "recoveryLink";

export type MessageChannel = "mail" | "sms";

/**
 * `noTransport`: nothing was set to send it by when it was written; it waits for somebody who hands it over.
 * `handedOver`: somebody says that they did.
 */
export type MailState = "queued" | "sent" | "failed" | "noTransport" | "handedOver";

/** RFC 5545 text with CRLF at its line ends, and its method (RFC 6047). */
export type CalendarPart = { readonly method: "REQUEST" | "CANCEL"; readonly content: string };

export type MailMessage = {
  readonly kind: MailKind;
  /** Left out: mail. */
  readonly channel?: MessageChannel;
  /** ASCII, as `isMailbox` has it; by SMS a number as in E.164. */
  readonly to: string;
  /** Empty by SMS. */
  readonly subject: string;
  readonly text: string;
  readonly calendar?: CalendarPart;
  /** Who gets the answers of people, in place of our own address. */
  readonly replyTo?: string;
  /** Of whose meeting it is: its hosts see what became of it. */
  readonly meetingId?: string;
  /** The text opens something: nobody is shown it, and it is wiped once it was sent or is of no use any more. */
  readonly secret: boolean;
  /** ms since 1970 UTC; later it is not sent any more. Null: it is tried until the tries are used up. */
  readonly goodUntil: number | null;
};

const longestSubject = 250;
const longestText = 20_000;
const longestCalendar = 60_000;
/** Ten parts; nothing of ours is as long. */
const longestSms = 670;

/** The dot-atom form of RFC 5321 alone: no quotes, comments, lists, angle brackets or spaces. At most 254 letters. */
export function isMailbox(value: string): boolean {
  return (
    value.length <= 254 &&
    /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/iu.test(
      value,
    ) &&
    value.indexOf("@") <= 64
  );
}

export function isPhone(value: string): boolean {
  return /^\+[1-9]\d{7,14}$/u.test(value);
}

/**
 * A header's value as people typed it: an encoded word (RFC 2047) that somebody wrote out would be decoded by its
 * reader into letters that nobody has looked at.
 */
export function withoutEncodedWords(text: string): string {
  return text.replaceAll("=?", "= ?");
}

/** Throws: what is sent is composed by our own code, so a bad message is a fault and not somebody's mistake. */
export function checkMessage(message: MailMessage): void {
  const { subject, text } = message;
  if (message.channel === "sms") {
    if (!isPhone(message.to)) throw new Error("a message to something that is no number");
    if (subject !== "" || message.calendar !== undefined || text.length > longestSms)
      throw new Error("a message that is no SMS");
  } else {
    if (!isMailbox(message.to)) throw new Error("a message to something that is no address");
    if (message.replyTo !== undefined && !isMailbox(message.replyTo))
      throw new Error("answers to something that is no address");
  }
  // A line break in a header's value begins another header: the way in for header injection.
  if (/[\p{Cc}\u2028\u2029]|=\?/u.test(subject) || subject.length > longestSubject)
    throw new Error("a subject that is no single line");
  if (/[^\P{Cc}\n\t]/u.test(text) || text.length > longestText)
    throw new Error("a text with control characters");
  if (message.calendar !== undefined) checkCalendar(message.calendar);
}

/** Its values were escaped by who wrote them; a line that nothing began would be one that somebody typed. */
function checkCalendar({ method, content }: CalendarPart): void {
  const bare = content.replaceAll("\r\n", "\n");
  const lines = bare.replaceAll(/\n[ \t]/gu, "").split("\n");
  const known = lines.every((line) => line === "" || /^[A-Z][A-Z0-9-]*[:;]/u.test(line));
  if (/[^\P{Cc}\n\t]/u.test(bare) || content.length > longestCalendar || !known)
    throw new Error("a calendar part with lines of its own");
  if (lines.filter((line) => line.startsWith("METHOD")).join() !== `METHOD:${method}`)
    throw new Error("a calendar part with another method");
}
