/**
 * What the product uses of MLS (RFC 9420), and nothing more: one group, members added and removed by commits that carry
 * their changes themselves. Everything here runs in a worker or in Node, and never talks to a network.
 */

/** 0x0002 (P-256, AES-128-GCM, SHA-256) and 0x0007 (P-384, AES-256-GCM, SHA-384); nothing else is accepted (ENC-2). */
export type Suite = "p256" | "p384";

/**
 * Who a leaf stands for: canonical JSON in the basic credential. What the meeting's server knows of the person;
 * the name is the one under which the person asked, and is compared with the one on the screen.
 */
export type LeafIdentity = {
  readonly v: 1;
  readonly kind: "account" | "guest";
  /** The meeting's instance: a leaf made for one meeting is refused in another. */
  readonly instance: string;
  /** `main`, or the admission id of the applicant whose verification call this is (ADM-13). */
  readonly group: string;
  /** The admission's id, which is opaque and the same for the whole admission: one leaf for each. */
  readonly member: string;
  readonly name: string;
  /** Of an account: an opaque name for it that is the same in every meeting of the organisation; null for a guest. */
  readonly account: string | null;
};

/**
 * Agreed on by the group itself, in its context: it reaches whoever joins with the Welcome, and changes only by a commit
 * of a member named in `admit` (ENC-7), whatever the server says.
 */
export type GroupPolicy = {
  readonly v: 1;
  readonly instance: string;
  readonly group: string;
  readonly suite: Suite;
  /** Members (admission ids) whose commits may add, remove anybody, and change this policy. Never empty. */
  readonly admit: readonly string[];
};

export type Member = LeafIdentity & {
  readonly leaf: number;
  /** SHA-256 of the leaf's signature key, base64url: what is pinned (ENC-4). */
  readonly key: string;
};

/** What a commit changes, as its content says; the sender is proved by the commit's signature. */
export type Change = {
  readonly by: Member;
  readonly added: readonly Member[];
  readonly removed: readonly Member[];
  /** The policy it sets, where it sets one. */
  readonly policy: GroupPolicy | null;
};

/**
 * `foreign`: not of this group, epoch or suite. `forbidden`: its sender may not do that, or a rule of the profile is broken.
 * `uncovered`: the gate's own record does not know of it (ENC-7). `broken`: not readable, or its signature or tag is wrong.
 * `removed`: it removes this very member. `stale`: of an epoch that has gone.
 */
export type RefusedReason = "foreign" | "forbidden" | "uncovered" | "broken" | "removed" | "stale";

export class GroupRefused extends Error {
  readonly reason: RefusedReason;
  constructor(reason: RefusedReason) {
    super(reason);
    this.reason = reason;
  }
}

/** One device's signature key. The private half is a WebCrypto key that cannot be exported, or a test's. */
export type DeviceKey = {
  readonly suite: Suite;
  readonly publicKey: Uint8Array;
  readonly privateKey: CryptoKey;
};

/** A commit of one's own that waits for the server's word: first of its epoch wins, the others are discarded. */
export type OwnCommit = {
  readonly epoch: number;
  /** MLSMessage bytes: a PublicMessage. */
  readonly commit: Uint8Array;
  /** MLSMessage bytes: one Welcome for everybody added, with the tree; null where nobody was. */
  readonly welcome: Uint8Array | null;
  readonly added: readonly string[];
  readonly removed: readonly string[];
};

/** Asked of the caller for each change before it is applied: whether the gate's own record covers it (ENC-7). */
export type Covers = (change: Change) => boolean;

export interface MeetingGroup {
  readonly suite: Suite;
  readonly epoch: number;
  readonly self: Member;
  readonly policy: GroupPolicy;
  /** In the order of the leaves. */
  members(): readonly Member[];
  /**
   * Adds by key package, removes by member, changes the policy; nothing at all is new keys alone. Nothing holds until
   * `confirm`. Throws GroupRefused where this member may not, a key package is not acceptable, or a member is not there.
   */
  commit(wanted: {
    readonly add?: readonly Uint8Array[];
    readonly remove?: readonly string[];
    readonly policy?: GroupPolicy;
  }): Promise<OwnCommit>;
  /** The server took the last own commit: it holds from now on. */
  confirm(): void;
  /** Another commit was first: the last own one is forgotten, its secrets with it. */
  discard(): void;
  /** Somebody else's commit of this epoch. Throws GroupRefused and is unchanged, or is in the next epoch. */
  receive(commit: Uint8Array, covers: Covers): Promise<Change>;
  /** A message to everybody of the group: MLS PrivateMessage, padded. At most 16 KiB of content. */
  seal(content: Uint8Array): Promise<Uint8Array>;
  /** Opens what `seal` of another member made in this epoch or in the one before; once. */
  open(sealed: Uint8Array): Promise<{ readonly from: Member; readonly content: Uint8Array }>;
  /** For one member alone, signed by this one: readable with that member's leaf key and by nobody else (ENC-5). */
  sealTo(member: string, content: Uint8Array): Promise<Uint8Array>;
  openFrom(sealed: Uint8Array): Promise<{ readonly from: Member; readonly content: Uint8Array }>;
  /** RFC 9605, 5.2: MLS-Exporter("SFrame 1.0 Base Key", "", Nk) of this epoch. */
  mediaBaseKey(): Promise<Uint8Array>;
  /** 30 digits of the epoch's authenticator: the same for everybody of the group, different for any two groups (ENC-4). */
  safetyCode(): Promise<string>;
  /** Overwrites what can be overwritten. Nothing works afterwards. */
  forget(): void;
}

export interface GroupEngine {
  makeDeviceKey(suite: Suite): Promise<DeviceKey>;
  /** A key package for one use, good for 24 h at most; its private half stays in `pending`. */
  makeKeyPackage(
    identity: LeafIdentity,
    key: DeviceKey,
  ): Promise<{ readonly keyPackage: Uint8Array; readonly pending: PendingMember }>;
  /** Checks signature, suite, lifetime, capabilities, credential. Throws GroupRefused. `key` as in Member. */
  readKeyPackage(bytes: Uint8Array, suite: Suite): Promise<LeafIdentity & { readonly key: string }>;
  /** A new group with this one member, who may admit. */
  found(identity: LeafIdentity, key: DeviceKey, policy: GroupPolicy): Promise<MeetingGroup>;
  /** Joins by the Welcome made for that key package. The caller looks at policy and members before using it. */
  join(welcome: Uint8Array, pending: PendingMember): Promise<MeetingGroup>;
}

/** Opaque to callers. */
export type PendingMember = { readonly identity: LeafIdentity; readonly suite: Suite };
