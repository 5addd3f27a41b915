/** Meetings for machines (BAR-12): the same rules, locks and log as for people, without a session. */
import type { MeetingInput, StoredRules } from "@sekisho/contract";
import { effectivePolicy, type PolicyValues } from "@sekisho/domain";
import type { LogActor } from "../../platform/evidence/organisation-log.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import { cancelMeeting, changeMeeting } from "./change-meeting.ts";
import { inputForNow, scheduleMeeting } from "./create-meeting.ts";
import { findMeetingByLinkOrNumber } from "./find-meeting.ts";
import {
  addressOf,
  meetingById,
  organisationRow,
  peopleByIds,
  rulesOf,
  type MeetingRow,
  type PersonRow,
} from "./meeting-rows.ts";
import { joinUrl, viewFacts, type ViewFacts } from "./meeting-views.ts";
import { nowOf, viewPoint, type MeetingsDeps } from "./meetings-deps.ts";
import { chosenPasscode } from "./passcode.ts";
import { changePasscode } from "./passcode-routes.ts";
import { currentOccurrence, occurrences } from "./schedule.ts";
import { inputOfRow } from "./settings-of-input.ts";

type ServiceActor = Extract<LogActor, { readonly id: string }>;
type Host = Pick<PersonRow, "id" | "display_name" | "email" | "locale">;
/** What a new meeting, or a change of one, may be made from. */
export type MeetingAbout = {
  readonly rules: StoredRules;
  /** What nobody has to say: safe defaults, the organisation's defaults and locks. */
  readonly defaults: ReturnType<typeof inputForNow>;
  readonly host: Host;
  readonly now: number;
};

export type ServiceMeetingView = {
  readonly id: string;
  readonly number: string;
  readonly joinUrl: string;
  readonly host: Host;
  readonly input: MeetingInput;
  readonly effective: PolicyValues;
  readonly coHostEmails: readonly string[];
  readonly personalNumber: string;
  readonly createdAt: number;
  readonly startsAt: number;
  readonly occurrences: readonly { readonly startsAt: number; readonly endsAt: number }[];
  readonly status: "scheduled" | "live" | "ended";
};

export type MeetingsForServices = ReturnType<typeof createMeetingsForServices>;

export function createMeetingsForServices(deps: MeetingsDeps) {
  const { db } = deps;

  async function views(rows: readonly MeetingRow[]): Promise<ServiceMeetingView[]> {
    const facts = await viewFacts(db, rows, viewPoint(deps));
    return rows.flatMap((row) => viewOf(row, facts) ?? []);
  }

  async function activeHost(hostId: string): Promise<PersonRow> {
    const host = (await peopleByIds(db, [hostId])).get(hostId);
    if (host === undefined || host.disabled_at !== null) throw new HttpError("unknown_account");
    return host;
  }

  async function about(hostId: string): Promise<MeetingAbout> {
    const { rules } = await organisationRow(db);
    return { rules, defaults: inputForNow(rules), host: await activeHost(hostId), now: nowOf(deps) };
  }

  return {
    /** By its number or id; null for unknown and cancelled ones. */
    async find(numberOrId: string): Promise<ServiceMeetingView | null> {
      const isNumber = /^\d{10,11}$/u.test(numberOrId);
      const row = isNumber
        ? (await findMeetingByLinkOrNumber(db, numberOrId, nowOf(deps)))?.row
        : await meetingById(db, numberOrId);
      if (row === undefined || row.cancelled_at !== null) return null;
      return (await views([row]))[0] ?? null;
    },
    async describe(meetingId: string): Promise<ServiceMeetingView | null> {
      const row = await meetingById(db, meetingId);
      return row === undefined ? null : ((await views([row]))[0] ?? null);
    },
    async ofHost(hostId: string): Promise<readonly ServiceMeetingView[]> {
      const rows = await db
        .selectFrom("meeting")
        .selectAll()
        .where("host_id", "=", hostId)
        .where("cancelled_at", "is", null)
        .execute();
      return views(rows);
    },
    async create(
      hostId: string,
      make: (about: MeetingAbout) => { readonly input: MeetingInput; readonly passcode: string | null },
      by: ServiceActor,
    ) {
      const { input, passcode: own } = make(await about(hostId));
      const { row, passcode } = await scheduleMeeting(deps, { hostId, input, own, by });
      const [meeting] = await views([row]);
      if (meeting === undefined) throw new HttpError("not_found");
      return { meeting, passcode };
    },
    async change(
      meetingId: string,
      {
        make,
        passcode,
      }: { readonly make: (before: MeetingInput) => MeetingInput; readonly passcode: string | null },
      by: ServiceActor,
    ): Promise<void> {
      // A passcode that may not be is refused before anything is changed.
      if (passcode !== null) chosenPasscode(passcode);
      const wish = (before: MeetingRow) => make(inputOfRow(before));
      await changeMeeting(deps, meetingId, { by, asHost: true, wish });
      if (passcode !== null) await changePasscode(deps, meetingId, passcode, by);
    },
    async cancel(meetingId: string, by: ServiceActor): Promise<void> {
      await cancelMeeting(deps, meetingId, by);
    },
  };
}

function viewOf(row: MeetingRow, facts: ViewFacts): ServiceMeetingView | null {
  const host = facts.people.get(row.host_id);
  if (host === undefined) return null;
  const { link, number } = addressOf(row, host);
  const next = currentOccurrence(row, facts.now);
  const live = facts.live.has(row.id);
  return {
    id: row.id,
    number: number ?? host.personal_number,
    joinUrl: joinUrl(facts.origin, link),
    host,
    input: inputOfRow(row),
    effective: effectivePolicy(row.settings, rulesOf(facts.organisation)).values,
    coHostEmails: row.settings.coHosts.flatMap((one) => facts.people.get(one)?.email ?? []),
    personalNumber: host.personal_number,
    createdAt: row.created_at.getTime(),
    startsAt: next?.startsAt ?? row.first_start.getTime(),
    occurrences: row.recurrence === null ? [] : occurrences(row, facts.now, 50),
    status: live ? "live" : next === null ? "ended" : "scheduled",
  };
}
