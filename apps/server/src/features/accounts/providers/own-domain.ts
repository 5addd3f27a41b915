/**
 * Which addresses are the organisation's own (IDN-3). Letters beyond ASCII are refused before anything is folded: the
 * lower case of a Kelvin sign is a k, and NFKC makes an ordinary letter of a wide one.
 */
const plainAddress = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}$/u;

/** In lower case; null where it is no address that could belong to one of the domains. */
export function ownAddress(address: string | null, domains: readonly string[]): string | null {
  if (address === null || !plainAddress.test(address)) return null;
  const folded = address.toLowerCase();
  const domain = folded.slice(folded.lastIndexOf("@") + 1);
  // The very domain: a name below it may be somebody else's.
  return domains.includes(domain) ? folded : null;
}
