/** Barriers: one decision, a room, loading, and a company-wide edit. Goals 1, 2, 3 and 5. */
import { installLockedPeers } from "../lib/peers.ts";
import type { Outcome } from "../lib/report.ts";
import type { Answers, Engine, Opened, Question, Timed } from "./child.ts";
import type { LiveQuestion, LiveStepped, LiveSwept } from "./live/child.ts";
import { coldPairs, livePairs, roomSizes, type Live, type Measured } from "./plan.ts";
import { startChild, type Asked } from "./process.ts";
import { outcomeOf } from "./rows.ts";
import { goalSize, type Size } from "./world.ts";

const names = [
  "ours",
  "casbin",
  "casl",
  "jsonLogic",
  "cedar",
  "sqlite",
  "postgres",
] as const satisfies readonly Engine[];

/** `npm run bench -- barriers [rounds] [share]`: a share of 0.01 is a hundredth of everything, for a quick look. */
export async function run(options: readonly string[]): Promise<Outcome> {
  const rounds = Number(options[0] ?? 5);
  const share = Number(options[1] ?? 1);
  const size: Size = {
    people: Math.round(goalSize.people * share),
    groups: Math.round(goalSize.groups * Math.sqrt(share)),
    blocked: goalSize.blocked,
  };
  await installLockedPeers();
  const engines = await measureEngines(size, rounds);
  const live = await measureLive(size, rounds);
  return outcomeOf({ size, rounds, engines, live });
}

type Mutable = { opened: Opened; live: number[]; cold: number[]; rooms: Record<number, number[]> };

async function measureEngines(size: Size, rounds: number): Promise<ReadonlyMap<Engine, Measured>> {
  await using stack = new AsyncDisposableStack();
  const children = new Map<Engine, Asked<Question>>();
  const results = new Map<Engine, Mutable>();
  // One at a time: loading is measured, too.
  for (const engine of names) {
    const child = stack.use(startChild<Question>("child.ts"));
    const opened = await child.ask<Opened>({ ask: "open", engine, size });
    console.log(`${engine} ${opened.version}: loaded in ${opened.loadMs.toFixed(0)} ms`);
    children.set(engine, child);
    results.set(engine, { opened, live: [], cold: [], rooms: {} });
  }
  await compareAnswers(children, results);
  for (let round = 0; round <= rounds; round += 1)
    for (let turn = 0; turn < names.length; turn += 1) {
      const engine = names[(turn + round) % names.length] ?? "ours";
      const child = children.get(engine);
      const result = results.get(engine);
      // The first round of each is thrown away.
      if (child !== undefined && result !== undefined)
        await measureOnce(engine, child, round === 0 ? null : result);
    }
  return results;
}

async function measureOnce(engine: Engine, child: Asked<Question>, into: Mutable | null): Promise<void> {
  const ms = 300;
  const { ns } = await child.ask<Timed>({ ask: "pair", pool: livePairs, ms });
  into?.live.push(ns);
  if (engine === "ours") into?.cold.push((await child.ask<Timed>({ ask: "pair", pool: coldPairs, ms })).ns);
  for (const people of engine === "ours" ? roomSizes : [100]) {
    const room = await child.ask<Timed>({ ask: "room", people, ms });
    if (into !== null) (into.rooms[people] ??= []).push(room.ns);
  }
  console.log(`${engine}: a pair in ${ns.toFixed(0)} ns`);
}

/** Nothing is timed before all have said the same. */
async function compareAnswers(
  children: ReadonlyMap<Engine, Asked<Question>>,
  results: ReadonlyMap<Engine, Mutable>,
): Promise<void> {
  const all = new Map<Engine, Answers>();
  for (const [engine, child] of children)
    all.set(engine, await child.ask<Answers>({ ask: "answers", pairs: livePairs }));
  const ours = all.get("ours");
  if (ours === undefined) throw new Error("no answers of ours");
  for (const [engine, { pairs, rooms }] of all) {
    const known = results.get(engine)?.opened.tells === "mask" ? 255 : 1;
    const wrong = pairs.filter((mask, at) => mask !== ((ours.pairs[at] ?? -1) & known)).length;
    const wrongRooms = rooms.filter((admits, at) => admits !== ours.rooms[at]).length;
    if (wrong + wrongRooms > 0 || pairs.length !== ours.pairs.length || rooms.length !== ours.rooms.length)
      throw new Error(`${engine} says something else: ${wrong} pairs, ${wrongRooms} rooms`);
  }
  const blocked = ours.pairs.filter((mask) => mask !== 0).length;
  const entered = ours.rooms.filter(Boolean).length;
  if (blocked === 0 || blocked === ours.pairs.length || entered === 0 || entered === ours.rooms.length)
    throw new Error("all answers are the same, so nothing was compared");
  console.log(
    `${blocked} of ${ours.pairs.length} pairs blocked, ${entered} of ${ours.rooms.length} may come in; all agree`,
  );
}

async function measureLive(size: Size, rounds: number): Promise<Live> {
  await using child = startChild<LiveQuestion>("live/child.ts");
  await child.ask({ ask: "open", size });
  const compiled: LiveStepped[] = [];
  const patched: LiveStepped[] = [];
  const swept: { ours: LiveSwept; maps: LiveSwept }[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const whole = await child.ask<LiveStepped>({ ask: "compile" });
    const patch = await child.ask<LiveStepped>({ ask: "patch", round });
    const first = round % 2 === 0 ? "ours" : "maps";
    const one = await child.ask<LiveSwept>({ ask: "sweep", way: first });
    const other = await child.ask<LiveSwept>({ ask: "sweep", way: first === "ours" ? "maps" : "ours" });
    const both = first === "ours" ? { ours: one, maps: other } : { ours: other, maps: one };
    if (both.ours.removed.length === 0 || both.ours.removed.join() !== both.maps.removed.join())
      throw new Error("the two sweeps removed different people");
    console.log(
      `swept ${both.ours.removed.length} people: ours ${both.ours.listMs.toFixed(0)} ms, maps ${both.maps.listMs.toFixed(0)} ms`,
    );
    if (round === 0) continue;
    compiled.push(whole);
    patched.push(patch);
    swept.push(both);
  }
  return { compiled, patched, swept };
}
