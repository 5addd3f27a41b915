/**
 * Makes every decision about information barriers again, from the instances' logs and the versions of the barriers
 * (BAR-15). Needs no personal part of the log: whoever may check decisions need not read names.
 */
import {
  applyBarrierChanges,
  barrierContext,
  compileBarriers,
  emptyBarriers,
  replayBarriers,
  type BarrierContext,
  type BarrierModel,
  type BarrierStamp,
  type RecordedEvent,
  type ReplayProblem,
} from "@sekisho/domain";
import type { Db } from "../../platform/db/database.ts";
import type { Trx } from "../../platform/evidence/organisation-log.ts";
import { barrierChanges, eventOf } from "../../unsafe.ts";
import { readInstanceRows, type SealedRow } from "./read-rows.ts";

export type LogReplay = {
  readonly instances: number;
  readonly decisions: number;
  readonly versions: number;
  readonly problems: readonly (ReplayProblem & { readonly instanceId: string })[];
};

/** Reads one consistent moment of the database; `tell` is called after each instance. */
export async function replayLog(db: Db, tell: (done: number) => void = () => undefined): Promise<LogReplay> {
  return db
    .transaction()
    .setIsolationLevel("repeatable read")
    .setAccessMode("read only")
    .execute(async (trx) => {
      const models = await readModels(trx);
      const contextOf = contextsOf(models);
      const problems: LogReplay["problems"][number][] = [];
      let decisions = 0;
      const instances = await trx.selectFrom("meeting_instance").select("id").orderBy("id").execute();
      for (const [index, { id: instanceId }] of instances.entries()) {
        const events: RecordedEvent[] = [];
        for await (const row of readInstanceRows(trx, instanceId)) events.push(recorded(row));
        const replay = replayBarriers(events, contextOf);
        decisions += replay.decisions;
        for (const problem of replay.problems) problems.push({ instanceId, ...problem });
        tell(index + 1);
      }
      return { instances: instances.length, decisions, versions: models.size, problems };
    });
}

/** Every version there was. Maps that a version did not touch are shared, so many versions cost little. */
async function readModels(trx: Trx): Promise<ReadonlyMap<number, BarrierModel>> {
  const rows = await trx
    .selectFrom("barrier_version")
    .select(["version", "changes"])
    .orderBy("version")
    .execute();
  const models = new Map<number, BarrierModel>();
  let model = emptyBarriers;
  for (const row of rows) {
    model = applyBarrierChanges(model, row.version, barrierChanges(row.changes));
    models.set(row.version, model);
  }
  return models;
}

/** Compiled when asked for, and the last one kept: a meeting's decisions mostly follow one version. */
function contextsOf(
  models: ReadonlyMap<number, BarrierModel>,
): (stamp: BarrierStamp) => BarrierContext | null {
  let last: { readonly version: number; readonly index: ReturnType<typeof compileBarriers> } | null = null;
  return (stamp) => {
    const model = models.get(stamp.version);
    if (model === undefined) return null;
    if (last?.version !== stamp.version) last = { version: stamp.version, index: compileBarriers(model) };
    return barrierContext(last.index, stamp.freshness);
  };
}

/** The fold reads personal parts only to show them: empty ones lead to the same decisions. */
const nobody = {
  displayName: "",
  affiliation: "",
  hosts: [],
  invited: [],
  message: "",
  standInReason: null,
};

function recorded(row: SealedRow): RecordedEvent {
  const data: unknown = JSON.parse(row.data);
  const fields = typeof data === "object" && data !== null ? data : {};
  const personal = row.commitment === null ? {} : { personal: nobody };
  return { seq: row.seq, at: row.at, event: eventOf(row.type, { ...fields, ...personal }) };
}
