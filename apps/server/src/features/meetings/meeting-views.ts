/** Meetings as accounts see them. Host and co-hosts see all; an invited account the facts only (ui.md §7.5). */
import type { MeetingDetail, MeetingInput, MeetingSummary } from "@sekisho/contract";
import { effectivePolicy, type Apart, type Invitee } from "@sekisho/domain";
import type { Db } from "../../platform/db/database.ts";
import { calendarLinks, type CalendarFacts } from "./calendar.ts";
import { contradictionViews, effectiveFields, type Abilities } from "./check-meeting.ts";
import { invitationText, type InvitationFacts } from "./invitation-text.ts";
import { isHosting } from "./meeting-guard.ts";
import {
  addressOf,
  organisationRow,
  peopleOf,
  rulesOf,
  type MeetingRow,
  type OrganisationRow,
  type People,
  type Relation,
} from "./meeting-rows.ts";
import { currentOccurrence, occurrences, type MeetingOccurrence } from "./schedule.ts";
import { inputOfRow } from "./settings-of-input.ts";

export type Reader = {
  readonly accountId: string;
  readonly name: string;
  readonly email: string;
  readonly relations: ReadonlySet<Relation>;
  readonly isApart: Apart;
};

export type ViewFacts = {
  readonly organisation: OrganisationRow;
  readonly people: People;
  readonly live: ReadonlySet<string>;
  readonly origin: string;
  readonly now: number;
  readonly abilities: Abilities;
};

export async function viewFacts(
  db: Db,
  rows: readonly MeetingRow[],
  at: Pick<ViewFacts, "origin" | "now" | "abilities">,
): Promise<ViewFacts> {
  const [organisation, people, live] = await Promise.all([
    organisationRow(db),
    peopleOf(db, rows),
    liveAmong(
      db,
      rows.map((row) => row.id),
    ),
  ]);
  return { organisation, people, live, ...at };
}

async function liveAmong(db: Db, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .selectFrom("meeting_instance")
    .select("meeting_id")
    .where("meeting_id", "in", [...ids])
    .where("phase", "=", "live")
    .execute();
  return new Set(rows.map((row) => row.meeting_id));
}

export function joinUrl(origin: string, link: string): string {
  return `${origin}/m/${link}`;
}

export function summaryOf(row: MeetingRow, reader: Reader, facts: ViewFacts): MeetingSummary {
  const host = facts.people.get(row.host_id);
  const { topic, confidentiality } = row.settings;
  const invitees = visibleInvitees(row, reader);
  const next = currentOccurrence(row, facts.now);
  const mayCount = reader.relations.has("verifier") || isHosting(reader.relations);
  const external = invitees.filter((invitee) => invitee.accountId === null).length;
  return {
    id: row.id,
    topic,
    confidentiality,
    link: addressOf(row, host).link,
    next: next === null ? null : viewOf(next),
    timeZone: row.time_zone,
    recurring: row.recurrence !== null,
    hostName: host?.display_name ?? "",
    mine: reader.relations.has("host"),
    people: mayCount ? { invited: invitees.length, external } : { invited: 0, external: 0 },
    status: statusOf(row, facts, next),
  };
}

function statusOf(
  row: MeetingRow,
  facts: ViewFacts,
  next: MeetingOccurrence | null,
): MeetingSummary["status"] {
  if (row.cancelled_at !== null) return "cancelled";
  if (facts.live.has(row.id)) return "live";
  return next === null ? "ended" : "scheduled";
}

function viewOf({ startsAt, endsAt, localStart }: MeetingOccurrence) {
  return { startsAt, endsAt, localStart };
}

