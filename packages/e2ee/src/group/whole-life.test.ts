import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { groupEngine } from "./engine.ts";
import type { MeetingGroup, OwnCommit } from "./group.ts";
import {
  applicant,
  everything,
  identityOf,
  joined,
  policyFor,
  viewOf,
  type Applicant,
} from "./testing/people.ts";

const suite = "p256";

type Wanted = Parameters<MeetingGroup["commit"]>[0];
type Step = { readonly what: (typeof steps)[number]; readonly one: number; readonly other: number };
const steps = [
  "join",
  "join two",
  "kick",
  "clear up",
  "rekey",
  "reload",
  "policy",
  "conflict",
  "reorder",
  "chat",
] as const;

/** The model: who is there, who may admit, and in which epoch. The groups have to be of one mind with it, and each other. */
class World {
  readonly groups = new Map<string, MeetingGroup>();
  readonly gone: MeetingGroup[] = [];
  readonly seen = new Set<string>();
  admit = ["host"];
  epoch = 0;
  #names = 0;

  at(place: number): readonly [string, MeetingGroup] {
    const all = [...this.groups];
    const found = all[place % all.length];
    if (found === undefined) throw new Error("nobody is there");
    return found;
  }

  admitting(place: number): MeetingGroup {
    const all = this.admit.flatMap((name) => this.groups.get(name) ?? []);
    const found = all[place % all.length];
    if (found === undefined) throw new Error("nobody may admit");
    return found;
  }

  async candidates(names: readonly string[]): Promise<readonly (readonly [string, Applicant])[]> {
    return await Promise.all(names.map(async (name) => [name, await applicant(suite, name)] as const));
  }

  newNames(count: number): readonly string[] {
    return Array.from({ length: count }, () => `m${String((this.#names += 1))}`);
  }
}

/** The server took it: its maker confirms, the others receive, those put out find that out, those let in join. */
async function carry(
  world: World,
  by: MeetingGroup,
  own: OwnCommit,
  added: readonly (readonly [string, Applicant])[],
): Promise<void> {
  by.confirm();
  world.epoch += 1;
  const removed = own.removed.map((name) => world.groups.get(name)).filter((one) => one !== undefined);
  for (const name of own.removed) world.groups.delete(name);
  for (const one of removed) {
    await expect(one.receive(own.commit, everything)).rejects.toMatchObject({ reason: "removed" });
  }
  for (const one of world.gone) await expect(one.receive(own.commit, everything)).rejects.toThrow();
  world.gone.push(...removed);
  for (const one of world.groups.values()) if (one !== by) await one.receive(own.commit, everything);
  for (const [name, one] of added) world.groups.set(name, await joined(own, one));
}

async function change(
  world: World,
  by: MeetingGroup,
  wanted: Wanted,
  added: readonly (readonly [string, Applicant])[] = [],
): Promise<void> {
  const add = added.map(([, { keyPackage }]) => keyPackage);
  await carry(world, by, await by.commit({ ...wanted, add }), added);
}

/** All of one mind, as the model has it, with keys that there never were before and that nobody who has gone has. */
async function check(world: World, changed: boolean): Promise<void> {
  const views = new Set(await Promise.all([...world.groups.values()].map(viewOf)));
  expect(views.size).toBe(1);
  const [, group] = world.at(0);
  expect(group.epoch).toBe(world.epoch);
  expect(new Set(group.members().map(({ member }) => member))).toEqual(new Set(world.groups.keys()));
  expect(group.policy.admit).toEqual(world.admit);
  const media = (await group.mediaBaseKey()).join();
  expect(world.seen.has(media)).toBe(!changed);
  world.seen.add(media);
  const theirs = await Promise.all(world.gone.map(async (one) => (await one.mediaBaseKey()).join()));
  expect(theirs).not.toContain(media);
}

/** False where nothing was changed. */
async function take(world: World, { what, one, other }: Step): Promise<boolean> {
  const host = world.admitting(one);
  const [name, group] = world.at(other);
  switch (what) {
    case "join":
    case "join two": {
      await change(world, host, {}, await world.candidates(world.newNames(what === "join" ? 1 : 2)));
      return true;
    }
    case "kick":
    case "clear up": {
      const by = what === "kick" ? host : world.at(one)[1];
      if (by === group || name === "host") return false;
      await change(world, by, { remove: [name] });
      return true;
    }
    case "rekey": {
      await change(world, group, {});
      return true;
    }
    case "reload": {
      if (group === host) return false;
      await change(world, host, { remove: [name] }, await world.candidates([name]));
      return true;
    }
    case "policy": {
      world.admit = name === "host" ? ["host"] : ["host", name];
      await change(world, host, { policy: policyFor(suite, ...world.admit) });
      return true;
    }
    case "conflict":
      return await conflict(world, group, world.at(one)[1]);
    case "reorder":
      return await reorder(world, group);
    case "chat":
      return await chat(world, group);
  }
}

async function conflict(world: World, winner: MeetingGroup, loser: MeetingGroup): Promise<boolean> {
  if (winner === loser) return false;
  const first = await winner.commit({});
  const second = await loser.commit({});
  loser.discard();
  await carry(world, winner, first, []);
  for (const one of world.groups.values()) {
    await expect(one.receive(second.commit, everything)).rejects.toMatchObject({
      reason: "stale",
    });
  }
  await check(world, true);
  await change(world, loser, {});
  return true;
}

async function reorder(world: World, by: MeetingGroup): Promise<boolean> {
  const first = await by.commit({});
  by.confirm();
  const second = await by.commit({});
  by.confirm();
  world.epoch += 2;
  for (const one of world.groups.values()) {
    if (one === by) continue;
    await expect(one.receive(second.commit, everything)).rejects.toMatchObject({ reason: "foreign" });
    await one.receive(first.commit, everything);
    await expect(one.receive(first.commit, everything)).rejects.toMatchObject({ reason: "stale" });
    await one.receive(second.commit, everything);
  }
  return true;
}

async function chat(world: World, by: MeetingGroup): Promise<boolean> {
  const [first, second] = [await by.seal(Uint8Array.of(1)), await by.seal(Uint8Array.of(2))];
  for (const one of world.groups.values()) {
    if (one === by) continue;
    expect((await one.open(second)).content).toEqual(Uint8Array.of(2));
    await expect(one.open(second)).rejects.toThrow();
    expect((await one.open(first)).from).toEqual(by.self);
  }
  for (const one of world.gone) await expect(one.open(first)).rejects.toThrow();
  return false;
}

describe("a group's whole life", () => {
  it("[ENC-2] keeps everybody of one mind through joins, kicks, reloads, conflicts and a server's disorder", async () => {
    const step = fc.record({ what: fc.constantFrom(...steps), one: fc.nat(9), other: fc.nat(9) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 16 }), async (life) => {
        const world = new World();
        const key = await groupEngine.makeDeviceKey(suite);
        world.groups.set("host", await groupEngine.found(identityOf("host"), key, policyFor(suite, "host")));
        await check(world, true);
        for (const one of [{ what: "join two", one: 0, other: 0 } as const, ...life]) {
          await check(world, await take(world, one));
        }
      }),
      { numRuns: 6 },
    );
  });
});
