/** Everything that a message about one meeting is made from. */
import { effectivePolicy, type Invitee } from "@sekisho/domain";
import type { Db } from "../../../platform/db/database.ts";
import type { CalendarFacts } from "../calendar.ts";
import { readerOf } from "../change-meeting.ts";
import { type InvitationFacts } from "../invitation-text.ts";
import type { FoundForCaller } from "../meeting-guard.ts";
import { peopleByIds, rulesOf, type MeetingRow, type People } from "../meeting-rows.ts";
import {
  calendarFactsOf,
  invitationFacts,
  viewFacts,
  visibleInvitees,
  type Reader,
} from "../meeting-views.ts";
import { viewPoint } from "../meetings-deps.ts";
import { passcodeOf } from "../passcode.ts";
import type { InvitationDeps } from "./invitation-deps.ts";

export type Gathered = {
  readonly row: MeetingRow;
  readonly facts: InvitationFacts;
  readonly calendar: CalendarFacts;
  readonly passcodeNeeded: boolean;
  /** Also where none is asked for: rules that tighten later find it there. */
  readonly passcode: string | null;
  /** Those whom this reader may see (BAR-14). */
  readonly invitees: readonly Invitee[];
  localeOf(invitee: Invitee): "ja" | "en";
};

/** `row`: as it is behind the caller's lock, where there is one. */
export async function gather(
  deps: InvitationDeps,
  db: Db,
  { found, row }: { readonly found: FoundForCaller; readonly row: MeetingRow },
): Promise<Gathered> {
  return gatherAs(deps, db, { row, reader: readerOf(found, await deps.apart()) });
}

/** For what the server writes by itself, whoever asked for the change: everybody who is invited. */
export function gatherFor(deps: InvitationDeps, db: Db, row: MeetingRow): Promise<Gathered> {
  const reader: Reader = {
    ...{ accountId: row.host_id, name: "", email: "" },
    ...{ relations: new Set(["host"]), isApart: () => false },
  };
  return gatherAs(deps, db, { row, reader });
}

async function gatherAs(
  deps: InvitationDeps,
  db: Db,
  { row, reader }: { readonly row: MeetingRow; readonly reader: Reader },
): Promise<Gathered> {
  const views = await viewFacts(db, [row], viewPoint(deps));
  const calendar = calendarFactsOf(row, reader, views);
  const { passcodeRequired } = effectivePolicy(row.settings, rulesOf(views.organisation)).values;
  const invitees = visibleInvitees(row, reader);
  const accounts = await peopleByIds(
    db,
    invitees.flatMap(({ accountId }) => accountId ?? []),
  );
  return {
    ...{ row, calendar, invitees },
    facts: invitationFacts(row, views, calendar, passcodeRequired),
    passcodeNeeded: passcodeRequired,
    passcode: passcodeOf(deps.keys, row),
    localeOf: (invitee) => localeOf(invitee, accounts) ?? calendar.locale,
  };
}

/** Who has an account has said which language they read. */
function localeOf({ accountId, locale }: Invitee, accounts: People): "ja" | "en" | null {
  const account = accountId === null ? undefined : accounts.get(accountId);
  return account?.locale ?? locale;
}
