/** The credential of a leaf: a basic one (RFC 9420, 5.3) that holds LeafIdentity as canonical JSON. */
import { canonical, isOpaqueId, readCanonical } from "./canonical.ts";
import type { LeafIdentity } from "./group.ts";

const longestName = 512;

export function writeIdentity(identity: LeafIdentity): Uint8Array {
  const { v, kind, instance, group, member, name, account } = identity;
  return canonical({ v, kind, instance, group, member, name, account });
}

/** Null for everything that is not exactly what writeIdentity writes for somebody who can be. */
export function readIdentity(bytes: Uint8Array): LeafIdentity | null {
  return readCanonical(bytes, identityOf, writeIdentity);
}

function identityOf(fields: Readonly<Record<string, unknown>>): LeafIdentity | null {
  const { v, kind, instance, group, member, name, account } = fields;
  if (v !== 1 || !isOpaqueId(instance) || !isOpaqueId(group) || !isOpaqueId(member)) return null;
  if (typeof name !== "string" || name.length === 0 || name.length > longestName) return null;
  if (kind === "guest" && account === null) return { v, kind, instance, group, member, name, account };
  if (kind === "account" && isOpaqueId(account)) return { v, kind, instance, group, member, name, account };
  return null;
}
