/** The rows of a chain in order, a page at a time, so that a log of any length fits in memory. */
import type { Trx } from "../../platform/evidence/organisation-log.ts";
import type { ChainRow } from "./chain-check.ts";

const page = 1000;

export type SealedRow = ChainRow & { readonly sealed: Buffer | null };

export async function* readOrganisationRows(trx: Trx): AsyncGenerator<SealedRow> {
  let after = 0;
  for (;;) {
    const rows = await trx
      .selectFrom("organisation_event as e")
      .leftJoin("organisation_event_personal as p", "p.seq", "e.seq")
      .select(["e.seq", "e.at", "e.type", "e.data", "e.commitment", "e.hash", "p.sealed"])
      .where("e.seq", ">", String(after))
      .orderBy("e.seq")
      .limit(page)
      .execute();
    for (const row of rows) yield { ...row, seq: Number(row.seq), at: Number(row.at) };
    const last = rows.at(-1);
    if (last === undefined || rows.length < page) return;
    after = Number(last.seq);
  }
}

export async function* readInstanceRows(trx: Trx, instanceId: string): AsyncGenerator<SealedRow> {
  let after = 0;
  for (;;) {
    const rows = await trx
      .selectFrom("meeting_event as e")
      .leftJoin("meeting_event_personal as p", (join) =>
        join.onRef("p.instance_id", "=", "e.instance_id").onRef("p.seq", "=", "e.seq"),
      )
      .select(["e.seq", "e.at", "e.type", "e.data", "e.commitment", "e.hash", "p.sealed"])
      .where("e.instance_id", "=", instanceId)
      .where("e.seq", ">", after)
      .orderBy("e.seq")
      .limit(page)
      .execute();
    for (const row of rows) yield { ...row, at: Number(row.at) };
    const last = rows.at(-1);
    if (last === undefined || rows.length < page) return;
    after = last.seq;
  }
}
