/** Reports of instances that have ended: for host and co-hosts, and with the reasons for auditors (AUD-2). */
import { routes, type MeetingReport } from "@sekisho/contract";
import { id, reportOf, type Principal, type RecordedEvent } from "@sekisho/domain";
import type { Db } from "../../platform/db/database.ts";
import { handle, type BoundRoute } from "../../platform/http/binder.ts";
import type { Caller } from "../../platform/http/caller.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import { csvCell } from "./export-log.ts";
import { presentReport, type Hidden } from "./present-report.ts";

export type ReportDeps = {
  readonly db: Db;
  /** The whole log of an instance, with its personal parts opened. */
  readonly readLog: (instanceId: string) => Promise<readonly RecordedEvent[]>;
  /** Whom an account must not know of, by the barriers of this moment (BAR-14). */
  readonly hiddenFrom: (accountId: string) => Promise<(who: Principal) => boolean>;
};

type Reader = { readonly hidden: Hidden; readonly reasons: boolean };

export function createReportFeature(deps: ReportDeps): { readonly routes: readonly BoundRoute[] } {
  const { reports } = routes;
  const forHost = async (caller: Caller, meetingId: string, instanceId: string) => {
    const hidden = await deps.hiddenFrom(accountOf(caller));
    return readReport(deps, { instanceId, meetingId }, { hidden, reasons: false });
  };
  return {
    routes: [
      handle(reports.reportList, async ({ params }) => ({ reports: await ended(deps.db, params.meetingId) })),
      handle(reports.reportRead, ({ caller, params }) =>
        forHost(caller, params.meetingId, params.instanceId),
      ),
      handle(reports.reportCsv, async ({ caller, params, reply }) => {
        const report = await forHost(caller, params.meetingId, params.instanceId);
        reply.header("content-type", "text/csv; charset=utf-8; header=present");
        reply.header("content-disposition", 'attachment; filename="meeting-report.csv"');
        return peopleCsv(report);
      }),
      handle(reports.reportAudit, async ({ caller, params }) => {
        // A duty is no exemption: an auditor is behind the same walls.
        const hidden = await deps.hiddenFrom(accountOf(caller));
        return readReport(deps, { instanceId: params.instanceId }, { hidden, reasons: true });
      }),
    ],
  };
}

function accountOf(caller: Caller): string {
  if (caller.kind !== "account") throw new HttpError("sign_in_required");
  return caller.accountId;
}

async function ended(db: Db, meetingId: string) {
  const rows = await db
    .selectFrom("meeting_instance")
    .select(["id", "starts_at", "ends_at"])
    .where("meeting_id", "=", meetingId)
    .where("phase", "=", "ended")
    .orderBy("starts_at", "desc")
    .limit(100)
    .execute();
  return rows.map((row) => ({
    instanceId: row.id,
    startsAt: row.starts_at.getTime(),
    endsAt: row.ends_at.getTime(),
  }));
}

async function readReport(
  deps: ReportDeps,
  which: { readonly instanceId: string; readonly meetingId?: string },
  reader: Reader,
): Promise<MeetingReport> {
  const row = await deps.db
    .selectFrom("meeting_instance as i")
    .innerJoin("meeting as m", "m.id", "i.meeting_id")
    .leftJoin("instance_anchor as a", "a.instance_id", "i.id")
    .select(["i.id", "i.meeting_id", "i.phase", "i.seq", "i.head", "i.tidied", "i.erased_at"])
    .select(["i.erased_messages", "m.settings", "m.host_id"])
    .select(["i.starts_at", "i.ends_at"])
    .select("a.seq as anchored")
    .where("i.id", "=", which.instanceId)
    .executeTakeFirst();
  const other = which.meetingId !== undefined && row?.meeting_id !== which.meetingId;
  if (row === undefined || other || row.phase !== "ended") throw new HttpError("not_found");
  const host: Principal = { kind: "account", accountId: id.account(row.host_id), device: "" };
  // A meeting of somebody who is behind a wall does not exist for the reader (BAR-14).
  if (reader.hidden(host)) throw new HttpError("not_found");
  const shown = presentReport(reportOf(await deps.readLog(row.id)), reader);
  return {
    ...shown,
    instanceId: row.id,
    topic: row.settings.topic,
    erased: row.tidied ? { at: row.erased_at?.getTime() ?? null, messages: row.erased_messages } : null,
    checkedAt: await lastCheck(deps.db, row),
    chain: { records: row.seq, head: row.head.toString("hex"), anchored: row.anchored ?? 0 },
  };
}

/** A check of the day before counts for a meeting of the morning. */
const checkLeadMs = 24 * 3600 * 1000;

async function lastCheck(
  db: Db,
  row: { readonly meeting_id: string; readonly starts_at: Date; readonly ends_at: Date },
): Promise<number | null> {
  const found = await db
    .selectFrom("meeting_check")
    .select("at")
    .where("meeting_id", "=", row.meeting_id)
    .where("at", ">=", new Date(row.starts_at.getTime() - checkLeadMs))
    .where("at", "<=", row.ends_at)
    .orderBy("at", "desc")
    .limit(1)
    .executeTakeFirst();
  return found?.at.getTime() ?? null;
}

/** Times in UTC, so that the file means the same wherever it is opened. */
function peopleCsv({ people, refusals }: MeetingReport): string {
  const time = (at: number | null) => (at === null ? "" : new Date(at).toISOString());
  const head = ["name", "organisation", "external", "role", "requested", "admitted", "admitted_by"];
  const rest = ["method", "stand_in_reason", "outcome", "until", "ended_by", "reference"];
  const said = ["agreed_version", "agreed", "device_declared"];
  const lines = [
    [...head, ...rest, ...said],
    ...people.map((one) => [
      ...[one.displayName, one.affiliation, one.external ? "yes" : "no", one.role],
      ...[time(one.requestedAt), time(one.admittedAt), one.admittedBy ?? "", one.method ?? ""],
      ...[one.standInReason ?? "", one.outcome, time(one.until), one.endedBy ?? "", ""],
      ...[String(one.agreed?.version ?? ""), time(one.agreed?.at ?? null), time(one.deviceDeclaredAt)],
    ]),
    ...refusals.map((one) => [
      ...[one.displayName, one.affiliation, "", "", time(one.at), "", "", "", "", "refused", ""],
      ...["", one.reference, "", "", ""],
    ]),
  ];
  return `\uFEFF${lines.map((cells) => `${cells.map(csvCell).join(",")}\r\n`).join("")}`;
}
