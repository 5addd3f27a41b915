import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { everything } from "../../../../packages/testkit/src/contract-suites/sfu-gate-harness.ts";
import { createFakeSfu, type FakeSfu } from "../../../../packages/testkit/src/fake-sfu.ts";
import { createEvictor } from "./evict.ts";
import { createReconciler } from "./reconciler.ts";
import type { Reconciler, ReconcilerOptions } from "./reconciler.ts";

/** How long something may take that does happen: a slow machine is no failure. */
const patient = { timeout: 20_000, interval: 10 };

let sfu: FakeSfu;
let reconciler: Reconciler;
let roster: Map<string, Set<string>>;
let intruders: string[];
let absent: Map<string, readonly string[]>;
let failures: unknown[];

function start(more: Partial<ReconcilerOptions> = {}): Reconciler {
  return createReconciler({
    sfu,
    roster: () => Promise.resolve(roster),
    onIntruder: ({ sfuRoom, identity }, reason) => intruders.push(`${sfuRoom}/${identity} ${reason}`),
    onAbsent: (sfuRoom, who) => absent.set(sfuRoom, [...who]),
    onFailure: (error) => failures.push(error),
    intervalMs: 60_000,
    ...more,
  });
}

beforeEach(async () => {
  sfu = await createFakeSfu();
  roster = new Map([["room", new Set(["a", "b"])]]);
  intruders = [];
  absent = new Map();
  failures = [];
  reconciler = start();
});
afterEach(async () => {
  await reconciler.stop();
  await sfu[Symbol.asyncDispose]();
});

describe("[ADM-11] the SFU's participants are a subset of the roster", () => {
  test("whoever is not in it is removed and reported, also from a room we do not know", async () => {
    for (const identity of ["a", "stranger"]) sfu.enter("room", identity, everything);
    sfu.enter("hidden-room", "a", everything);
    await reconciler.run();
    expect(intruders).toEqual(["room/stranger notInRoster", "hidden-room/a notInRoster"]);
    expect((await sfu.listParticipants("room")).map((each) => each.identity)).toEqual(["a"]);
    expect(await sfu.listParticipants("hidden-room")).toEqual([]);
  });

  test("a member without connection is reported, and no longer when there is one", async () => {
    sfu.enter("room", "a", everything);
    await reconciler.run();
    expect(absent).toEqual(new Map([["room", ["b"]]]));
    sfu.enter("room", "b", everything);
    await reconciler.run();
    expect(absent).toEqual(new Map([["room", []]]));
  });

  test("somebody admitted while the SFU was being read is not taken for an intruder", async () => {
    sfu.enter("room", "new", everything);
    const listParticipants: FakeSfu["listParticipants"] = async (sfuRoom) => {
      const people = await sfu.listParticipants(sfuRoom);
      roster.get("room")?.add("new");
      return people;
    };
    await start({ sfu: { ...sfu, listParticipants } }).run();
    expect(intruders).toEqual([]);
  });

  test("rights that nobody of ours has are ejected", async () => {
    sfu.enter("room", "a", everything);
    const listParticipants: FakeSfu["listParticipants"] = async (sfuRoom) =>
      (await sfu.listParticipants(sfuRoom)).map((each) => ({ ...each, foreignRights: true }));
    await start({ sfu: { ...sfu, listParticipants } }).run();
    expect(intruders).toEqual(["room/a foreignRights"]);
  });

  test("[SEC-2] two tracks of one source are, if they are there in two looks", async () => {
    sfu.enter("room", "a", everything);
    for (const source of ["camera", "microphone", "camera"] as const) sfu.publish("room", "a", source);
    await reconciler.run();
    expect(intruders).toEqual([]);
    await reconciler.run();
    expect(intruders).toEqual(["room/a surplusTracks"]);
  });

  test("a hint makes it look at once, and many hints make few looks", async () => {
    let looks = 0;
    const counted = start({
      roster: () => {
        looks += 1;
        return Promise.resolve(roster);
      },
    });
    sfu.enter("room", "stranger", everything);
    for (let i = 0; i < 50; i += 1) counted.hint();
    await vi.waitFor(() => expect(intruders).toEqual(["room/stranger notInRoster"]), patient);
    expect(looks).toBeLessThanOrEqual(2);
    await counted.stop();
  });

  test("it goes on after a failure, on its timer", async () => {
    sfu.down = true;
    const quick = start({ intervalMs: 5 });
    quick.start();
    await vi.waitFor(() => expect(failures.length).toBeGreaterThan(1), patient);
    sfu.enter("room", "stranger", everything);
    sfu.down = false;
    await vi.waitFor(() => expect(intruders).toEqual(["room/stranger notInRoster"]), patient);
    await quick.stop();
  });
});

describe("[ADM-8] an eviction", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("is repeated, so that a join in flight does not outlive it", async () => {
    const removed: number[] = [];
    const began = Date.now();
    const removeParticipant = () => {
      removed.push(Date.now() - began);
      return Promise.reject(new Error("gone"));
    };
    const evictor = createEvictor({ ...sfu, removeParticipant }, (error) => failures.push(error));
    await evictor.evict("room", "a");
    await vi.advanceTimersByTimeAsync(10_000);
    expect(removed).toEqual([0, 250, 1_000, 3_500]);
    expect(failures).toHaveLength(4);
  });

  test("is not, after the server has been told to stop", async () => {
    let removals = 0;
    const removeParticipant = () => {
      removals += 1;
      return Promise.resolve(true);
    };
    const evictor = createEvictor({ ...sfu, removeParticipant }, () => {});
    await evictor.evict("room", "a");
    evictor.stop();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(removals).toBe(1);
  });
});