export function detailOf(row: MeetingRow, reader: Reader, facts: ViewFacts): MeetingDetail {
  const summary = summaryOf(row, reader, facts);
  const rules = rulesOf(facts.organisation);
  const hosting = isHosting(reader.relations);
  const { passcodeRequired } = effectivePolicy(row.settings, rules).values;
  const calendar = calendarFactsOf(row, reader, facts);
  const named = (accountId: string) => ({
    id: accountId,
    displayName: facts.people.get(accountId)?.display_name ?? "",
  });
  const { coHosts, verifier } = visiblePeople(row, reader);
  return {
    ...summary,
    settings: hosting ? visibleInput(row, reader) : null,
    effective: effectiveFields(row.settings, rules),
    contradictions: hosting ? contradictionViews(row.settings, rules, facts.abilities) : [],
    joinUrl: calendar.url,
    number: calendar.number,
    hasPasscode: passcodeRequired,
    invitation: hosting ? invitationOf(row, facts, calendar, passcodeRequired) : null,
    calendar:
      row.cancelled_at === null
        ? { ics: `/api/meetings/${row.id}/calendar.ics`, ...calendarLinks(calendar) }
        : null,
    occurrences: occurrences(row, facts.now, 10).map(viewOf),
    coHosts: hosting ? coHosts.map(named) : [],
    verifier: hosting && verifier !== null ? named(verifier) : null,
    abilities: abilitiesOf(row, reader, summary.status, passcodeRequired),
    version: row.version,
  };
}

/** Appointed before a barrier came between: not to be seen any more (BAR-14). The next save leaves them out. */
function visiblePeople({ settings }: MeetingRow, { accountId, isApart }: Reader) {
  const { coHosts, verifier } = settings;
  return {
    coHosts: coHosts.filter((one) => !isApart(accountId, one)),
    verifier: verifier !== null && isApart(accountId, verifier) ? null : verifier,
  };
}

function visibleInput(row: MeetingRow, reader: Reader): MeetingInput {
  const { coHosts, verifier } = visiblePeople(row, reader);
  return { ...inputOfRow(row, visibleInvitees(row, reader)), coHosts: [...coHosts], verifier };
}

/** BAR-14: a co-host does not read the names of those whom a barrier has come to keep apart since. */
export function visibleInvitees({ settings }: MeetingRow, reader: Reader): readonly Invitee[] {
  return settings.invitees.filter((invitee) => !isHiddenFrom(reader, invitee));
}

/** Invited before a barrier came between this reader and the invited account. */
export function isHiddenFrom(
  { accountId, isApart }: Pick<Reader, "accountId" | "isApart">,
  invitee: Invitee,
): boolean {
  return invitee.accountId !== null && isApart(accountId, invitee.accountId);
}

type Ability = MeetingDetail["abilities"][number];

function abilitiesOf(
  row: MeetingRow,
  reader: Reader,
  status: MeetingSummary["status"],
  hasPasscode: boolean,
): Ability[] {
  if (row.cancelled_at !== null || !isHosting(reader.relations)) return [];
  const passcode: readonly Ability[] = hasPasscode ? ["showPasscode", "changePasscode"] : [];
  const start: readonly Ability[] = status === "ended" ? [] : ["start"];
  const cancel: readonly Ability[] = reader.relations.has("host") && status !== "ended" ? ["cancel"] : [];
  return [...start, "edit", ...cancel, ...passcode];
}

function invitationOf(row: MeetingRow, facts: ViewFacts, address: CalendarFacts, passcodeNeeded: boolean) {
  return invitationText(invitationFacts(row, facts, address, passcodeNeeded));
}

export function invitationFacts(
  row: MeetingRow,
  facts: ViewFacts,
  address: Pick<CalendarFacts, "url" | "number">,
  passcodeNeeded: boolean,
): InvitationFacts {
  return {
    organisation: facts.organisation.name,
    hostName: facts.people.get(row.host_id)?.display_name ?? "",
    topic: row.settings.confidentiality === "high" ? null : row.settings.topic,
    occurrence: currentOccurrence(row, facts.now),
    timeZone: row.time_zone,
    recurring: row.recurrence !== null,
    url: address.url,
    number: address.number,
    passcodeNeeded,
    isPrivate: row.settings.visibility === "private",
  };
}

/** Host and co-hosts get the whole list of invitees; an invited account only itself. */
export function calendarFactsOf(row: MeetingRow, reader: Reader, facts: ViewFacts): CalendarFacts {
  const host = facts.people.get(row.host_id);
  const { link, number } = addressOf(row, host);
  const invitees = visibleInvitees(row, reader);
  const own = { name: reader.name, email: reader.email };
  return {
    row,
    url: joinUrl(facts.origin, link),
    number,
    host: { name: host?.display_name ?? "", email: host?.email ?? "" },
    locale: host?.locale ?? "ja",
    attendees: isHosting(reader.relations) ? invitees.map(({ name, email }) => ({ name, email })) : [own],
  };
}
