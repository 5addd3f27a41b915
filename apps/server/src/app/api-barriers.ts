/** The barriers for API clients (BAR-12): the one writer, the one reader of whole documents, and what a policy's last change was. */
import { id, type BarrierPolicyId } from "@sekisho/domain";
import { sql } from "kysely";
import { readDirectory } from "../features/barriers/account-directory.ts";
import { actorNames } from "../features/barriers/actor-names.ts";
import type { BarrierWriter } from "../features/barriers/barrier-writer.ts";
import { newestModel, type ModelSource } from "../features/barriers/barriers-deps.ts";
import { bulkDocument, readBulk } from "../features/barriers/bulk-document.ts";
import { policiesPending } from "../features/barriers/pending-store.ts";
import { recordSync } from "../features/barriers/sync-log.ts";
import type { ApiBarriers, ApiReplaced, ApiWrite } from "../features/v2-api/ports.ts";
import type { Db } from "../platform/db/database.ts";
import type { LogActor, OrganisationLog } from "../platform/evidence/organisation-log.ts";
import { HttpError } from "../platform/http/http-error.ts";

export type ApiBarriersDeps = {
  readonly db: Db;
  readonly log: OrganisationLog;
  readonly source: ModelSource;
  readonly writer: BarrierWriter;
};

export function createApiBarriers(deps: ApiBarriersDeps): ApiBarriers {
  const { db, writer } = deps;
  return {
    read: () => newestModel(deps),
    write: (changes, how) => writer.write(changes, how),
    replaceBy: (document, how) => replaceBy(deps, document, how),
    notes: (ids) => notesOf(db, ids),
    async pendingPolicies() {
      const pending = await policiesPending(db);
      return new Set([...pending].map((one) => id.barrierPolicy(one)));
    },
  };
}

/** Throws `bad_request` with the fields, `barrier_edit_invalid` with problem codes and places. */
async function replaceBy(deps: ApiBarriersDeps, document: unknown, how: ApiWrite): Promise<ApiReplaced> {
  const parsed = bulkDocument.safeParse(document);
  if (!parsed.success) {
    const fields = parsed.error.issues.slice(0, 20).map((issue) => issue.path.map(String).join("."));
    throw new HttpError("bad_request", { fields: [...new Set(fields)] });
  }
  const read = readBulk(parsed.data, await readDirectory(deps.db), await newestModel(deps));
  if (read.kind === "wrong")
    throw new HttpError("barrier_edit_invalid", {
      details: [...new Set(read.problems.map((problem) => problem.code))],
      fields: read.problems.slice(0, 20).map((problem) => problem.path),
    });
  const { actor, reason } = how;
  const problem = read.unknown.length > 0 ? "people_unknown" : null;
  const written = await deps.writer.replace(read.target, {
    ...how,
    async also(trx, { version, changes, pendingId }) {
      const result = pendingId !== null ? "quarantined" : changes > 0 ? "applied" : "unchanged";
      await recordSync(trx, deps.log, {
        ...{ source: "push", actor, reason, result, problem, version, changes, pendingId },
      });
    },
  });
  return { ...written, unknown: read.unknown };
}

type NoteRow = {
  readonly policy_id: string;
  readonly version: number;
  readonly reason: string;
  readonly approver: LogActor | null;
};

async function notesOf(db: Db, ids: readonly BarrierPolicyId[]) {
  if (ids.length === 0) return new Map<BarrierPolicyId, never>();
  const { rows } = await sql<NoteRow>`
    select p.policy_id, v.version, v.reason, v.approver
      from barrier_policy_version p join barrier_version v on v.version = p.version
     where p.policy_id = any(${[...ids]}::text[])`.execute(db);
  const nameOf = await actorNames(
    db,
    rows.map((row) => row.approver),
  );
  return new Map(
    rows.map((row) => [
      id.barrierPolicy(row.policy_id),
      {
        version: row.version,
        reason: row.reason,
        approvedBy: row.approver === null ? null : nameOf(row.approver),
      },
    ]),
  );
}
