/** What stands above every page of the portal, and the history (BAR-11). */
import { routes } from "@sekisho/contract";
import { sql } from "kysely";
import type { Db } from "../../platform/db/database.ts";
import { handle, type BoundRoute } from "../../platform/http/binder.ts";
import { actorNames } from "./actor-names.ts";
import { directoryOf } from "./barrier-directory.ts";
import { newestModel, signedInAccount, type BarriersDeps } from "./barriers-deps.ts";
import { readLines } from "./change-lines.ts";
import { nextOf, offsetOf, type PageQuery } from "./paging.ts";
import { openPending } from "./pending-store.ts";
import { rulesViewOf } from "./rules-view.ts";
import { countEditors } from "./second-person.ts";
import { countUngrouped } from "./ungrouped.ts";

export function statusRoutes(deps: BarriersDeps): readonly BoundRoute[] {
  const { barrierStatusRead, barrierHistory } = routes.barriers;
  return [
    handle(barrierStatusRead, ({ caller }) =>
      status(deps, signedInAccount(caller).duties.includes("compliance")),
    ),
    handle(barrierHistory, ({ query }) => history(deps.db, query)),
  ];
}

async function status(deps: BarriersDeps, mayEdit: boolean) {
  const model = await newestModel(deps);
  const { db, health } = deps;
  const [nodes, lastSync, syncedGroups, ungrouped, pending, editors, committedAt] = await Promise.all([
    health.nodes(model.version),
    health.lastSync(),
    health.syncedGroups(),
    countUngrouped(db, model),
    openPending(db),
    countEditors(db),
    timeOf(db, model.version),
  ]);
  return {
    rules: rulesViewOf(model.rules),
    version: model.version,
    committedAt,
    applied: nodes.applied,
    nodes: nodes.nodes.map(({ name, version, seenAt }) => ({ name, version, seenAt })),
    freshness: health.freshness(),
    ageMinutes: health.ageMinutes(),
    lastSync,
    groups: model.groups.size,
    policies: model.policies.size,
    ungrouped,
    otherGroupsMatter: directoryOf(model).otherGroupsMatter,
    pending: pending.length,
    editors,
    mayEdit,
    syncedGroups,
  };
}

async function timeOf(db: Db, version: number): Promise<number | null> {
  const row = await db
    .selectFrom("barrier_version")
    .select("at")
    .where("version", "=", version)
    .executeTakeFirst();
  return row?.at.getTime() ?? null;
}

const linesShown = 50;

async function history(db: Db, page: PageQuery) {
  const rows = await db
    .selectFrom("barrier_version")
    .select(["version", "at", "source", "actor", "approver", "reason", "lines", "line_count"])
    .orderBy("version", "desc")
    .limit(page.limit)
    .offset(offsetOf(page))
    .execute();
  const { total } = await db
    .selectFrom("barrier_version")
    .select(sql<number>`count(*)::int`.as("total"))
    .executeTakeFirstOrThrow();
  const nameOf = await actorNames(
    db,
    rows.flatMap((row) => [row.actor, row.approver]),
  );
  const versions = await Promise.all(
    rows.map(async (row) => ({
      version: row.version,
      at: row.at.getTime(),
      source: row.source,
      by: nameOf(row.actor),
      approvedBy: row.approver === null ? null : nameOf(row.approver),
      reason: row.reason,
      changes: await readLines(db, row.lines.slice(0, linesShown)),
      more: Math.max(0, row.line_count - linesShown),
    })),
  );
  return { versions, next: nextOf(page, total) };
}
