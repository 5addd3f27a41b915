/**
 * Where the server lets itself be sent, for policies or with webhooks: never to an address that only means something on this machine or
 * in its cloud (server-side request forgery), unless the whole product runs on this machine alone.
 */
import ipaddr from "ipaddr.js";
import { lookup } from "node:dns/promises";
import { isIP, type LookupFunction } from "node:net";

export type Address = { readonly address: string; readonly family: 4 | 6 };

const usable = new Set(["unicast", "private", "uniqueLocal", "carrierGradeNat"]);
/** Metadata and host agents of clouds that stand in ranges which are otherwise in ordinary use. */
const agents = new Set(["168.63.129.16", "100.100.100.200", "fd00:ec2::254", "fd20:ce::254"]);

export function mayAsk(address: string, loopbackAllowed: boolean): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  const range = parsed.range();
  if (range === "loopback") return loopbackAllowed;
  return usable.has(range) && !agents.has(parsed.toString());
}

/** All addresses of a host; null if one of them is refused. Rejects where the name is unknown. */
export async function addressesOf(
  hostname: string,
  loopbackAllowed: boolean,
): Promise<readonly Address[] | null> {
  const bare = hostname.replace(/^\[|\]$/gu, "");
  const found =
    isIP(bare) === 0 ? await lookup(bare, { all: true }) : [{ address: bare, family: isIP(bare) }];
  if (found.some(({ address }) => !mayAsk(address, loopbackAllowed))) return null;
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
}

/** The connection goes to an address that was looked at, not to what the name says a moment later. */
export function pinnedTo(addresses: readonly Address[]): LookupFunction {
  return (_hostname, options, callback) => {
    const [first] = addresses;
    if (options.all === true) callback(null, [...addresses]);
    else callback(null, first?.address ?? "", first?.family ?? 4);
  };
}

/** By name alone; what the name means is looked at with the rest. */
export function isLoopbackHost(hostname: string): boolean {
  const bare = hostname.replace(/^\[|\]$/gu, "");
  if (bare === "localhost") return true;
  return ipaddr.isValid(bare) && ipaddr.process(bare).range() === "loopback";
}
