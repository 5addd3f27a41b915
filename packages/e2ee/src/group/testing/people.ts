/** Members for tests: real engines, and no server between them but what the test says. */
import { groupEngine } from "../engine.ts";
import type {
  Covers,
  DeviceKey,
  GroupPolicy,
  LeafIdentity,
  MeetingGroup,
  OwnCommit,
  PendingMember,
  Suite,
} from "../group.ts";

export const everything: Covers = () => true;

export function identityOf(member: string, changes: Partial<LeafIdentity> = {}): LeafIdentity {
  const account = { v: 1, kind: "account", instance: "meeting-1", group: "main", member } as const;
  return { ...account, name: `Name of ${member}`, account: `account-${member}`, ...changes };
}

export function policyFor(suite: Suite, ...admit: readonly string[]): GroupPolicy {
  return { v: 1, instance: "meeting-1", group: "main", suite, admit };
}

export type Applicant = {
  readonly key: DeviceKey;
  readonly keyPackage: Uint8Array;
  readonly pending: PendingMember;
};

export async function applicant(suite: Suite, member: string): Promise<Applicant> {
  const key = await groupEngine.makeDeviceKey(suite);
  return { key, ...(await groupEngine.makeKeyPackage(identityOf(member), key)) };
}

/** A group of `host`, who admits, and the others, all in one commit. */
export async function groupOf(
  suite: Suite,
  ...others: readonly string[]
): Promise<readonly [MeetingGroup, ...MeetingGroup[]]> {
  const key = await groupEngine.makeDeviceKey(suite);
  const host = await groupEngine.found(identityOf("host"), key, policyFor(suite, "host"));
  if (others.length === 0) return [host];
  const applicants = await Promise.all(others.map(async (member) => await applicant(suite, member)));
  const own = await host.commit({ add: applicants.map(({ keyPackage }) => keyPackage) });
  host.confirm();
  return [host, ...(await Promise.all(applicants.map(async (one) => await joined(own, one))))];
}

export async function joined(own: OwnCommit, { pending }: Applicant): Promise<MeetingGroup> {
  if (own.welcome === null) throw new Error("nobody was added");
  return await groupEngine.join(own.welcome, pending);
}

/** `by` commits, the server takes it, and these receive it. */
export async function carriedOut(
  by: MeetingGroup,
  wanted: Parameters<MeetingGroup["commit"]>[0],
  others: readonly MeetingGroup[],
): Promise<OwnCommit> {
  const own = await by.commit(wanted);
  by.confirm();
  for (const one of others) await one.receive(own.commit, everything);
  return own;
}

/** All that members have to agree on. */
export async function viewOf(group: MeetingGroup): Promise<string> {
  return JSON.stringify({
    epoch: group.epoch,
    policy: group.policy,
    members: group.members(),
    code: await group.safetyCode(),
    media: Array.from(await group.mediaBaseKey()),
  });
}
