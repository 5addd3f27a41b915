/** The table of results, with the goals. */
import { versionOf } from "../lib/machine.ts";
import type { Outcome, Row } from "../lib/report.ts";
import { maximum, median } from "../lib/stats.ts";
import type { Engine } from "./child.ts";
import { coldPairs, livePairs, roomSizes, type Live, type Measured } from "./plan.ts";
import type { Size } from "./world.ts";

const titles: Readonly<Record<Engine, string>> = {
  ours: "ours",
  casbin: "casbin",
  casl: "CASL",
  jsonLogic: "json-logic-engine",
  cedar: "Cedar",
  sqlite: "SQLite",
  postgres: "PostgreSQL",
};

export type Results = {
  readonly size: Size;
  readonly rounds: number;
  readonly engines: ReadonlyMap<Engine, Measured>;
  readonly live: Live;
};

export function outcomeOf({ size, rounds, engines, live }: Results): Outcome {
  const ours = engines.get("ours");
  if (ours === undefined) throw new Error("ours was not measured");
  const peers = [...engines].filter(([engine]) => engine !== "ours");
  const versions = peers.map(([engine, { opened }]) => [titles[engine], opened.version] as const);
  return {
    title: "Information barriers: decisions, rooms, loading, and a company-wide edit",
    versions: { ...Object.fromEntries(versions), pg: versionOf("pg") },
    method: methodOf(size, rounds),
    rows: [...pairRows(ours, peers), ...roomRows(ours, peers), ...loadRows(ours, peers), ...liveRows(live)],
    notes: [
      "CASL, casbin and Cedar were asked only whether the two may meet; ours, SQLite, PostgreSQL and json-logic-engine also which soft blocks there are. Ours adds a reason and the version, and works out by itself what people without a group inherit; for the others that was written out as further pairs beforehand.",
      "casbin, CASL, json-logic-engine and Cedar got each person's group from a map before they were asked, which is part of their time, and did not have to keep the million people.",
      "Cedar takes the entities with each request and keeps none, so its loading is that of our map of them; it is given those of the one who asks, and no others.",
      `With ${coldPairs.toLocaleString("en")} pairs nearly every look-up leaves the caches of the processor; the peers were not timed with those.`,
      "On a machine with more to do than it has cores, whatever takes longer than a few milliseconds is interrupted: then processor time says what a quiet one would need, and a step of the new version looks as long as the interruption.",
    ],
    samples: { size, engines: Object.fromEntries(engines), live: withoutNames(live) },
  };
}

function methodOf(size: Size, rounds: number): readonly string[] {
  const count = (value: number) => value.toLocaleString("en");
  return [
    `${count(size.people)} people, one in a hundred without a group; ${count(size.groups)} groups; a policy for ${size.blocked * 100} % of all pairs of groups, half of them hard, half soft. All made from one seed.`,
    `Each engine in a process of its own, loaded one after the other; ${rounds} rounds, in turns, 0.3 s each; the median of the slices of a round (1,024 decisions, or single ones where they are slow), and of the rounds. A first round of each is thrown away.`,
    `All answers were compared before anything was timed: ${count(livePairs)} pairs drawn from everybody, and 256 people at 16 rooms.`,
    `A decision: two account ids as fresh strings in; flags, hard or not, reason and version out. In turns over ${count(livePairs)} pairs, as people of live meetings are asked about again and again.`,
    "A room: 16 of them, of people of up to twelve groups; somebody who is not inside asks. Peers that know only pairs look at one person after the other until one stands in the way; SQLite, PostgreSQL and Cedar answer with one question.",
    "Loading: once in a new process for everybody, and five times more for ours (median); from policies as objects in memory to the first decision; ours have strings of their own, as from a database, the others' share one for each group. Memory: JavaScript's heap and what it holds beside it, after collecting, more than before. The longest step is what a decision can wait for while a new version, with everybody in it, is being made.",
    "The edit keeps two divisions of 50 groups each apart, 2,500 new policies, over 20,000 rooms of ten people as the product holds them; a tenth of the rooms has people of both. Ours: making the new version's index from the one before, finding the rooms it concerns by the classes that are kept beside each state since its last commit, and the product's own sweep of those. The peer: maps of sets, everybody looked at with everybody kept. Both removed the same people in the same order.",
  ];
}

type Peers = readonly (readonly [Engine, Measured])[];

