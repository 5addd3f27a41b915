/** The groups of one page, where their keys are: in the worker, and in tests in the same process (ENC-2). */
import {
  base64url,
  GroupRefused,
  type Change,
  type DeviceKey,
  type GroupEngine,
  type LeafIdentity,
  type MeetingGroup,
  type PendingMember,
  type Suite,
} from "@sekisho/e2ee";
import { fromBase64 } from "./base64.ts";
import type { FrameFeed } from "./frame-feed.ts";
import type { Covered, GroupName, GroupPort, Snapshot } from "./group-port.ts";

export type LocalDeps = {
  readonly engine: GroupEngine;
  /** The key of this device for that person; made where there is none. */
  readonly deviceKey: (identity: LeafIdentity, suite: Suite) => Promise<DeviceKey>;
  readonly feed: FrameFeed;
};

type Held = { readonly group: MeetingGroup; readonly generation: number };

const text = { encode: (value: string) => new TextEncoder().encode(value), decode: new TextDecoder() };
/** First byte of what is sealed: for everybody of the group, or for some, one after the other. */
const forAll = 0;
const forSome = 1;

export function createLocalGroups({ engine, deviceKey, feed }: LocalDeps): GroupPort {
  const held = new Map<GroupName, Held>();
  const pending = new Map<GroupName, PendingMember>();
  /** Groups whose own commit, made and not confirmed yet, puts somebody out. */
  const removing = new Set<GroupName>();

  function get(name: GroupName): Held {
    const found = held.get(name);
    if (found === undefined) throw new GroupRefused("foreign");
    return found;
  }

  async function entered(name: GroupName, now: Held, removal: boolean): Promise<Snapshot> {
    await feed.epoch(name, now.group, { generation: now.generation, removal });
    return snapshotOf(now);
  }

  async function put(name: GroupName, group: MeetingGroup, generation: number): Promise<Snapshot> {
    held.get(name)?.group.forget();
    const now = { group, generation };
    held.set(name, now);
    return entered(name, now, true);
  }

  return {
    async offer(identity, suite) {
      const key = await deviceKey(identity, suite);
      const made = await engine.makeKeyPackage(identity, key);
      pending.set(identity.group, made.pending);
      return base64url(made.keyPackage);
    },
    async found(identity, suite, generation) {
      const key = await deviceKey(identity, suite);
      const { instance, group: name, member } = identity;
      const policy = { v: 1, instance, group: name, suite, admit: [member] } as const;
      return put(name, await engine.found(identity, key, policy), generation);
    },
    async join(name, welcome, generation) {
      const waiting = pending.get(name);
      if (waiting === undefined) throw new GroupRefused("foreign");
      const group = await engine.join(fromBase64(welcome), waiting);
      pending.delete(name);
      return put(name, group, generation);
    },
    async receive(name, commit, covered) {
      const now = get(name);
      const change = await now.group.receive(fromBase64(commit), (one) => covers(covered, one));
      return entered(name, now, change.removed.length > 0);
    },
    async commit(name, { add, remove, policy }) {
      const made = await get(name).group.commit({
        add: add.map(fromBase64),
        remove,
        ...(policy === null ? {} : { policy }),
      });
      if (made.removed.length > 0) removing.add(name);
      else removing.delete(name);
      return {
        commit: base64url(made.commit),
        welcome: made.welcome === null ? null : base64url(made.welcome),
      };
    },
    async confirm(name) {
      const now = get(name);
      const before = now.group.members().length;
      now.group.confirm();
      const grown = now.group.members().length > before;
      // With more added than removed it grows, and somebody is out all the same.
      return entered(name, now, removing.delete(name) || !grown);
    },
    discard(name) {
      held.get(name)?.group.discard();
      return Promise.resolve();
    },
    read: (keyPackage, suite) => engine.readKeyPackage(fromBase64(keyPackage), suite),
    async seal(name, to, content) {
      const { group } = get(name);
      const bytes = text.encode(content);
      if (to === null) return base64url(Uint8Array.of(forAll, ...(await group.seal(bytes))));
      const each = await Promise.all(to.map((member) => group.sealTo(member, bytes)));
      return base64url(Uint8Array.of(forSome, ...each.flatMap((one) => [...lengthOf(one), ...one])));
    },
    async open(name, sealed) {
      const { group } = get(name);
      const bytes = fromBase64(sealed);
      const [kind] = bytes;
      if (kind !== forAll && kind !== forSome) throw new GroupRefused("broken");
      const rest = bytes.subarray(1);
      const { from, content } = await (kind === forAll ? group.open(rest) : openMine(group, rest));
      return { from, text: text.decode.decode(content) };
    },
    feed(name, port) {
      feed.attach(name, port);
      return Promise.resolve();
    },
    forget(name) {
      held.get(name)?.group.forget();
      held.delete(name);
      pending.delete(name);
      feed.forget(name);
      return Promise.resolve();
    },
  };
}

/** Two bytes, the higher first; what is sealed for one is far shorter than they can say. */
function lengthOf(bytes: Uint8Array): readonly [number, number] {
  return [bytes.length >> 8, bytes.length & 0xff];
}

/** Which of them is for this member is not said: the one that opens. */
async function openMine(group: MeetingGroup, bytes: Uint8Array) {
  for (let at = 0; at + 2 <= bytes.length;) {
    const length = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
    const one = bytes.subarray(at + 2, at + 2 + length);
    at += 2 + length;
    try {
      return await group.openFrom(one);
    } catch (error) {
      if (!(error instanceof GroupRefused)) throw error;
    }
  }
  throw new GroupRefused("broken");
}

async function snapshotOf({ group, generation }: Held): Promise<Snapshot> {
  const { epoch, self, policy } = group;
  return { generation, epoch, self, policy, members: group.members(), code: await group.safetyCode() };
}

/** ENC-7: what a commit does is what the gate has on record of it, no more and no less. */
function covers(covered: Covered, change: Change): boolean {
  return (
    covered.by === change.by.member &&
    sameSet(covered.added, change.added) &&
    sameSet(covered.removed, change.removed)
  );
}

function sameSet(ids: readonly string[], members: readonly { readonly member: string }[]): boolean {
  const set = new Set(ids);
  return set.size === members.length && members.every((one) => set.has(one.member));
}
