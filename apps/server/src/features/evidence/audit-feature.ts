/** What auditors read: the log, a check of its chains, and which meetings have reports (AUD-1, AUD-2). */
import { auditPageSize, routes, type AuditCheck, type AuditRecord } from "@sekisho/contract";
import { id, type Principal } from "@sekisho/domain";
import { Readable } from "node:stream";
import type { Db } from "../../platform/db/database.ts";
import {
  organisationChain,
  type LogActor,
  type OrganisationLog,
} from "../../platform/evidence/organisation-log.ts";
import { handle, type BoundRoute, type CallContext } from "../../platform/http/binder.ts";
import type { Caller } from "../../platform/http/caller.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import type { Keys } from "../../platform/keys/keys.ts";
import { auditRecords, type AuditReader, type FoundRecord } from "./audit-records.ts";
import { csvCell, endLine, shownPersonal } from "./export-log.ts";
import { verifyAll } from "./verify.ts";

export type AuditDeps = {
  readonly db: Db;
  readonly keys: Keys;
  readonly log: OrganisationLog;
  /** Whom an account must not know of, by the barriers of this moment (BAR-14). */
  readonly hiddenFrom: (accountId: string) => Promise<(who: Principal) => boolean>;
};

export function createAuditFeature(deps: AuditDeps): { readonly routes: readonly BoundRoute[] } {
  const { audit } = routes;
  let checking: Promise<AuditCheck> | null = null;
  return {
    routes: [
      handle(audit.auditLog, (context) => page(deps, context)),
      handle(audit.auditExport, (context) => exported(deps, context)),
      handle(audit.auditVerify, async ({ caller }) => {
        const actor = actorOf(caller);
        // Walking everything takes a while: whoever asks meanwhile gets the same answer.
        checking ??= check(deps).finally(() => {
          checking = null;
        });
        const found = await checking;
        await note(deps, { type: "audit.verified", actor, data: { ok: found.ok, records: found.records } });
        return found;
      }),
      handle(audit.auditReports, ({ caller }) => reports(deps, caller)),
    ],
  };
}

function actorOf(caller: Caller): Extract<LogActor, { kind: "account" }> {
  if (caller.kind !== "account") throw new HttpError("sign_in_required");
  return { kind: "account", id: caller.accountId };
}

function note(
  { db, log }: AuditDeps,
  entry: { readonly type: string; readonly actor: LogActor; readonly data: Record<string, unknown> },
): Promise<void> {
  return db.transaction().execute((trx) => log.append(trx, entry));
}

async function readerFor(deps: AuditDeps, caller: Caller): Promise<AuditReader> {
  const hidden = await deps.hiddenFrom(actorOf(caller).id);
  return {
    ...{ db: deps.db, keys: deps.keys },
    isHidden: (accountId) => hidden({ kind: "account", accountId: id.account(accountId), device: "" }),
  };
}

/** Reading is on record, once for each look and not for each page of it. */
async function page(deps: AuditDeps, { caller, query }: CallContext<typeof routes.audit.auditLog>) {
  const reader = await readerFor(deps, caller);
  if (query.before === undefined)
    await note(deps, { type: "audit.read", actor: actorOf(caller), data: { filter: filterOf(query) } });
  const records: AuditRecord[] = [];
  for await (const { record } of auditRecords(reader, { query, newestFirst: true })) {
    if (records.length === auditPageSize) return { records, next: records.at(-1)?.seq ?? null };
    records.push(record);
  }
  return { records, next: null };
}

function filterOf({ type, about, from, until }: CallContext<typeof routes.audit.auditLog>["query"]) {
  return { type: type ?? null, about: about ?? null, from: from ?? null, until: until ?? null };
}

async function exported(deps: AuditDeps, context: CallContext<typeof routes.audit.auditExport>) {
  const { caller, params, query, reply } = context;
  const { format } = params;
  const reader = await readerFor(deps, caller);
  const data = { format, personal: true, filter: filterOf(query) };
  await note(deps, { type: "audit.exported", actor: actorOf(caller), data });
  const type = format === "csv" ? "text/csv; charset=utf-8; header=present" : "application/x-ndjson";
  reply.header("content-type", type);
  reply.header("content-disposition", `attachment; filename="audit-log.${format}"`);
  const lines = auditRecords(reader, { query, newestFirst: false });
  // Streamed as the binder sends a file: a log of any length fits in memory.
  return Readable.from(format === "csv" ? csvLines(lines) : jsonLines(lines));
}

/** As `admin audit export` has them, and who did it in words; always a part, since there may be walls. */
async function* jsonLines(found: AsyncIterable<FoundRecord>): AsyncGenerator<string> {
  let records = 0;
  for await (const { record, commitment, opened } of found) {
    const { seq, at, type, data, hash, actor } = record;
    const line = { chain: organisationChain, seq, at, type, data, commitment, hash };
    yield `${JSON.stringify({ ...line, ...shownPersonal(opened), actor })}\n`;
    records += 1;
  }
  yield `${endLine("part", { records, head: null })}\n`;
}

const columns = ["seq", "at", "type", "actor", "name", "data", "personal", "hash"];

/** Times in UTC; no cell begins with what a spreadsheet takes for a formula. */
async function* csvLines(found: AsyncIterable<FoundRecord>): AsyncGenerator<string> {
  yield `\uFEFF${columns.map(csvCell).join(",")}\r\n`;
  for await (const { record } of found) {
    const { seq, at, type, actor, data, personal, hash } = record;
    const cells = [String(seq), new Date(at).toISOString(), type, actor.kind, actor.name ?? ""];
    yield `${[...cells, data, personal ?? "", hash].map(csvCell).join(",")}\r\n`;
  }
}

async function check({ db, keys }: AuditDeps): Promise<AuditCheck> {
  const { ok, records, chains, problems, organisationHead: head } = await verifyAll({ db, keys });
  return { ok, at: Date.now(), records, chains, problems: problems.slice(0, 100), head };
}

const mostReports = 100;

async function reports(deps: AuditDeps, caller: Caller) {
  const reader = await readerFor(deps, caller);
  const rows = await deps.db
    .selectFrom("meeting_instance as i")
    .innerJoin("meeting as m", "m.id", "i.meeting_id")
    .innerJoin("account as h", "h.id", "m.host_id")
    .select(["i.id", "i.meeting_id", "i.starts_at", "i.ends_at", "m.settings", "m.host_id", "h.display_name"])
    .where("i.phase", "=", "ended")
    .orderBy("i.starts_at", "desc")
    .orderBy("i.id")
    .limit(1000)
    .execute();
  const seen = rows.filter((row) => !reader.isHidden(row.host_id)).slice(0, mostReports);
  return {
    reports: seen.map((row) => ({
      ...{ instanceId: row.id, meetingId: row.meeting_id, topic: row.settings.topic, host: row.display_name },
      ...{ startsAt: row.starts_at.getTime(), endsAt: row.ends_at.getTime() },
    })),
  };
}
