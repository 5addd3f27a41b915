/** Who may use a meeting's routes. Unknown, not mine, not invited: one answer (MTG-4). */
import type { Access } from "@sekisho/contract";
import type { AccountCaller, Caller } from "../../platform/http/caller.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import type { MeetingsDeps } from "./meetings-deps.ts";
import { meetingById, type MeetingRow, type Relation } from "./meeting-rows.ts";

export type FoundForCaller = {
  readonly row: MeetingRow;
  readonly me: AccountCaller;
  readonly relations: ReadonlySet<Relation>;
};

export type MeetingGuard = (access: Access, caller: Caller, meetingId: string) => Promise<FoundForCaller>;

export function createMeetingGuard({ db, apart }: Pick<MeetingsDeps, "db" | "apart">): MeetingGuard {
  return async (access, caller, meetingId) => {
    if (caller.kind === "nobody" || caller.kind === "guest") throw new HttpError("sign_in_required");
    if (caller.kind !== "account" || access.kind !== "meeting") throw new HttpError("not_allowed");
    const row = await meetingById(db, meetingId);
    const rows = await db
      .selectFrom("meeting_account")
      .select("relation")
      .where("meeting_id", "=", meetingId)
      .where("account_id", "=", caller.accountId)
      .execute();
    const relations = new Set(rows.map((one) => one.relation));
    const isApart = await apart();
    if (row === undefined || !allows(access.as, relations)) throw new HttpError("not_found");
    // Somebody whom a barrier keeps from the host is not invited, whatever was written before (BAR-14).
    if (isApart(caller.accountId, row.host_id)) throw new HttpError("not_found");
    return { row, me: caller, relations };
  };
}

function allows(as: "host" | "hostOrCoHost" | "invited", relations: ReadonlySet<Relation>): boolean {
  switch (as) {
    case "host":
      return relations.has("host");
    case "hostOrCoHost":
      return isHosting(relations);
    case "invited":
      return relations.size > 0;
    default:
      return false;
  }
}

export function isHosting(relations: ReadonlySet<Relation>): boolean {
  return relations.has("host") || relations.has("coHost");
}
