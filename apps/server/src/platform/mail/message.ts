/** One message, as plain as it can be: text to one address. Whatever could become a header of its own is refused here. */

/** `kind` is for those who look after the outbox; it stands in no message. */
export type MailKind = "addressCode" | "accountNotice";

export type MailMessage = {
  readonly kind: MailKind;
  /** ASCII, as `isMailbox` has it. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The text opens something: nobody is shown it, and it is wiped once it was sent or is of no use any more. */
  readonly secret: boolean;
  /** ms since 1970 UTC; later it is not sent any more. Null: it is tried until the tries are used up. */
  readonly goodUntil: number | null;
};

const longestSubject = 200;
const longestText = 20_000;

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

/** Throws: what is sent is composed by our own code, so a bad message is a fault and not somebody's mistake. */
export function checkMessage(message: MailMessage): void {
  if (!isMailbox(message.to)) throw new Error("a message to something that is no address");
  // A line break in a header's value begins another header: the way in for header injection.
  const { subject, text } = message;
  if (/[\p{Cc}\u2028\u2029]/u.test(subject) || subject.length > longestSubject)
    throw new Error("a subject that is no single line");
  if (/[^\P{Cc}\n\t]/u.test(text) || text.length > longestText)
    throw new Error("a text with control characters");
}
