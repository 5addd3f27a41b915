/** One shape for every result: ours, the peer, the ratio, the goal, and whether it was reached. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { load, machine, root, type Machine } from "./machine.ts";

export type Row = {
  readonly measure: string;
  readonly unit: string;
  readonly ours: number;
  /** Null where there is nothing to compare with: the goal is then an absolute one. */
  readonly peer: { readonly name: string; readonly value: number } | null;
  /** In words, as in the goals' table; null: told for the picture only. */
  readonly goal: { readonly text: string; readonly reached: boolean } | null;
};

export type Outcome = {
  readonly title: string;
  /** How it was measured, a sentence each. */
  readonly method: readonly string[];
  readonly versions: Readonly<Record<string, string>>;
  readonly rows: readonly Row[];
  readonly notes: readonly string[];
  /** Everything that was counted, for whoever wants to check the medians. */
  readonly samples: unknown;
};

type Written = Outcome & {
  readonly name: string;
  readonly date: string;
  readonly machine: Machine;
  readonly load: { readonly before: number; readonly after: number };
};

export function writeReport(name: string, outcome: Outcome, loadBefore: number): void {
  const written: Written = {
    name,
    date: new Date().toISOString(),
    machine: machine(),
    load: { before: loadBefore, after: load() },
    ...outcome,
  };
  const folder = join(root, "bench", "results");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(written, null, 2)}\n`);
  const text = markdown(written);
  writeFileSync(join(folder, `${name}.md`), text);
  console.log(`\n${text}`);
}

function markdown(result: Written): string {
  const { machine: on, versions } = result;
  return [
    `# ${result.title}`,
    "",
    `${result.date} · ${on.cpu}, ${on.cores} cores, ${on.memoryGb} GB · ${on.system} · Node ${on.node}`,
    "",
    `Load average before and after: ${result.load.before.toFixed(2)}, ${result.load.after.toFixed(2)}. ` +
      "The machine was shared with other work.",
    "",
    Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(" · "),
    "",
    "| Measured | Ours | Peer | Ours ÷ peer | Goal | Reached |",
    "| --- | --- | --- | --- | --- | --- |",
    ...result.rows.map(line),
    "",
    "## How",
    "",
    ...result.method.map((one) => `- ${one}`),
    ...(result.notes.length === 0 ? [] : ["", "## Notes", "", ...result.notes.map((one) => `- ${one}`)]),
    "",
  ].join("\n");
}

function line(row: Row): string {
  const peer = row.peer === null ? "–" : `${figure(row.peer.value)} ${row.unit} (${row.peer.name})`;
  const ratio = row.peer === null || row.peer.value === 0 ? "–" : `${figure(row.ours / row.peer.value)} ×`;
  const reached = row.goal === null ? "" : row.goal.reached ? "yes" : "**no**";
  return `| ${row.measure} | ${figure(row.ours)} ${row.unit} | ${peer} | ${ratio} | ${row.goal?.text ?? ""} | ${reached} |`;
}

/** Three or more significant digits. */
export function figure(value: number): string {
  if (Number.isInteger(value) || Math.abs(value) >= 1000) return value.toFixed(0);
  return Math.abs(value) >= 100 ? value.toFixed(1) : value.toFixed(2);
}
