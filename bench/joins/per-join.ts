/**
 * The two usual ways, at their best: one transaction a join, either behind a lock on the meeting's row or SERIALIZABLE
 * with retry. They decide with the product's own rules on a state kept in memory, and write the product's own rows with
 * its own statement, so that what differs is the transaction alone. The state is changed in place: they do not pay for
 * a copy that only a batch makes worth while.
 */
import {
  applyTo,
  decide,
  draftOf,
  fold,
  type Command,
  type Decision,
  type Draft,
  type Principal,
  type RecordedEvent,
  noBarriers,
} from "@sekisho/domain";
import type { PoolClient } from "pg";
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import {
  addRow,
  noRows,
  readEvents,
  unwrapInstanceKey,
} from "../../apps/server/src/features/live/event-store.ts";
import { insertBatch } from "../../apps/server/src/features/live/write-batch.ts";
import { newId } from "../../apps/server/src/platform/random.ts";
import type { Site } from "./meetings.ts";

export type PerJoin = "rowLock" | "serializable";

export type PerJoinRunner = {
  run(instanceId: string, command: Command, actor: Principal | null): Promise<Decision>;
  readonly count: { transactions: number; retries: number };
};

type Known = { draft: Draft; readonly key: Buffer };
type HeadRow = { seq: number; head: Buffer; evidence_key: Buffer; meeting_id: string };

/** Somebody else committed first; the join is tried again. */
class Conflict extends Error {}

const conflictCodes = new Set(["40001", "40P01"]);
const databaseError = z.object({ code: z.string() });

export function createPerJoinRunner(site: Site, kind: PerJoin): PerJoinRunner {
  const memory = new Map<string, Known>();
  const count = { transactions: 0, retries: 0 };
  const processId = newId();

  async function attempt(instanceId: string, command: Command, actor: Principal | null): Promise<Decision> {
    const client = await site.pool.connect();
    count.transactions += 1;
    let told = false;
    try {
      await client.query(kind === "rowLock" ? "begin" : "begin isolation level serializable");
      const { decision, known, events } = await decideOne(client, instanceId, command, actor);
      // The row is ours until the commit. Told to memory before it, so that the next join need not read it back.
      for (const event of events) applyTo(known.draft, event);
      told = events.length > 0;
      await client.query("commit");
      return decision;
    } catch (error) {
      if (told) memory.delete(instanceId);
      await client.query("rollback");
      throw error;
    } finally {
      client.release();
    }
  }

  async function decideOne(
    client: PoolClient,
    instanceId: string,
    command: Command,
    actor: Principal | null,
  ): Promise<{ decision: Decision; known: Known; events: readonly RecordedEvent[] }> {
    const row = await readHead(client, instanceId, kind);
    const known = await upToDate(client, instanceId, row);
    const { draft, key } = known;
    const now = Date.now();
    const decision = decide(draft, command, { now, newId, actor, limits: site.limits, barrier: noBarriers });
    if (decision.kind === "rejected" || decision.events.length === 0) return { decision, known, events: [] };
    const rows = noRows(row.head);
    const events = decision.events.map((event, index) => ({ seq: row.seq + 1 + index, at: now, event }));
    for (const event of events) addRow(rows, instanceId, key, event);
    const written = { ...draft, seq: row.seq + events.length };
    await insertBatch(client, { instanceId, rows, effects: [], draft: written, processId });
    return { decision, known, events };
  }

  async function upToDate(client: PoolClient, instanceId: string, row: HeadRow): Promise<Known> {
    const known = memory.get(instanceId);
    if (known !== undefined && known.draft.seq === row.seq) return known;
    // Memory holds what a transaction is committing now: with a snapshot from before, this one cannot succeed.
    if (known !== undefined && known.draft.seq > row.seq) throw new Conflict();
    const key = known?.key ?? unwrapInstanceKey(site.keys, instanceId, row.evidence_key);
    const state = fold(await readEvents(client, instanceId, key, 0), null);
    if (state === null) throw new Error("no such instance");
    const fresh = { draft: draftOf(state), key };
    if ((memory.get(instanceId)?.draft.seq ?? 0) < state.seq) memory.set(instanceId, fresh);
    return fresh;
  }

  return {
    count,
    async run(instanceId, command, actor) {
      for (let tries = 1; ; tries += 1) {
        try {
          return await attempt(instanceId, command, actor);
        } catch (error) {
          if (!isConflict(error)) throw error;
          count.retries += 1;
          await delay(Math.random() * Math.min(tries, 10));
        }
      }
    },
  };
}

/** The same two reads as the product makes: the meeting's head, then the versions of policy behind the lock. */
async function readHead(client: PoolClient, instanceId: string, kind: PerJoin): Promise<HeadRow> {
  const { rows } = await client.query<HeadRow>(
    `select seq, head, evidence_key, meeting_id from meeting_instance where id = $1${kind === "rowLock" ? " for update" : ""}`,
    [instanceId],
  );
  const [row] = rows;
  if (row === undefined) throw new Error("no such instance");
  const versions = await client.query<{ version: string }>(
    "select m.version || ':' || o.version as version from meeting m, organisation o where m.id = $1",
    [row.meeting_id],
  );
  if (versions.rows[0]?.version !== "1:1")
    throw new Error("the settings changed, which this bench does not do");
  return row;
}

function isConflict(error: unknown): boolean {
  if (error instanceof Conflict) return true;
  const parsed = databaseError.safeParse(error);
  return parsed.success && conflictCodes.has(parsed.data.code);
}
