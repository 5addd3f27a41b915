/** Reads the log back and proves what the rules demand. One wrong answer fails the run, however fast it was. */
import type { Pool } from "pg";
import { z } from "zod";
import { walkChain } from "../../apps/server/src/features/evidence/chain-check.ts";
import { isRequestResult } from "../../apps/server/src/features/live/results.ts";
import type { Join } from "./load.ts";

type Row = {
  readonly seq: number;
  readonly at: string;
  readonly type: string;
  readonly data: string;
  readonly commitment: Buffer | null;
  readonly hash: Buffer;
};

export type Checked = { readonly admitted: number; readonly waiting: number; readonly refused: number };

const data = z.object({
  admissionId: z.string().optional(),
  principal: z.object({ device: z.string() }).optional(),
});

export async function checkJoins(pool: Pool, joins: readonly Join[], capacity: number): Promise<Checked> {
  const sum = { admitted: 0, waiting: 0, refused: 0 };
  const byInstance = Map.groupBy(joins, (join) => join.instanceId);
  for (const [instanceId, own] of byInstance) {
    const counted = await checkInstance(pool, instanceId, own, capacity);
    sum.admitted += counted.admitted;
    sum.waiting += counted.waiting;
    sum.refused += counted.refused;
  }
  if (sum.admitted + sum.waiting + sum.refused !== joins.length)
    throw new Error("joins were lost or doubled");
  return sum;
}

async function checkInstance(
  pool: Pool,
  instanceId: string,
  joins: readonly Join[],
  capacity: number,
): Promise<Checked> {
  const { rows } = await pool.query<Row>(
    "select seq, at, type, data, commitment, hash from meeting_event where instance_id = $1 order by seq",
    [instanceId],
  );
  const head = await pool.query<{ seq: number; head: Buffer }>(
    "select seq, head from meeting_instance where id = $1",
    [instanceId],
  );
  const walk = walkChain(instanceId);
  for (const row of rows) walk.take({ ...row, at: Number(row.at) });
  const known = head.rows[0];
  walk.end(known === undefined ? null : { seq: known.seq, hash: known.head });
  if (known === undefined || walk.problems.length > 0) throw new Error("the chain is broken");
  const written = replay(rows, capacity);
  for (const join of joins) checkAnswer(join, written.get(join.guest));
  const guests = [...written.values()].filter((one) => one !== "host");
  if (guests.length !== joins.length) throw new Error("a join has no row, or too many");
  return {
    admitted: guests.filter((one) => one === "admitted").length,
    waiting: guests.filter((one) => one === "waiting").length,
    refused: guests.filter((one) => one === "refused").length,
  };
}

type Written = "admitted" | "waiting" | "refused" | "host";

/** What the log says of each device, in the log's own order. Throws at the first event that a rule forbids. */
function replay(rows: readonly Row[], capacity: number): ReadonlyMap<string, Written> {
  const written = new Map<string, Written>();
  const deviceOf = new Map<string, string>();
  let locked = false;
  let inside = 0;
  for (const row of rows) {
    const { admissionId = "", principal } = data.parse(JSON.parse(row.data));
    if (row.type === "meeting.locked") locked = true;
    if (row.type === "meeting.unlocked") locked = false;
    if (row.type === "admission.requested" || row.type === "admission.refused") {
      const device = principal?.device ?? "";
      if (written.has(device)) throw new Error("one join, two rows");
      written.set(device, row.type === "admission.refused" ? "refused" : "waiting");
      deviceOf.set(admissionId, device);
    }
    if (row.type === "admission.admitted") {
      const device = deviceOf.get(admissionId) ?? "";
      const isHost = device === "host-device";
      if (locked && !isHost) throw new Error("somebody was admitted after the lock");
      inside += 1;
      if (inside > capacity) throw new Error("more people inside than the capacity");
      if (written.get(device) !== "waiting") throw new Error("admitted twice, or without asking");
      written.set(device, isHost ? "host" : "admitted");
    }
  }
  return written;
}

function checkAnswer(join: Join, written: Written | undefined): void {
  const { decision } = join;
  const result = decision.kind === "accepted" && isRequestResult(decision.result) ? decision.result : null;
  const { outcome } = result ?? {};
  const said =
    outcome?.kind === "refused"
      ? "refused"
      : outcome?.kind !== "register"
        ? "other"
        : outcome.enter
          ? "admitted"
          : "waiting";
  if (said !== written) throw new Error(`told ${said}, but the log says ${written ?? "nothing"}`);
  if (join.underLock && said === "admitted") throw new Error("admitted after the lock was acknowledged");
}
