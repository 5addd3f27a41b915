/** What waits for a second person, and the decision about it (BAR-6). */
import { routes } from "@sekisho/contract";
import { handle, type BoundRoute } from "../../platform/http/binder.ts";
import { actorNames } from "./actor-names.ts";
import { byAccount, signedInAccount, type BarriersDeps } from "./barriers-deps.ts";
import { linesKept, readLines } from "./change-lines.ts";
import { approvePending, rejectPending } from "./decide-pending.ts";
import { openPending } from "./pending-store.ts";

export function pendingRoutes(deps: BarriersDeps): readonly BoundRoute[] {
  const { barrierPendingList, barrierApprove, barrierReject } = routes.barriers;
  return [
    handle(barrierPendingList, ({ caller }) => list(deps, signedInAccount(caller).accountId)),
    handle(barrierApprove, async ({ caller, params, body }) => {
      const by = byAccount(signedInAccount(caller).accountId);
      return { version: await approvePending(deps, { ...params, ...body, by }) };
    }),
    handle(barrierReject, async ({ caller, params, body }) => {
      const by = byAccount(signedInAccount(caller).accountId);
      await rejectPending(deps, { ...params, ...body, by });
      return { ok: true } as const;
    }),
  ];
}

async function list({ db }: BarriersDeps, me: string) {
  const rows = await openPending(db);
  const nameOf = await actorNames(
    db,
    rows.map((row) => row.actor),
  );
  const pending = await Promise.all(
    rows.map(async (row) => ({
      id: row.id,
      at: row.at.getTime(),
      source: row.source,
      by: nameOf(row.actor),
      mine: row.asked_by_account === me,
      reason: row.reason,
      why: [...row.why],
      inForce: await readLines(db, row.in_force),
      waiting: await readLines(db, row.lines),
      more: Math.max(0, row.line_count - linesKept),
    })),
  );
  return { pending };
}
