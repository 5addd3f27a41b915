/**
 * Random lives of a meeting behind random walls, against a model of the walls that shares no code with the product: it
 * is written from the definitions (groups of a person, flags of a pair) and looks at every pair each time.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  account,
  barriers,
  people,
  room,
  type Room,
  type Walls,
} from "../../../testkit/src/arbitraries/index.ts";
import type { BarrierFlag } from "../barrier/flags.ts";
import { capabilitiesOf, grantsOf } from "./capabilities.ts";
import type { BarrierStamp } from "../barrier/context.ts";
import { decideRequest } from "./entrance.ts";
import { replayBarriers } from "./replay.ts";
import { goodFacts } from "../../../testkit/src/arbitraries/index.ts";
import { id } from "../unsafe.ts";
import { personKey, type Admission, type Principal } from "./state.ts";

const names = ["host", "coHost", "verifier", "colleague", "invited", "p1", "p2", "p3"] as const;
const groupNames = ["a", "b", "c", "d"] as const;
const flags: readonly BarrierFlag[] = [
  "meeting",
  "in_meeting_chat",
  "file_transfer",
  "screen_share",
  "recording",
  "im",
];
const crowd: readonly Principal[] = [
  ...names.map((name) => account(name)),
  account("p1", "phone"),
  account("host", "phone"),
  people.customer,
  { kind: "guest", guestId: id.guest("outside"), device: "outside", provedDomain: "a.example" },
];

type Plain = {
  readonly groupOf: ReadonlyMap<string, string>;
  readonly policies: readonly (readonly [string, string, readonly BarrierFlag[]])[];
  readonly unrestricted: boolean;
};

const anyWalls: fc.Arbitrary<Walls> = fc
  .record({
    places: fc.array(fc.constantFrom(...groupNames, ...groupNames, null), {
      minLength: names.length,
      maxLength: names.length,
    }),
    policies: fc.uniqueArray(
      fc.tuple(fc.constantFrom(...groupNames), fc.constantFrom(...groupNames), fc.subarray([...flags])),
      { maxLength: 4, selector: ([a, b]) => [a, b].toSorted().join() },
    ),
    ungrouped: fc.constantFrom("inherit" as const, "inherit" as const, "unrestricted" as const),
    on: fc.constantFrom(true, true, true, true, false),
  })
  .map(({ places, policies, ungrouped, on }) => ({
    groups: Object.fromEntries(
      groupNames.map((one) => [one, names.filter((_name, at) => places[at] === one)]),
    ),
    domains: { a: ["a.example"] },
    policies,
    rules: { ungrouped, on },
  }));

function plainOf(walls: Walls): Plain {
  const groupOf = new Map<string, string>();
  for (const [name, members] of Object.entries(walls.groups))
    for (const one of members) groupOf.set(one, name);
  const policies = walls.rules?.on === false ? [] : walls.policies;
  return { groupOf, policies, unrestricted: walls.rules?.ungrouped === "unrestricted" };
}

/** Definition of barriers.md §3.0 with BAR-7, pair by pair. */
function flagsBetween(plain: Plain, one: Principal, other: Principal): ReadonlySet<BarrierFlag> {
  const found = new Set<BarrierFlag>();
  if (personKey(one) === personKey(other)) return found;
  const sides = [one, other].map((who) => {
    if (who.kind === "account") return plain.groupOf.get(who.accountId) ?? "ungrouped";
    return who.provedDomain === "a.example" ? "a" : "outside";
  });
  const [x = "", y = ""] = sides;
  const meets = (side: string, group: string) =>
    side === group || (side === "ungrouped" && !plain.unrestricted);
  for (const [a, b, forbidden] of plain.policies)
    if ((meets(x, a) && meets(y, b)) || (meets(x, b) && meets(y, a)))
      for (const flag of forbidden) found.add(flag);
  return found;
}

const hard = (plain: Plain, one: Principal, other: Principal) =>
  flagsBetween(plain, one, other).has("meeting");

function insideOf(at: Room): readonly Admission[] {
  return [...at.state.inside].flatMap((one) => at.state.admissions.get(one) ?? []);
}

/** Whoever has a seat by name that this person has to respect: the host's; for others, the helpers' as well. */
function seatsAgainst(at: Room, who: Principal): readonly Principal[] {
  const { host, coHosts, verifier } = at.state.settings.appointments;
  const of = (id: string): Principal => account(id);
  const key = personKey(who);
  if (key === personKey(of(host))) return [];
  const named = coHosts.map(of);
  if (named.some((one) => personKey(one) === key)) return [of(host)];
  const appointed = [...at.state.appointed]
    .filter(([, role]) => role === "coHost")
    .flatMap(([one]) => crowd.find((each) => personKey(each) === one) ?? []);
  return [of(host), ...named, ...appointed, ...(verifier === null ? [] : [of(verifier)])];
}

