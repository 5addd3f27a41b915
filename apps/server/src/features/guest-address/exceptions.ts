/** Who is excepted from signing in (BAR-8): a named address, or everybody at a verified domain. Pure. */
import type { AuthenticationException } from "@sekisho/domain";
import { readAddress, readDomain, type TypedAddress } from "../../platform/mail/address.ts";

export type Exceptions = {
  /**
   * Where the code goes for what was typed; null: nowhere. Where a single address is named, the code goes to that one,
   * whatever tag was typed and whatever the other mail server makes of tags.
   */
  targetOf(typed: TypedAddress): string | null;
  /** Whether a proved address is excepted still. */
  covers(proved: { readonly addressMac: Buffer; readonly domain: string }): boolean;
};

export function readExceptions(
  listed: readonly AuthenticationException[],
  macOf: (address: string) => Buffer,
): Exceptions {
  const addresses = new Set<string>();
  const domains = new Set<string>();
  for (const { kind, value } of listed) {
    const known = kind === "address" ? readAddress(value)?.address : readDomain(value);
    if (known !== undefined && known !== null) (kind === "address" ? addresses : domains).add(known);
  }
  const macs = new Set([...addresses].map((address) => macOf(address).toString("hex")));
  return {
    targetOf({ address, mailbox, domain }) {
      if (addresses.has(address)) return address;
      if (addresses.has(mailbox)) return mailbox;
      return domains.has(domain) ? address : null;
    },
    covers: ({ addressMac, domain }) => domains.has(domain) || macs.has(addressMac.toString("hex")),
  };
}
