/** An edit is acknowledged: who still lets somebody through, and for how long, on three processes (performance 4). */
import type { Outcome, Row } from "../lib/report.ts";
import { maximum, median, quantile } from "../lib/stats.ts";
import { openThree, type Edit, type Three } from "./three.ts";

export async function run(options: readonly string[]): Promise<Outcome> {
  const edits = Number(options[0] ?? 2000);
  await using three = await openThree();
  const told: number[] = [];
  let wrong = 0;
  let decisions = 0;
  for (let edit = 0; edit < edits; edit += 1) {
    const acknowledged = await three.toggle(edit % 2 === 0);
    const found = await look(three, acknowledged);
    wrong += found.wrong;
    decisions += found.decisions;
    told.push(...found.toldMs);
  }
  return report({ edits, told, wrong, decisions });
}

type Seen = { readonly wrong: number; readonly decisions: number; readonly toldMs: readonly number[] };

/** Every process decides at once, as behind a meeting's lock; and is watched until its memory has the version. */
async function look(three: Three, acknowledged: Edit): Promise<Seen> {
  const since = performance.now();
  const decided = await Promise.all(three.nodes.map((node) => node.decides()));
  const wrong = decided.filter((lets) => lets !== acknowledged.open).length;
  const toldMs = await Promise.all(
    three.nodes.slice(1).map(async (node) => {
      while (node.version() < acknowledged.version) await new Promise((resolve) => setImmediate(resolve));
      return performance.now() - since;
    }),
  );
  return { wrong, decisions: decided.length, toldMs };
}

function report(found: {
  readonly edits: number;
  readonly told: readonly number[];
  readonly wrong: number;
  readonly decisions: number;
}): Outcome {
  const { edits, told, wrong, decisions } = found;
  const row = (measure: string, unit: string, ours: number, goal: Row["goal"]): Row => ({
    measure,
    unit,
    ours,
    peer: null,
    goal,
  });
  const p99 = quantile(told, 0.99);
  return {
    title: "Wrong decisions after an acknowledged edit, and how long the others do not know it",
    versions: { PostgreSQL: "18.4" },
    method: [
      `Three processes' barriers on one durable PostgreSQL (three sources with a listener, a memory and connections each, in one process of Node); ${edits} edits by the first through the product's own writer, each switching one policy on or off.`,
      "At the moment an edit is acknowledged each process decides as it does behind a meeting's lock: with the version that the database has. Wrong is a decision that is not that of the edit.",
      "How long the others do not know it: from the acknowledgement until the version is in their memory. Nobody decides with a memory older than the database meanwhile.",
    ],
    rows: [
      row("wrong decisions", "", wrong, { text: "0", reached: wrong === 0 }),
      row("decisions", "", decisions, null),
      row("until the others know, p99", "ms", p99, { text: "≤ 10 ms", reached: p99 <= 10 }),
      row("until the others know, median", "ms", median(told), null),
      row("until the others know, slowest", "ms", maximum(told), null),
    ],
    notes: [
      "That nobody new comes in within a second of a listener falling silent is a test, not a figure: `faults.stack.test.ts`, `several-nodes.server.test.ts`.",
    ],
    samples: { told },
  };
}
