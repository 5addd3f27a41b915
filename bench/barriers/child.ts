/** One engine in a process of its own, so that its memory and its compiled code are its own. Asked over the channel. */
import { median } from "../lib/stats.ts";
import { openCasbin } from "./casbin.ts";
import { openCasl } from "./casl.ts";
import { openCedar } from "./cedar.ts";
import type { Contender, Opener } from "./contender.ts";
import { openJsonLogic } from "./json-logic.ts";
import { openOurs } from "./ours.ts";
import { openPostgres } from "./postgres.ts";
import { openSqlite } from "./sqlite.ts";
import { answerOf } from "./unsafe.ts";
import { drawPairs, drawRooms, makeWorld, type Pair, type Size, type World } from "./world.ts";

export const engines = {
  ours: openOurs,
  casbin: openCasbin,
  casl: openCasl,
  jsonLogic: openJsonLogic,
  cedar: openCedar,
  sqlite: openSqlite,
  postgres: openPostgres,
} as const satisfies Record<string, Opener>;
export type Engine = keyof typeof engines;

export type Question =
  | { readonly ask: "open"; readonly engine: Engine; readonly size: Size }
  | { readonly ask: "answers"; readonly pairs: number }
  | { readonly ask: "pair"; readonly pool: number; readonly ms: number }
  | { readonly ask: "room"; readonly people: number; readonly ms: number };
export type Opened = {
  readonly version: string;
  readonly tells: Contender["tells"];
  /** The first time in a new process. */
  readonly loadMs: number;
  /** Ours alone: once more each. */
  readonly againMs: readonly number[];
  /** Processor time of those. */
  readonly againCpuMs: readonly number[];
  /** JavaScript's heap and memory beside it, more than before loading. */
  readonly bytes: number;
};
export type Answers = { readonly pairs: readonly number[]; readonly rooms: readonly boolean[] };
export type Timed = { readonly ns: number; readonly decisions: number };

type Room = {
  readonly asking: readonly Pair[0][];
  readonly admits: (one: Pair[0]) => boolean | Promise<boolean>;
};

let world: World | null = null;
let engine: Contender | null = null;
const pools = new Map<number, readonly Pair[]>();
const rooms = new Map<number, readonly Room[]>();
/** Answers are used, or a compiler could leave the questions out. */
let told = 0;

function opened(): { readonly world: World; readonly engine: Contender } {
  if (world === null || engine === null) throw new Error("not opened yet");
  return { world, engine };
}

async function held(): Promise<number> {
  // What has been awaited is let go only in a later turn.
  await new Promise((resolve) => setImmediate(resolve));
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function open({ engine: name, size }: Extract<Question, { ask: "open" }>): Promise<Opened> {
  world = makeWorld(size);
  engine = await engines[name](world);
  const heldBefore = await held();
  const loadMs = await timeLoad(engine);
  const bytes = (await held()) - heldBefore;
  const againMs: number[] = [];
  const againCpuMs: number[] = [];
  for (let round = 0; name === "ours" && round < 5; round += 1) {
    const before = process.threadCpuUsage();
    againMs.push(await timeLoad(engine));
    const { user, system } = process.threadCpuUsage(before);
    againCpuMs.push((user + system) / 1000);
  }
  engine.ready?.();
  return { version: engine.version, tells: engine.tells, loadMs, againMs, againCpuMs, bytes };
}

async function timeLoad(by: Contender): Promise<number> {
  const started = performance.now();
  await by.load();
  return performance.now() - started;
}

function poolOf(count: number): readonly Pair[] {
  const pool = pools.get(count) ?? drawPairs(opened().world, count, count);
  pools.set(count, pool);
  return pool;
}

async function roomsOf(people: number): Promise<readonly Room[]> {
  const known = rooms.get(people);
  if (known !== undefined) return known;
  const { world: of, engine: by } = opened();
  const made: Room[] = [];
  for (const { inside, asking } of drawRooms(of, people, 16))
    made.push({ asking, admits: await by.room(inside) });
  rooms.set(people, made);
  return made;
}

async function answers(count: number): Promise<Answers> {
  const { engine: by } = opened();
  const pairs: number[] = [];
  for (const [a, b] of poolOf(count)) pairs.push(await by.pair(a, b));
  const entered: boolean[] = [];
  for (const { asking, admits } of await roomsOf(100))
    for (const one of asking) entered.push(await admits(one));
  return { pairs, rooms: entered };
}

/** Goes round the pool until the time is over. */
async function timePairs(pool: readonly Pair[], ms: number): Promise<Timed> {
  const { engine: by } = opened();
  return by.isAsync
    ? timeAsync(ms, pool.length, (at) => by.pair(...(pool[at] ?? throwing())))
    : timeSync(ms, pool.length, (from, to) => {
        for (let at = from; at < to; at += 1) {
          const pair = pool[at];
          if (pair !== undefined) told += Number(by.pair(pair[0], pair[1]));
        }
      });
}

async function timeRooms(people: number, ms: number): Promise<Timed> {
  const questions = (await roomsOf(people)).flatMap(({ asking, admits }) =>
    asking.map((one) => ({ one, admits })),
  );
  return opened().engine.isAsync
    ? timeAsync(ms, questions.length, (at) => {
        const { one, admits } = questions[at] ?? throwing();
        return admits(one);
      })
    : timeSync(ms, questions.length, (from, to) => {
        for (let at = from; at < to; at += 1) {
          const question = questions[at];
          if (question !== undefined) told += Number(question.admits(question.one));
        }
      });
}

function throwing(): never {
  throw new Error("no such question");
}

/** In slices: what the machine does for others falls into few of them, and their median does not know of it. */
function timeSync(ms: number, length: number, ask: (from: number, to: number) => void): Timed {
  const samples: number[] = [];
  const end = performance.now() + ms;
  let decisions = 0;
  let at = 0;
  let slice = 1;
  while (performance.now() < end) {
    const to = Math.min(length, at + slice);
    const started = process.hrtime.bigint();
    ask(at, to);
    const ns = Number(process.hrtime.bigint() - started) / (to - at);
    decisions += to - at;
    at = to === length ? 0 : to;
    if (slice === 1 && ns < 10_000) slice = Math.min(1024, length);
    else samples.push(ns);
  }
  return { ns: median(samples), decisions };
}

async function timeAsync(ms: number, length: number, ask: (at: number) => unknown): Promise<Timed> {
  const samples: number[] = [];
  const end = performance.now() + ms;
  while (performance.now() < end) {
    const started = process.hrtime.bigint();
    await ask(samples.length % length);
    samples.push(Number(process.hrtime.bigint() - started));
  }
  return { ns: median(samples), decisions: samples.length };
}

async function answerTo(question: Question): Promise<unknown> {
  if (question.ask === "open") return open(question);
  if (question.ask === "answers") return answers(question.pairs);
  if (question.ask === "pair") return timePairs(poolOf(question.pool), question.ms);
  return timeRooms(question.people, question.ms);
}

async function close(): Promise<void> {
  await engine?.[Symbol.asyncDispose]();
  process.exit(told < 0 ? 1 : 0);
}

if (process.send !== undefined) {
  process.on("message", (message) => {
    void answerTo(answerOf<Question>(message)).then(
      (answer) => process.send?.({ answer }),
      (error: unknown) => process.send?.({ failed: error instanceof Error ? error.stack : String(error) }),
    );
  });
  process.on("disconnect", () => {
    void close();
  });
}