type Move =
  | {
      readonly kind: "ask" | "bring" | "admit" | "leave" | "drop" | "connect" | "promote" | "sendBack";
      readonly who: number;
    }
  | { readonly kind: "edit"; readonly walls: Walls }
  | { readonly kind: "wait"; readonly ms: number };

const who = fc.nat({ max: crowd.length - 1 });
const moves: fc.Arbitrary<readonly Move[]> = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constantFrom("ask" as const, "bring" as const, "bring" as const),
        who,
      }),
    },
    { weight: 6, arbitrary: fc.record({ kind: fc.constant("admit" as const), who }) },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constantFrom(
          "leave" as const,
          "drop" as const,
          "connect" as const,
          "promote" as const,
          "sendBack" as const,
        ),
        who,
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("edit" as const), walls: anyWalls }) },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant("wait" as const), ms: fc.integer({ min: 0, max: 200_000 }) }),
    },
  ),
  { minLength: 5, maxLength: 40 },
);

let version = 0;

function step(at: Room, move: Move): void {
  if (move.kind === "edit") {
    at.barrier = barriers(move.walls, (version += 1));
    at.do({ type: "barrier.apply" });
    return;
  }
  if (move.kind === "wait") {
    at.tick(move.ms);
    return;
  }
  const one = crowd[move.who] ?? people.host;
  if (move.kind === "ask" || move.kind === "bring") at.ask(one);
  const known = [...at.state.admissions.values()].findLast((each) => each.principal.device === one.device);
  if (known === undefined) return;
  const rows = [{ admissionId: known.id, revision: known.revision }];
  if (move.kind === "admit" || move.kind === "bring")
    at.do({ type: "admission.admit", rows, method: null, standInReason: null }, people.host);
  if (move.kind === "leave") at.do({ type: "participant.leave", handTo: null }, one);
  if (move.kind === "drop")
    at.do({ type: "gate.dropped", admissionId: known.id, connectionId: `c-${one.device}` });
  if (move.kind === "connect" || move.kind === "bring") at.connect(one);
  if (move.kind === "promote")
    at.do({ type: "participant.appoint", admissionId: known.id, role: "coHost" }, people.host);
  if (move.kind === "sendBack") at.do({ type: "admission.sendBack", admissionId: known.id }, people.host);
}

function check(at: Room, walls: Walls): void {
  const plain = plainOf(walls);
  const inside = insideOf(at);
  const pairs = inside.flatMap((one, index) => inside.slice(index + 1).map((other) => [one, other] as const));
  // I1: never both in.
  for (const [one, other] of pairs) expect(hard(plain, one.principal, other.principal)).toBe(false);
  // I4: nobody waits whom somebody inside, or a seat by name, is walled off from.
  for (const waiting of at.state.waiting) {
    const person = at.state.admissions.get(waiting);
    if (person === undefined) continue;
    const against = [...inside.map((one) => one.principal), ...seatsAgainst(at, person.principal)];
    expect(against.some((one) => hard(plain, person.principal, one))).toBe(false);
  }
  // I5, I22, I25: what is off is the union over all pairs inside, exactly.
  const off = new Set<BarrierFlag>();
  for (const [one, other] of pairs)
    for (const flag of flagsBetween(plain, one.principal, other.principal)) off.add(flag);
  for (const person of inside) {
    if (at.state.phase !== "live") continue;
    const able = capabilitiesOf(at.state, person);
    expect(able.has("chat.send")).toBe(!off.has("in_meeting_chat"));
    expect(able.has("media.screenShare")).toBe(!off.has("screen_share"));
    expect(grantsOf(at.state, person).sources.includes("screenShare")).toBe(!off.has("screen_share"));
  }
}

const life = fc.record({ walls: anyWalls, moves });
const runs = { numRuns: 400 };

test("[BAR-3] [BAR-4] [BAR-5] no life of a meeting breaks a wall, and none is stricter than its walls (I1, I4, I5, I22, I25)", () => {
  fc.assert(
    fc.property(life, ({ walls, moves: taken }) => {
      const at = room();
      at.barrier = barriers(walls, (version += 1));
      let now = walls;
      at.ask(people.host);
      at.connect(people.host);
      for (const move of taken) {
        step(at, move);
        if (move.kind === "edit") now = move.walls;
        check(at, now);
      }
      expect(at.refolded()).toEqual(at.state);
    }),
    runs,
  );
});