function pairRows(ours: Measured, peers: Peers): readonly Row[] {
  const own = median(ours.live);
  const least: Readonly<Partial<Record<Engine, number>>> = { casbin: 100, sqlite: 60, cedar: 5000 };
  return [
    {
      measure: "one decision, people of live meetings",
      unit: "ns",
      ours: own,
      peer: null,
      goal: { text: "≤ 60 ns", reached: own <= 60 },
    },
    ...peers.map(([engine, { live }]) => {
      const value = median(live);
      const times = least[engine];
      return {
        measure: "one decision, people of live meetings",
        unit: "ns",
        ours: own,
        peer: { name: titles[engine], value },
        goal: times === undefined ? null : { text: `≥ ${times} × faster`, reached: value >= times * own },
      };
    }),
    {
      measure: `one decision, ${coldPairs.toLocaleString("en")} pairs at random`,
      unit: "ns",
      ours: median(ours.cold),
      peer: null,
      goal: null,
    },
  ];
}

function roomRows(ours: Measured, peers: Peers): readonly Row[] {
  const of = (people: number) => median(ours.rooms[people] ?? []);
  return [
    ...roomSizes.map((people) => ({
      measure: `may somebody join a room of ${people}`,
      unit: "ns",
      ours: of(people),
      peer: null,
      goal: { text: "≤ 100 ns", reached: of(people) <= 100 },
    })),
    ...peers.map(([engine, { rooms }]) => ({
      measure: "may somebody join a room of 100",
      unit: "ns",
      ours: of(100),
      peer: { name: titles[engine], value: median(rooms[100] ?? []) },
      goal: null,
    })),
  ];
}

function loadRows(ours: Measured, peers: Peers): readonly Row[] {
  const megabytes = ({ opened }: Measured) => opened.bytes / 1e6;
  const again = median(ours.opened.againMs);
  return [
    {
      measure: "loading the policies, as for every later version",
      unit: "ms",
      ours: again,
      peer: null,
      goal: { text: "≤ 100 ms", reached: again <= 100 },
    },
    {
      measure: "the same, processor time alone",
      unit: "ms",
      ours: median(ours.opened.againCpuMs),
      peer: null,
      goal: null,
    },
    ...peers.map(([engine, { opened }]) => ({
      measure: "loading the policies, first time in a new process",
      unit: "ms",
      ours: ours.opened.loadMs,
      peer: { name: titles[engine], value: opened.loadMs },
      goal: null,
    })),
    ...peers
      .filter(([engine]) => engine === "casbin" || engine === "casl" || engine === "jsonLogic")
      .map(([engine, measured]) => ({
        measure: "memory for the policies",
        unit: "MB",
        ours: megabytes(ours),
        peer: { name: titles[engine], value: megabytes(measured) },
        goal: engine === "casbin" ? { text: "≤ 40 MB", reached: megabytes(ours) <= 40 } : null,
      })),
  ];
}

const alone = { unit: "ms", peer: null };

function liveRows(live: Live): readonly Row[] {
  return [...versionRows(live), ...sweepRows(live)];
}

function versionRows({ compiled, patched }: Live): readonly Row[] {
  const longest = median(compiled.map((one) => one.longestMs));
  return [
    {
      ...alone,
      measure: "a new version with everybody, all steps",
      ours: median(compiled.map((one) => one.totalMs)),
      goal: null,
    },
    {
      ...alone,
      measure: "longest step of it",
      ours: longest,
      goal: { text: "≤ 5 ms", reached: longest <= 5 },
    },
    {
      ...alone,
      measure: "longest step of all rounds",
      ours: maximum(compiled.map((one) => one.longestMs)),
      goal: null,
    },
    {
      ...alone,
      measure: "an edit of five policies and five people",
      ours: median(patched.map((one) => one.totalMs)),
      goal: null,
    },
  ];
}

function sweepRows({ swept }: Live): readonly Row[] {
  const list = median(swept.map(({ ours }) => ours.listMs));
  const first = median(swept.map(({ ours }) => ours.firstMs));
  const peer = (value: number) => ({ name: "map of sets", value });
  return [
    {
      measure: "company-wide edit: list of people to remove",
      unit: "ms",
      ours: list,
      peer: peer(median(swept.map(({ maps }) => maps.listMs))),
      goal: { text: "≤ 50 ms", reached: list <= 50 },
    },
    {
      ...alone,
      measure: "the same, processor time alone",
      ours: median(swept.map(({ ours }) => ours.cpuMs)),
      goal: null,
    },
    {
      measure: "company-wide edit: first of them",
      unit: "ms",
      ours: first,
      peer: peer(median(swept.map(({ maps }) => maps.firstMs))),
      goal: { text: "≤ 10 ms", reached: first <= 10 },
    },
  ];
}

function withoutNames(live: Live): unknown {
  const short = ({ removed, ...rest }: Live["swept"][number]["ours"]) => ({
    ...rest,
    removed: removed.length,
  });
  return { ...live, swept: live.swept.map(({ ours, maps }) => ({ ours: short(ours), maps: short(maps) })) };
}
