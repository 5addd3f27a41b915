/** Own meetings and those one is invited to, 50 at a time. */
import { routes } from "@sekisho/contract";
import { sql } from "kysely";
import type { Db } from "../../platform/db/database.ts";
import { handle, type BoundRoute } from "../../platform/http/binder.ts";
import type { AccountCaller } from "../../platform/http/caller.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import type { MeetingRow, Relation } from "./meeting-rows.ts";
import { summaryOf, viewFacts } from "./meeting-views.ts";
import { nowOf, viewPoint, type MeetingsDeps } from "./meetings-deps.ts";
import { currentOccurrence, openAfterEndMs } from "./schedule.ts";

const page = 50;

type Scope = "upcoming" | "past";
type Ordered = { readonly row: MeetingRow; readonly at: number };
/** Where the page before ended: its last row's time in ms and id. */
type Cursor = { readonly at: number; readonly id: string };

export function listRoutes(deps: MeetingsDeps): readonly BoundRoute[] {
  return [
    handle(routes.meeting.meetingList, async ({ query, caller }) => {
      if (caller.kind !== "account") throw new HttpError("sign_in_required");
      return list(deps, caller, query.scope, cursorOf(query.after));
    }),
  ];
}

async function list(deps: MeetingsDeps, me: AccountCaller, scope: Scope, after: Cursor | null) {
  const now = nowOf(deps);
  const isApart = await deps.apart();
  const rows = await readRows(deps.db, me.accountId, scope, now);
  const seen = rows.filter((row) => !isApart(me.accountId, row.host_id));
  const ordered = seen.map((row) => ({ row, at: timeOf(row, scope, now) })).toSorted(orderOf(scope));
  const rest = after === null ? ordered : ordered.filter((one) => comesAfter(one, after, scope));
  const shown = rest.slice(0, page);
  const relations = await relationsOf(
    deps.db,
    me.accountId,
    shown.map(({ row }) => row.id),
  );
  const facts = await viewFacts(
    deps.db,
    shown.map(({ row }) => row),
    { ...viewPoint(deps), now },
  );
  const last = shown.at(-1);
  return {
    meetings: shown.map(({ row }) =>
      summaryOf(
        row,
        {
          accountId: me.accountId,
          name: me.displayName,
          email: me.email,
          relations: relations.get(row.id) ?? new Set(),
          isApart,
        },
        facts,
      ),
    ),
    next: rest.length > page && last !== undefined ? `${last.at}.${last.row.id}` : null,
  };
}

/** Upcoming: not cancelled, and an occurrence that is on or to come, or people still in it. */
function readRows(db: Db, accountId: string, scope: Scope, now: number): Promise<MeetingRow[]> {
  const over = new Date(now - openAfterEndMs);
  const upcoming = sql<boolean>`meeting.cancelled_at is null and (
    meeting.last_end is null or meeting.last_end > ${over} or exists (
      select from meeting_instance i where i.meeting_id = meeting.id and i.phase = 'live'))`;
  return db
    .selectFrom("meeting")
    .selectAll()
    .where("id", "in", (inner) =>
      inner.selectFrom("meeting_account").select("meeting_id").where("account_id", "=", accountId),
    )
    .where(scope === "upcoming" ? upcoming : sql<boolean>`not (${upcoming})`)
    .execute();
}

function timeOf(row: MeetingRow, scope: Scope, now: number): number {
  if (scope === "upcoming") return currentOccurrence(row, now)?.startsAt ?? 0;
  return (row.cancelled_at ?? row.last_end ?? row.first_start).getTime();
}

function orderOf(scope: Scope): (a: Ordered, b: Ordered) => number {
  const sign = scope === "upcoming" ? 1 : -1;
  return (a, b) => sign * (a.at - b.at || (a.row.id < b.row.id ? -1 : 1));
}

function comesAfter({ at, row }: Ordered, cursor: Cursor, scope: Scope): boolean {
  const difference = at - cursor.at || (row.id < cursor.id ? -1 : row.id === cursor.id ? 0 : 1);
  return scope === "upcoming" ? difference > 0 : difference < 0;
}

function cursorOf(after: string | undefined): Cursor | null {
  if (after === undefined) return null;
  const [, at, id] = /^(\d{1,16})\.([0-9a-f-]{36})$/u.exec(after) ?? [];
  if (at === undefined || id === undefined) throw new HttpError("bad_request", { fields: ["after"] });
  return { at: Number(at), id };
}

async function relationsOf(db: Db, accountId: string, ids: readonly string[]) {
  const byMeeting = new Map<string, Set<Relation>>();
  if (ids.length === 0) return byMeeting;
  const rows = await db
    .selectFrom("meeting_account")
    .select(["meeting_id", "relation"])
    .where("account_id", "=", accountId)
    .where("meeting_id", "in", [...ids])
    .execute();
  for (const { meeting_id: meetingId, relation } of rows)
    byMeeting.set(meetingId, (byMeeting.get(meetingId) ?? new Set()).add(relation));
  return byMeeting;
}
