/** The information barriers, put together with the meetings in progress that they act on (BAR-5, BAR-10). */
import { createBarrierSync, type BarrierSync } from "../features/barriers/barrier-sync.ts";
import { createBarrierWriter } from "../features/barriers/write-barriers.ts";
import type { LiveFeature } from "../features/live/index.ts";
import { barrierFolder } from "../platform/barrier-folder.ts";
import type { Foundation } from "./foundation.ts";

export function openBarriers(base: Foundation, live: () => LiveFeature): BarrierSync {
  const { database, keys, organisationLog: log, config } = base;
  let told = Number.NEGATIVE_INFINITY;
  /** A database that is away fails every second: one line in ten seconds says it as well. */
  const warn = (text: string) => (error: unknown) => {
    if (performance.now() - told < 10_000) return;
    told = performance.now();
    base.log.warn({ error }, text);
  };
  const quietly = (work: Promise<unknown>) => {
    work.catch(warn("a change of the barriers has not reached the meetings in progress"));
  };
  return createBarrierSync({
    ...{ database, keys, log },
    readers: base.readers.pool,
    folder: barrierFolder(config.dataDir),
    loopbackAllowed: config.exposure === "loopback",
    live: () => live().walls,
    writer: (source) =>
      createBarrierWriter({
        ...{ db: database.db, log, source },
        onCommitted: (version) => quietly(live().walls.changed(version)),
        onRulesChanged: () => quietly(live().settingsChanged("all")),
      }),
    onRefused: (refusal) =>
      base.log.error(
        refusal,
        "the database offers other barriers than were used before: nobody new comes in until an administrator says so (npm run admin barriers accept-version)",
      ),
    onFailure: warn("the barriers could not be read"),
  });
}
