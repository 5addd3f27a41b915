/**
 * One pull from the policy server: asked, read, checked, and put in force as a whole, or recorded as failed (BAR-10,
 * Q82, Q83). Whatever happens in between, the barriers in force stay as they were.
 */
import type { BarrierSyncRow } from "@sekisho/contract";
import type { BarrierModel } from "@sekisho/domain";
import type { Pool, PoolClient } from "pg";
import type { Db } from "../../platform/db/database.ts";
import type { LogActor, OrganisationLog, Trx } from "../../platform/evidence/organisation-log.ts";
import { fetchDocument, type FetchProblem } from "../../platform/http/outbound-get.ts";
import type { Keys } from "../../platform/keys/keys.ts";
import { readDirectory } from "./account-directory.ts";
import type { BarrierWriter, BarrierWritten } from "./barrier-writer.ts";
import { bulkDocument, readBulk, type BulkDocument } from "./bulk-document.ts";
import { oneSync, recordSync } from "./sync-log.ts";
import {
  dueUpstream,
  noteContact,
  noteFailure,
  openToken,
  readUpstream,
  type UpstreamRow,
} from "./upstream-store.ts";

/**
 * Codes for the catalogue. `people_unknown` is no failure: the rest is in force, and members without an account here
 * were left out.
 */
export type PullProblem =
  | FetchProblem
  | "not_json"
  | "wrong_shape"
  | "inconsistent"
  | "older_version"
  | "not_applied"
  | "people_unknown";

export type PullDeps = {
  readonly db: Db;
  readonly pool: Pool;
  readonly keys: Keys;
  readonly log: OrganisationLog;
  readonly writer: BarrierWriter;
  readonly source: { model(): BarrierModel; refresh(): Promise<BarrierModel> };
  readonly clock: { now(): number };
  readonly loopbackAllowed: boolean;
  readonly onFailure: (error: unknown) => void;
};

export type Pull = {
  /** If one is due, and no other process is at it. */
  whenDue(): Promise<void>;
  /** Now, after whichever is under way. Null: nothing is to be asked. */
  now(actor: LogActor): Promise<BarrierSyncRow | null>;
};

class PullFailed extends Error {
  readonly problem: PullProblem;
  constructor(problem: PullProblem) {
    super(problem);
    this.problem = problem;
  }
}

export function createPull(deps: PullDeps): Pull {
  async function pullOnce(row: UpstreamRow, actor: LogActor): Promise<string> {
    try {
      return await ask(deps, row, actor);
    } catch (error) {
      const problem = error instanceof PullFailed ? error.problem : "not_applied";
      if (!(error instanceof PullFailed)) deps.onFailure(error);
      return fail(deps, actor, problem);
    }
  }

  return {
    async whenDue() {
      if ((await dueUpstream(deps.db)) === null) return;
      await withPullLock(deps.pool, "try", async () => {
        const row = await dueUpstream(deps.db);
        return row === null ? null : pullOnce(row, { kind: "server" });
      });
    },
    now: async (actor) => {
      const id = await withPullLock(deps.pool, "wait", async () => {
        const row = await readUpstream(deps.db);
        return row?.enabled === true ? pullOnce(row, actor) : null;
      });
      return id === null ? null : oneSync(deps.db, id);
    },
  };
}

async function ask(deps: PullDeps, row: UpstreamRow, actor: LogActor): Promise<string> {
  const model = await deps.source.refresh();
  const at = deps.clock.now();
  const answer = await fetchDocument({
    url: row.url,
    token: openToken(deps.keys, row),
    // After an edit of our own all of it is wanted again: the source is to stand, not the edit (BAR-9).
    etag: row.etag_version === model.version ? row.etag : null,
    loopbackAllowed: deps.loopbackAllowed,
  });
  if (answer.kind === "failed") throw new PullFailed(answer.problem);
  if (answer.kind === "unchanged") return unchanged(deps, actor, at);
  const document = parse(answer.text);
  const sourceVersion = newerVersion(document, row);
  const read = readBulk(document, await readDirectory(deps.db), model);
  if (read.kind === "wrong") throw new PullFailed("inconsistent");
  const isComplete = read.unknown.length === 0;
  const problem = isComplete ? null : "people_unknown";
  let id = "";
  await deps.writer.replace(read.target, {
    ...{ actor, origin: "pull", reason: "", baseVersion: null },
    also: async (trx, written) => {
      // A member who gets an account later must not be missed because nothing changed over there.
      const etag = isComplete ? answer.etag : null;
      await noteContact(trx, { at, problem, tag: { etag, version: written.version, sourceVersion } });
      id = await recordWritten(trx, deps.log, { actor, problem, written });
    },
  });
  return id;
}

function parse(text: string): BulkDocument {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new PullFailed("not_json");
  }
  const parsed = bulkDocument.safeParse(value);
  if (!parsed.success) throw new PullFailed("wrong_shape");
  return parsed.data;
}

/** A server that has counted once goes on counting: an older document would open what a newer one has closed (Q79). */
function newerVersion(document: BulkDocument, row: UpstreamRow): number | null {
  const before = row.source_version === null ? null : Number(row.source_version);
  if (before !== null && (document.version ?? -1) < before) throw new PullFailed("older_version");
  return document.version ?? null;
}

type Recorded = {
  readonly actor: LogActor;
  readonly problem: PullProblem | null;
  readonly written: BarrierWritten;
};

function recordWritten(trx: Trx, log: OrganisationLog, { actor, problem, written }: Recorded) {
  const { version, changes, pendingId } = written;
  const result = pendingId !== null ? "quarantined" : changes > 0 ? "applied" : "unchanged";
  return recordSync(trx, log, {
    ...{ source: "pull", actor, reason: "", result, problem, version, changes, pendingId },
  });
}

function unchanged(deps: PullDeps, actor: LogActor, at: number): Promise<string> {
  return deps.db.transaction().execute(async (trx) => {
    await noteContact(trx, { at, problem: null });
    const { version } = deps.source.model();
    const written = { version, changes: 0, pendingId: null };
    return recordWritten(trx, deps.log, { actor, problem: null, written });
  });
}

function fail(deps: PullDeps, actor: LogActor, problem: PullProblem): Promise<string> {
  return deps.db.transaction().execute(async (trx) => {
    await noteFailure(trx, problem);
    return recordSync(trx, deps.log, {
      ...{ source: "pull", actor, reason: "", result: "failed", problem },
      ...{ version: null, changes: 0, pendingId: null },
    });
  });
}

/** One pull at a time in all processes; a process that dies in the middle lets go with its connection. */
async function withPullLock<T>(
  pool: Pool,
  how: "try" | "wait",
  work: () => Promise<T | null>,
): Promise<T | null> {
  const client = await pool.connect();
  try {
    const got = how === "wait" ? await waitForLock(client) : await tryLock(client);
    const result = got ? await work() : null;
    if (got) await client.query("select pg_advisory_unlock(7365, 2)");
    client.release();
    return result;
  } catch (error) {
    // Whatever it holds goes with it.
    client.release(true);
    throw error;
  }
}

async function waitForLock(client: PoolClient): Promise<boolean> {
  await client.query("select pg_advisory_lock(7365, 2)");
  return true;
}

async function tryLock(client: PoolClient): Promise<boolean> {
  const { rows } = await client.query<{ got: boolean }>("select pg_try_advisory_lock(7365, 2) as got");
  return rows[0]?.got === true;
}
