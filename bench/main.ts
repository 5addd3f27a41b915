/** `npm run bench -- <name>`: one benchmark, or `all`. Results go to `bench/results/`. */
import { load, quietMoment } from "./lib/machine.ts";
import { writeReport, type Outcome } from "./lib/report.ts";

type Bench = { readonly run: (options: readonly string[]) => Promise<Outcome> };

const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  joins: () => import("./joins/bench.ts"),
  waiting: () => import("./waiting/bench.ts"),
  bytes: () => import("./bytes/bench.ts"),
  removal: () => import("./removal/bench.ts"),
  barriers: () => import("./barriers/bench.ts"),
  "e2ee-interop": () => import("./e2ee-interop/bench.ts"),
  "e2ee-group": () => import("./e2ee-group/bench.ts"),
  nodes: () => import("./nodes/bench.ts"),
  walls: () => import("./walls/bench.ts"),
  frames: () => import("./frames/bench.ts"),
  "first-frame": () => import("./first-frame/bench.ts"),
};

const [wanted = "", ...rest] = process.argv.slice(2);
/** `--now`: does not wait for a quiet machine. */
const options = rest.filter((one) => one !== "--now");
const names = wanted === "all" ? Object.keys(benches) : [wanted];
for (const name of names) {
  const open = benches[name];
  if (open === undefined) {
    console.error(`npm run bench -- <name>   one of: ${[...Object.keys(benches), "all"].join(", ")}`);
    process.exit(1);
  }
  if (!rest.includes("--now")) await quietMoment();
  const before = load();
  writeReport(name, await (await open()).run(options), before);
}
process.exit(0);
