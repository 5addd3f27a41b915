import { toLeafIndex } from "ts-mls/treemath.js";
import { applyUpdatePath } from "ts-mls/updatePath.js";
import { describe, expect, it } from "vitest";
import { enter } from "./epoch.ts";
import { groupEngine } from "./engine.ts";
import type { MeetingGroup, OwnCommit } from "./group.ts";
import { carryOut, planIn } from "./plan.ts";
import { applyPath } from "./receive-path.ts";
import { receiveCommit } from "./receive.ts";
import { mediaKeyOf } from "./safety-code.ts";
import { opened } from "./seal.ts";
import type { State } from "./state.ts";
import { candidate, insiderBy, type Insider } from "./testing/insider.ts";
import { applicant, everything, identityOf, joined, policyFor } from "./testing/people.ts";
import { publicMessageIn } from "./wire.ts";

const suite = "p256";

/** A group in which `mallory` keeps everything: host, mallory, and so many others, who have all renewed their keys or not. */
async function groupWith(others: number, warm: boolean) {
  const key = await groupEngine.makeDeviceKey(suite);
  const host = await groupEngine.found(identityOf("host"), key, policyFor(suite, "host"));
  const mallory = await candidate(suite, "mallory");
  const names = Array.from({ length: others }, (_, at) => `other-${String(at)}`);
  const rest = await Promise.all(names.map(async (name) => await applicant(suite, name)));
  const own = await host.commit({ add: [mallory.keyPackage, ...rest.map(({ keyPackage }) => keyPackage)] });
  host.confirm();
  let insider = await insiderBy(own, mallory);
  const groups = [host, ...(await Promise.all(rest.map(async (one) => await joined(own, one))))];
  for (const by of warm ? groups : []) {
    const rekey = await by.commit({});
    by.confirm();
    for (const one of groups) if (one !== by) await one.receive(rekey.commit, everything);
    const { next } = await receiveCommit(insider.state, rekey.commit, everything, insider.means);
    insider = { ...insider, state: structuredClone({ ...next, past: null }) };
  }
  return { host, groups, insider };
}

/**
 * The next epoch as whoever has been removed could try to make it: everything it had, the commit that is on the wire, and
 * nothing for a secret.
 */
async function guessed({ state, means }: Insider, commit: Uint8Array, tree: State["tree"]): Promise<State> {
  const { content, auth } = publicMessageIn(commit);
  if (content.contentType !== "commit" || content.sender.senderType !== "member") throw new Error("a commit");
  const commitSecret = new Uint8Array(means.cs.kdf.size);
  const { signature } = auth;
  const entered = await enter(
    structuredClone(state),
    { content, signature, tree, policy: state.policy, commitSecret },
    means,
  );
  const { context, secrets, epoch } = entered;
  const schedule = epoch.keySchedule;
  if (auth.contentType !== "commit") throw new Error("a commit");
  return { ...state, context, secrets, schedule, tree, confirmationTag: auth.confirmationTag, past: null };
}

async function treeAfter({ state, means }: Insider, commit: Uint8Array) {
  const { content } = publicMessageIn(commit);
  if (content.contentType !== "commit" || content.sender.senderType !== "member") throw new Error("a commit");
  const sender = content.sender.leafIndex;
  const outcome = await carryOut(state, planIn(content.commit), sender, means);
  return { outcome, sender, path: content.commit.path };
}

async function mediaKeys(groups: readonly MeetingGroup[]): Promise<readonly string[]> {
  const keys = await Promise.all(groups.map(async (one) => (await one.mediaBaseKey()).join()));
  return [...new Set(keys)];
}

