/** The rows of a meeting, and the log entry that goes with each change. */
import type { MeetingSettings } from "@sekisho/domain";
import type { LogActor, OrganisationLog, Trx } from "../../platform/evidence/organisation-log.ts";
import { newId, newNumber } from "../../platform/random.ts";
import { rulesOf, type MeetingRow, type OrganisationRow } from "./meeting-rows.ts";
import type { PasscodeColumns } from "./passcode.ts";
import { firstStartOf, lastEndOf, type ScheduleRow } from "./schedule.ts";

export type NewMeeting = {
  readonly id: string;
  readonly hostId: string;
  readonly settings: MeetingSettings;
  readonly schedule: ScheduleRow;
  readonly passcode: PasscodeColumns;
  readonly organisation: OrganisationRow;
};

/** CNF-2: a meeting remembers the version of the classes, and what its own class fixed in it. */
function remembering(settings: MeetingSettings, organisation: OrganisationRow) {
  const madeWith = rulesOf(organisation).classes[settings.confidentiality].locks;
  return {
    settings: JSON.stringify({ ...settings, madeWith }),
    preset_version: organisation.version,
  };
}

export async function insertMeeting(trx: Trx, meeting: NewMeeting): Promise<MeetingRow> {
  const row = await trx
    .insertInto("meeting")
    .values({
      id: meeting.id,
      host_id: meeting.hostId,
      ...remembering(meeting.settings, meeting.organisation),
      ...meeting.schedule,
      ...boundsOf(meeting.schedule),
      link: newId(),
      number: meeting.settings.meetingNumber === "personal" ? null : await freeNumber(trx),
      ...meeting.passcode,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  await writeRelations(trx, meeting.id, meeting.hostId, meeting.settings);
  return row;
}

/** A number that becomes automatic again is a new one, and so is its link: the personal ones were known. */
export async function updateMeeting(
  trx: Trx,
  before: MeetingRow,
  { settings, schedule, organisation }: Pick<NewMeeting, "settings" | "schedule" | "organisation">,
): Promise<MeetingRow> {
  const isPersonal = settings.meetingNumber === "personal";
  const row = await trx
    .updateTable("meeting")
    .set({
      ...remembering(settings, organisation),
      ...schedule,
      ...boundsOf(schedule),
      number: isPersonal ? null : (before.number ?? (await freeNumber(trx))),
      version: before.version + 1,
      sequence: before.sequence + 1,
    })
    .where("id", "=", before.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  await trx.deleteFrom("meeting_account").where("meeting_id", "=", before.id).execute();
  await writeRelations(trx, before.id, before.host_id, settings);
  return row;
}

function boundsOf(schedule: ScheduleRow) {
  const lastEnd = lastEndOf(schedule);
  return {
    first_start: new Date(firstStartOf(schedule)),
    last_end: lastEnd === null ? null : new Date(lastEnd),
  };
}

/** 11 digits; a personal number has 10, so the two never meet. */
async function freeNumber(trx: Trx): Promise<string> {
  for (;;) {
    const number = newNumber(11);
    const taken = await trx
      .selectFrom("meeting")
      .select("id")
      .where("number", "=", number)
      .executeTakeFirst();
    if (taken === undefined) return number;
  }
}

async function writeRelations(
  trx: Trx,
  meetingId: string,
  hostId: string,
  settings: MeetingSettings,
): Promise<void> {
  const relation = (account: string, as: "host" | "coHost" | "verifier" | "invitee") => ({
    meeting_id: meetingId,
    account_id: account,
    relation: as,
  });
  const invited = settings.invitees.flatMap((invitee) => invitee.accountId ?? []);
  await trx
    .insertInto("meeting_account")
    .values([
      relation(hostId, "host"),
      ...settings.coHosts.map((account) => relation(account, "coHost")),
      ...(settings.verifier === null ? [] : [relation(settings.verifier, "verifier")]),
      ...invited.map((account) => relation(account, "invitee")),
    ])
    .execute();
}

/** Topic, description and people are personal; the rest stands in the chain as it is. Never a passcode. */
export async function logMeeting(
  log: OrganisationLog,
  trx: Trx,
  row: MeetingRow,
  what: { readonly type: "meeting.scheduled" | "meeting.changed"; readonly by: LogActor },
): Promise<void> {
  const { topic, description, invitees, ...settings } = row.settings;
  await log.append(trx, {
    type: what.type,
    actor: what.by,
    data: {
      meetingId: row.id,
      version: row.version,
      settings,
      start: row.start_local,
      timeZone: row.time_zone,
      durationMinutes: row.duration_minutes,
      recurrence: row.recurrence,
      invited: invitees.length,
    },
    personal: { topic, description, invitees },
  });
}

/** CNF-1: that the server could decrypt was accepted, by whom and when. Again for each class that it is accepted for. */
export async function logAcceptance(
  log: OrganisationLog,
  trx: Trx,
  { id, version, settings }: MeetingRow,
  { before, by }: { readonly before: MeetingSettings | null; readonly by: LogActor },
): Promise<void> {
  if (!isAccepted(settings) || (before !== null && isAccepted(before))) return;
  await log.append(trx, {
    type: "meeting.transportRiskAccepted",
    actor: by,
    data: { meetingId: id, version, confidentiality: settings.confidentiality },
  });
}

function isAccepted({ confidentiality, transportRiskAccepted }: MeetingSettings): boolean {
  return confidentiality === "medium" && transportRiskAccepted;
}
