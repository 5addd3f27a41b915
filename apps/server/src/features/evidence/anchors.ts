/** The organisation's chain records the head of every instance's chain, each minute and at its end (AUD-1). */
import type { Db } from "../../platform/db/database.ts";
import {
  lockOrganisationChain,
  type OrganisationLog,
  type Trx,
} from "../../platform/evidence/organisation-log.ts";

export const anchorType = "instance.headsRecorded";

/** As it stands in `data.heads` of an anchor record; `head` in hex. */
export type AnchoredHead = { readonly instanceId: string; readonly seq: number; readonly head: string };

/**
 * Records the heads that moved since they were last recorded, all in one entry; answers how many. Called every minute
 * by each process, and after an instance has ended: who comes second finds nothing to do.
 */
export async function anchorInstanceHeads(deps: {
  readonly db: Db;
  readonly log: OrganisationLog;
}): Promise<number> {
  return deps.db.transaction().execute(async (trx) => {
    await lockOrganisationChain(trx);
    const moved = await movedHeads(trx);
    if (moved.length === 0) return 0;
    const heads: readonly AnchoredHead[] = moved.map((row) => ({
      instanceId: row.id,
      seq: row.seq,
      head: row.head.toString("hex"),
    }));
    await trx
      .insertInto("instance_anchor")
      .values(moved.map((row) => ({ instance_id: row.id, seq: row.seq })))
      .onConflict((conflict) =>
        conflict.column("instance_id").doUpdateSet((set) => ({ seq: set.ref("excluded.seq") })),
      )
      .execute();
    await deps.log.append(trx, { type: anchorType, actor: { kind: "server" }, data: { heads } });
    return heads.length;
  });
}

function movedHeads(trx: Trx) {
  return trx
    .selectFrom("meeting_instance as i")
    .leftJoin("instance_anchor as a", "a.instance_id", "i.id")
    .select(["i.id", "i.seq", "i.head"])
    .where((where) => where("i.seq", ">", where.fn.coalesce("a.seq", where.lit(0))))
    .orderBy("i.id")
    .limit(1000)
    .execute();
}
