/** The engine: how one comes to a group. */
import type {
  DeviceKey,
  GroupEngine,
  GroupPolicy,
  LeafIdentity,
  MeetingGroup,
  PendingMember,
} from "./group.ts";
import { foundBy } from "./found.ts";
import { joinBy } from "./join.ts";
import { makeKeyPackage, makePackage, packageOf, readKeyPackage, usedUp } from "./key-packages.ts";
import { meetingGroup } from "./meeting-group.ts";
import { makeDeviceKey } from "./signature.ts";
import { suiteWith } from "./suite.ts";
import type { Means } from "./state.ts";

export const groupEngine: GroupEngine = { makeDeviceKey, makeKeyPackage, readKeyPackage, found, join };

async function found(identity: LeafIdentity, key: DeviceKey, policy: GroupPolicy): Promise<MeetingGroup> {
  const own = await makePackage(identity, key);
  const means = await meansWith(key);
  return meetingGroup(await foundBy(own, policy, means), means);
}

async function join(welcome: Uint8Array, pending: PendingMember): Promise<MeetingGroup> {
  const own = packageOf(pending);
  const means = await meansWith(own.key);
  const state = await joinBy(welcome, own, means);
  usedUp(pending);
  return meetingGroup(state, means);
}

async function meansWith(key: DeviceKey): Promise<Means> {
  return { suite: key.suite, cs: await suiteWith(key.suite, key) };
}
