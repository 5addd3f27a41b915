/** What the page asks of the worker that holds the groups. Bytes are base64url; no key ever comes this way. */
import type { GroupPolicy, LeafIdentity, Member, RefusedReason, Suite } from "@sekisho/e2ee";

export type GroupName = string;

/** A group as it stands in one epoch. */
export type Snapshot = {
  readonly generation: number;
  readonly epoch: number;
  readonly self: Member;
  readonly members: readonly Member[];
  readonly policy: GroupPolicy;
  /** 30 digits (ENC-4). */
  readonly code: string;
};

/** The gate's own record of a commit (ENC-7). */
export type Covered = {
  readonly by: string;
  readonly added: readonly string[];
  readonly removed: readonly string[];
};

export type Wanted = {
  readonly add: readonly string[];
  readonly remove: readonly string[];
  readonly policy: GroupPolicy | null;
};

export type MadeCommit = { readonly commit: string; readonly welcome: string | null };

export type GroupPort = {
  offer(identity: LeafIdentity, suite: Suite): Promise<string>;
  found(identity: LeafIdentity, suite: Suite, generation: number): Promise<Snapshot>;
  join(group: GroupName, welcome: string, generation: number): Promise<Snapshot>;
  receive(group: GroupName, commit: string, covered: Covered): Promise<Snapshot>;
  commit(group: GroupName, wanted: Wanted): Promise<MadeCommit>;
  confirm(group: GroupName): Promise<Snapshot>;
  discard(group: GroupName): Promise<void>;
  /** Whose key package that is; refused where it is not in order. */
  read(keyPackage: string, suite: Suite): Promise<LeafIdentity & { readonly key: string }>;
  /** For the group, or for these members of it, each by the own leaf's key. */
  seal(group: GroupName, to: readonly string[] | null, text: string): Promise<string>;
  open(group: GroupName, sealed: string): Promise<{ readonly from: Member; readonly text: string }>;
  /** The other end of a frame worker's port: it gets this group's keys from now on, and no other's. */
  feed(group: GroupName, port: MessagePort): Promise<void>;
  forget(group: GroupName): Promise<void>;
};

/** What the worker refused, as it crosses the border. */
export class PortRefused extends Error {
  readonly reason: RefusedReason | "failed";
  constructor(reason: RefusedReason | "failed") {
    super(reason);
    this.reason = reason;
  }
}
