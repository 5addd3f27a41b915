/** Addresses as people type them, brought to one form, so that no second spelling is a second person (BAR-8). */
import { domainToASCII } from "node:url";
import { isMailbox } from "../../platform/mail/message.ts";

export type TypedAddress = {
  /** Lower case, half width, the domain in its ASCII form (RFC 5891). */
  readonly address: string;
  /** Without `+tag`: where most mail servers put it. The same as `address` if there is none. */
  readonly mailbox: string;
  readonly domain: string;
};

/** Null: not an address that mail can be sent to. */
export function readAddress(typed: string): TypedAddress | null {
  const text = typed.normalize("NFKC").trim().toLowerCase();
  const at = text.lastIndexOf("@");
  const domain = readDomain(text.slice(at + 1));
  if (at < 1 || domain === null) return null;
  const local = text.slice(0, at);
  const address = `${local}@${domain}`;
  if (!isMailbox(address)) return null;
  const plus = local.indexOf("+");
  return { address, mailbox: plus > 0 ? `${local.slice(0, plus)}@${domain}` : address, domain };
}

/** Null: not a name that mail can be sent to. */
export function readDomain(typed: string): string | null {
  const ascii = domainToASCII(typed.normalize("NFKC").trim().toLowerCase()).replace(/\.$/u, "");
  return ascii === "" || !isMailbox(`a@${ascii}`) ? null : ascii;
}