async function followsIn(
  insider: Insider,
  own: OwnCommit,
  groups: readonly MeetingGroup[],
): Promise<boolean> {
  const [media] = await mediaKeys(groups);
  const { outcome, sender, path } = await treeAfter(insider, own.commit);
  const fresh = await treesOf(insider, own.commit);
  for (const tree of [outcome.tree, ...fresh]) {
    const state = await guessed(insider, own.commit, tree);
    if ((await mediaKeyOf(state, insider.means)).join() === media) return true;
  }
  if (path === undefined) return false;
  const everyKey = { ...insider.state.keys };
  for (let node = 0; node < outcome.tree.length; node += 1)
    everyKey[node] ??= Object.values(everyKey)[0] ?? new Uint8Array();
  const trying = { ...insider.state, keys: everyKey };
  const applied = await applyPath(trying, outcome, { sender, path }, insider.means).catch(() => null);
  return applied !== null;
}

/** The tree as it is with the path's public part, which everybody can work out. */
async function treesOf({ state, means }: Insider, commit: Uint8Array): Promise<readonly State["tree"][]> {
  const { outcome, sender, path } = await treeAfter({ state, means }, commit);
  return path === undefined
    ? []
    : [await applyUpdatePath(outcome.tree, toLeafIndex(sender), path, means.cs.hash)];
}

describe("whoever has been removed", () => {
  it.each([
    [0, false],
    [0, true],
    [1, false],
    [1, true],
    [4, false],
    [4, true],
  ])("[ENC-2] derives no key of a later epoch, with %s others, warm: %s", async (others, warm) => {
    const { host, groups, insider } = await groupWith(others, warm);
    const own = await host.commit({ remove: ["mallory"] });
    host.confirm();
    for (const one of groups) if (one !== host) await one.receive(own.commit, everything);
    expect(await mediaKeys(groups)).toHaveLength(1);
    const received = receiveCommit(insider.state, own.commit, everything, insider.means);
    await expect(received).rejects.toMatchObject({ reason: "removed" });
    expect(await followsIn(insider, own, groups)).toBe(false);
    await expect(opened(insider.state, await host.seal(Uint8Array.of(1)), insider.means)).rejects.toThrow();
    // Whoever joins next brings no new secret: what was not known of the epoch before stays the only protection.
    const [tree] = await treesOf(insider, own.commit);
    const after = await guessed(insider, own.commit, tree ?? insider.state.tree);
    const late = await applicant(suite, "late");
    const add = await host.commit({ add: [late.keyPackage] });
    host.confirm();
    const third = await joined(add, late);
    expect(await mediaKeys([host, third])).toHaveLength(1);
    const following = { state: after, means: insider.means };
    expect(await followsIn(following, add, [host, third])).toBe(false);
  });

  it("[ENC-2] is not heard any more, with what it sealed before neither", async () => {
    const { host, groups } = await groupWith(2, false);
    const [, one, other] = groups;
    if (one === undefined || other === undefined) throw new Error("two others");
    const sealed = await one.seal(Uint8Array.of(1));
    const letter = await one.sealTo("host", Uint8Array.of(2));
    const own = await host.commit({ remove: ["other-0"] });
    host.confirm();
    await other.receive(own.commit, everything);
    await expect(host.open(sealed)).rejects.toMatchObject({ reason: "forbidden" });
    await expect(other.open(sealed)).rejects.toMatchObject({ reason: "forbidden" });
    await expect(host.openFrom(letter)).rejects.toThrow();
    await expect(one.receive(own.commit, everything)).rejects.toMatchObject({ reason: "removed" });
  });
});

describe("whoever joins late", () => {
  it("[ENC-2] opens nothing of the time before, and has no key of it", async () => {
    const { host } = await groupWith(0, false);
    const before = await host.seal(Uint8Array.of(1));
    const media = (await host.mediaBaseKey()).join();
    const late = await candidate(suite, "late");
    const own = await host.commit({ add: [late.keyPackage] });
    host.confirm();
    const { state, means } = await insiderBy(own, late);
    await expect(opened(state, before, means)).rejects.toMatchObject({ reason: "stale" });
    const message = { ...state, context: { ...state.context, epoch: state.context.epoch - 1n } };
    await expect(opened(message, before, means)).rejects.toMatchObject({ reason: "broken" });
    expect((await mediaKeyOf(state, means)).join()).not.toBe(media);
  });
});
