import { hostname, networkInterfaces } from "node:os";
import ipaddr from "ipaddr.js";

/** What other machines in the house can call this one. */
export type OwnNames = { readonly names: readonly string[]; readonly addresses: readonly string[] };

/** Host name, its `.local` form, and every address that belongs to a house (never a public or link-local one). */
export function ownNames(): OwnNames {
  const bare = (hostname().split(".")[0] ?? "").toLowerCase();
  const named = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(bare) ? [bare, `${bare}.local`] : [];
  const addresses = Object.values(networkInterfaces())
    .flatMap((entries) => entries ?? [])
    .map(({ address }) => address)
    .filter(isOfTheHouse);
  return { names: ["localhost", ...named], addresses: [...new Set(["127.0.0.1", "::1", ...addresses])] };
}

export function isOfTheHouse(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  return ["private", "uniqueLocal", "loopback", "carrierGradeNat"].includes(ipaddr.parse(address).range());
}

/** This machine's first address that others can reach, IPv4 before IPv6; loopback where there is none. */
export function firstAddress(): string {
  const found = Object.values(networkInterfaces())
    .flatMap((entries) => entries ?? [])
    .filter(({ internal, scopeid }) => !internal && !scopeid);
  const chosen = found.find(({ family }) => family === "IPv4") ?? found[0];
  return chosen?.address ?? "127.0.0.1";
}
