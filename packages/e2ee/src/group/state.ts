/** What one member knows of its group in one epoch. Never changed in place, except where a secret is overwritten. */
import type { CiphersuiteImpl } from "ts-mls/crypto/ciphersuite.js";
import type { GroupContext } from "ts-mls/groupContext.js";
import type { KeySchedule } from "ts-mls/keySchedule.js";
import type { RatchetTree } from "ts-mls/ratchetTree.js";
import { allSecretTreeValues, type SecretTree } from "ts-mls/secretTree.js";
import { wipe } from "./bytes.ts";
import type { GroupPolicy, Suite } from "./group.ts";

/** What it takes to open a message of an epoch. */
type Opening = {
  readonly context: GroupContext;
  readonly policy: GroupPolicy;
  readonly tree: RatchetTree;
  readonly secrets: SecretTree;
  readonly senderDataSecret: Uint8Array;
};

export type State = Omit<Opening, "senderDataSecret"> & {
  readonly leaf: number;
  readonly schedule: KeySchedule;
  readonly confirmationTag: Uint8Array;
  /** Private keys by node of the tree: the own leaf's and those above it. */
  readonly keys: Readonly<Record<number, Uint8Array>>;
  /** The epoch before: one only, so that what was under way can still be opened. */
  readonly past: Opening | null;
};

/** The suite, with this member's signature key. */
export type Means = { readonly suite: Suite; readonly cs: CiphersuiteImpl };

export type Past = Opening;

/** The state of the next epoch follows this one: messages opened meanwhile stay opened, and what is not needed goes. */
export function follow(state: State, next: State): State {
  const { context, policy, tree, secrets, schedule } = state;
  const followed: State = {
    ...next,
    keys: keysOfTree(next),
    past: { context, policy, tree, secrets, senderDataSecret: schedule.senderDataSecret },
  };
  wipe(...secretsOf(schedule).filter((secret) => secret !== schedule.senderDataSecret));
  wipe(...keysNotIn(state, followed));
  wipePast(state.past);
  return followed;
}

/** A next state that does not come to hold: its secrets go, except those it shares with the one that stays. */
export function abandon(next: State, state: State): void {
  wipe(...secretsOf(next.schedule), ...allSecretTreeValues(next.secrets).filter(isThere));
  wipe(...keysNotIn(next, state));
}

export function wipeState(state: State): void {
  wipe(...secretsOf(state.schedule), ...Object.values(state.keys));
  wipe(...allSecretTreeValues(state.secrets).filter(isThere));
  wipePast(state.past);
}

function wipePast(past: Past | null): void {
  if (past === null) return;
  wipe(past.senderDataSecret, ...allSecretTreeValues(past.secrets).filter(isThere));
}

/** The library's list of these values has holes. */
function isThere(value: Uint8Array | undefined): value is Uint8Array {
  return value !== undefined;
}

function secretsOf(schedule: KeySchedule): readonly Uint8Array[] {
  const { initSecret, senderDataSecret, exporterSecret, externalSecret } = schedule;
  const { confirmationKey, membershipKey, resumptionPsk, epochAuthenticator } = schedule;
  return [
    initSecret,
    senderDataSecret,
    exporterSecret,
    externalSecret,
    confirmationKey,
    membershipKey,
    resumptionPsk,
    epochAuthenticator,
  ];
}

/** Keys of nodes that have become blank are of no use any more, except to whoever finds them. */
function keysOfTree({ keys, tree }: State): Readonly<Record<number, Uint8Array>> {
  return Object.fromEntries(Object.entries(keys).filter(([node]) => tree[Number(node)] !== undefined));
}

function keysNotIn(one: State, other: State): readonly Uint8Array[] {
  const kept = new Set(Object.values(other.keys));
  return Object.values(one.keys).filter((key) => !kept.has(key));
}
