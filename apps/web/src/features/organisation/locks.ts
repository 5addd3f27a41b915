import type { OrganisationRulesView } from "@sekisho/contract";

export type Locks = OrganisationRulesView["locks"];

/** Locks that are there or not; each has one value, the strict one. */
export const STRICT = {
  passcodeRequired: true,
  waitingRoom: true,
  joinBeforeHost: false,
  muteOnEntry: true,
  visibility: "private",
} as const satisfies Locks;
export type StrictLock = keyof typeof STRICT;

/** A lock that is not set is not in the object: there is no value for "not locked". */
export function withLock<K extends keyof Locks>(locks: Locks, key: K, value: Locks[K] | undefined): Locks {
  const { [key]: _before, ...others } = locks;
  return value === undefined ? others : { ...others, [key]: value };
}