test("[BAR-5] who stays after an edit depends on order and relation alone, and the host stays (I18)", () => {
  fc.assert(
    fc.property(life, anyWalls, ({ walls, moves: taken }, next) => {
      const at = room();
      at.barrier = barriers(walls, (version += 1));
      at.ask(people.host);
      at.connect(people.host);
      for (const move of taken) step(at, move);
      const before = insideOf(at);
      const plain = plainOf(next);
      const order = [
        ...before.filter((one) => one.role === "host"),
        ...before.filter((one) => one.role !== "host"),
      ];
      const kept: Admission[] = [];
      for (const one of order) {
        const against = [...kept.map((each) => each.principal), ...seatsAgainst(at, one.principal)];
        if (!against.some((other) => hard(plain, one.principal, other))) kept.push(one);
      }
      at.barrier = barriers(next, (version += 1));
      at.do({ type: "barrier.apply" });
      expect(new Set(at.state.inside)).toEqual(new Set(kept.map((one) => one.id)));
      expect(at.state.bans.size).toBe(0);
    }),
    runs,
  );
});

test("[BAR-6] one more policy never lets anybody in whom the fewer kept out (I12)", () => {
  const more = fc.tuple(
    fc.constantFrom(...groupNames),
    fc.constantFrom(...groupNames),
    fc.subarray([...flags]),
  );
  fc.assert(
    fc.property(life, more, who, ({ walls, moves: taken }, further, asking) => {
      const at = room();
      at.barrier = barriers(walls, (version += 1));
      at.ask(people.host);
      at.connect(people.host);
      for (const move of taken) if (move.kind !== "edit") step(at, move);
      const principal = crowd[asking] ?? people.host;
      const entrance = { principal, displayName: "N", affiliation: "", facts: goodFacts };
      const asked = (one: Walls) => decideRequest(at.state, entrance, at.limits, barriers(one)).kind;
      if (asked(walls) === "refused")
        expect(asked({ ...walls, policies: [...walls.policies, further] })).toBe("refused");
    }),
    runs,
  );
});

test("[BAR-1] swapping the sides of every policy changes nothing (I11)", () => {
  fc.assert(
    fc.property(life, ({ walls, moves: taken }) => {
      const live = (one: Walls) => {
        const at = room();
        at.barrier = barriers(one, 1);
        at.ask(people.host);
        at.connect(people.host);
        for (const move of taken) if (move.kind !== "edit") step(at, move);
        return at.state;
      };
      const swapped = {
        ...walls,
        policies: walls.policies.map(([a, b, forbidden]) => [b, a, forbidden] as const),
      };
      expect(live(swapped)).toEqual(live(walls));
    }),
    { numRuns: 150 },
  );
});

test("[BAR-3] those lives get everywhere, or they would prove nothing", () => {
  const seen = new Map<string, number>();
  const count = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1);
  const lives = fc.sample(life, { numRuns: 800, seed: 20261123 });
  for (const { walls, moves: taken } of lives) {
    const at = room();
    at.barrier = barriers(walls, (version += 1));
    at.ask(people.host);
    at.connect(people.host);
    for (const move of taken) step(at, move);
    for (const { event } of at.history) {
      if (event.type === "barrier.swept" && event.removed.length > 0) count("removed");
      if (event.type === "barrier.swept" && event.barred.length > 0) count("barred");
      if (event.type === "barrier.masked") count(event.mask === 0 ? "relaxed" : "masked");
      if (event.type === "admission.refused") count(event.reason);
    }
    if (at.state.inside.size > 3) count("crowd");
  }
  for (const what of ["removed", "barred", "masked", "relaxed", "barrier", "crowd"])
    expect(seen.get(what) ?? 0, what).toBeGreaterThan(10);
});

test("[BAR-15] the log alone, with the versions, makes every decision again; a changed one is found (I20)", () => {
  const made = new Map<number, Walls>();
  const make = (walls: Walls) => {
    made.set((version += 1), walls);
    return barriers(walls, version);
  };
  const contextOf = (stamp: BarrierStamp) => {
    const walls = made.get(stamp.version);
    return walls === undefined ? null : barriers(walls, stamp.version, stamp.freshness);
  };
  let decisions = 0;
  fc.assert(
    fc.property(life, ({ walls, moves: taken }) => {
      const at = room();
      at.barrier = make(walls);
      at.ask(people.host);
      at.connect(people.host);
      for (const move of taken)
        if (move.kind === "edit") {
          at.barrier = make(move.walls);
          at.do({ type: "barrier.apply" });
        } else step(at, move);
      const replay = replayBarriers(at.history, contextOf);
      expect(replay.problems).toEqual([]);
      decisions += replay.decisions;
      for (const [index, { event }] of at.history.entries()) {
        if (event.type !== "barrier.swept") continue;
        const forged = at.history.with(index, {
          seq: index + 1,
          at: 0,
          event: { ...event, removed: [], barred: [] },
        });
        expect(replayBarriers(forged, contextOf).problems.length).toBeGreaterThan(0);
      }
    }),
    { numRuns: 150 },
  );
  expect(decisions).toBeGreaterThan(500);
});
