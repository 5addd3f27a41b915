/** Addresses as people type them, brought to one form, so that no second spelling is a second person (BAR-8, INV-5). */
import { domainToASCII } from "node:url";
import type { Keys } from "../keys/keys.ts";
import { isMailbox } from "./message.ts";

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

/** Google's mail servers leave dots out of account, and know two names. */
const googleDomains = new Set(["gmail.com", "googlemail.com"]);

/**
 * Whether two addresses are read in one place, as far as the text tells: a passcode must not follow its link under
 * another spelling (INV-1). An address that cannot be read counts as the same.
 */
export function sameMailbox(one: string, other: string): boolean {
  const [first, second] = [mailboxOf(one), mailboxOf(other)];
  return first === null || second === null || first === second;
}

function mailboxOf(typed: string): string | null {
  const read = readAddress(typed);
  if (read === null || !googleDomains.has(read.domain)) return read?.mailbox ?? null;
  const local = read.mailbox.slice(0, read.mailbox.lastIndexOf("@"));
  return `${local.replaceAll(".", "")}@gmail.com`;
}

/** A keyed digest: the same for the same address, and of no use without the server's key. */
export function macOfAddress(keys: Pick<Keys, "mac">, address: string): Buffer {
  return keys.mac("guest-address", address);
}
