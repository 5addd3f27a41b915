/** Reading, changing and cancelling one meeting (MTG-1, CNF-5). */
import { routes, type MeetingInput, type StoredRules } from "@sekisho/contract";
import { confidentialities, type Apart, type MeetingSettings } from "@sekisho/domain";
import type { LogActor, Trx } from "../../platform/evidence/organisation-log.ts";
import { handle, type BoundRoute, type CallContext } from "../../platform/http/binder.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import { calendarFile } from "./calendar.ts";
import { requireSavable, requireSchedule } from "./check-meeting.ts";
import { callOff } from "./invitations/message-store.ts";
import { requireNoPasscodeIn } from "./invitations/one-secret.ts";
import { requireHostFactor } from "./host-factor.ts";
import type { FoundForCaller } from "./meeting-guard.ts";
import { organisationRow, rulesOf, type MeetingRow } from "./meeting-rows.ts";
import { calendarFactsOf, detailOf, isHiddenFrom, viewFacts, type Reader } from "./meeting-views.ts";
import { nowOf, viewPoint, type MeetingsDeps } from "./meetings-deps.ts";
import { passcodeOf } from "./passcode.ts";
import { inputOfRow, requireTogether, settingsOfInput } from "./settings-of-input.ts";
import { logAcceptance, logMeeting, updateMeeting } from "./write-meeting.ts";

type Update = CallContext<typeof routes.meeting.meetingUpdate, FoundForCaller>;

export function changeRoutes(deps: MeetingsDeps): readonly BoundRoute[] {
  const { meetingRead, meetingUpdate, meetingCancel, meetingCalendar } = routes.meeting;
  return [
    handle<typeof meetingRead, FoundForCaller>(meetingRead, ({ found }) => detail(deps, found, found.row)),
    handle<typeof meetingUpdate, FoundForCaller>(meetingUpdate, async (context) =>
      detail(deps, context.found, await update(deps, context)),
    ),
    handle<typeof meetingCancel, FoundForCaller>(meetingCancel, async ({ found }) =>
      detail(
        deps,
        found,
        await cancelMeeting(deps, found.row.id, { kind: "account", id: found.me.accountId }),
      ),
    ),
    handle<typeof meetingCalendar, FoundForCaller>(meetingCalendar, async ({ found, reply }) => {
      const facts = await viewFacts(deps.db, [found.row], viewPoint(deps));
      const method = found.row.cancelled_at === null ? "REQUEST" : "CANCEL";
      reply.header("content-type", `text/calendar; charset=utf-8; method=${method}`);
      reply.header("content-disposition", 'attachment; filename="meeting.ics"');
      return calendarFile(calendarFactsOf(found.row, readerOf(found, await deps.apart()), facts));
    }),
  ];
}

export function readerOf({ me, relations }: FoundForCaller, isApart: Apart): Reader {
  return { accountId: me.accountId, name: me.displayName, email: me.email, relations, isApart };
}

async function detail(deps: MeetingsDeps, found: FoundForCaller, row: MeetingRow) {
  const facts = await viewFacts(deps.db, [row], viewPoint(deps));
  return detailOf(row, readerOf(found, await deps.apart()), facts);
}

async function update(deps: MeetingsDeps, { body, found }: Update): Promise<MeetingRow> {
  const reader = { accountId: found.me.accountId, isApart: await deps.apart() };
  await requireHostFactor(deps.db, found.me, body.meeting.confidentiality);
  return changeMeeting(deps, found.row.id, {
    by: { kind: "account", id: found.me.accountId },
    asHost: found.relations.has("host"),
    wish(before) {
      if (before.version !== body.version) throw new HttpError("meeting_changed");
      // Whom this reader could not see stays invited; taking somebody off the list needs having seen them.
      const unseen = inputOfRow(
        before,
        before.settings.invitees.filter((invitee) => isHiddenFrom(reader, invitee)),
      );
      return { ...body.meeting, invitees: [...body.meeting.invitees, ...unseen.invitees] };
    },
  });
}

export type MeetingChange = {
  readonly by: LogActor;
  readonly asHost: boolean;
  /** Of the row as it is behind the lock. */
  wish(before: MeetingRow, rules: StoredRules): MeetingInput;
};

/** The one way in which a meeting is changed, by whoever asks. */
export async function changeMeeting(
  deps: MeetingsDeps,
  meetingId: string,
  { by, asHost, wish }: MeetingChange,
): Promise<MeetingRow> {
  const row = await deps.db.transaction().execute(async (trx) => {
    const before = await lockMeeting(trx, meetingId);
    const organisation = await organisationRow(trx);
    const input = wish(before, organisation.rules);
    const isApart = await deps.apart();
    const settings = await settingsOfInput(trx, input, { hostId: before.host_id, isApart });
    if (!asHost) requireUntouched(settings, before.settings);
    const live = await isLive(trx, before.id);
    if (live && isLower(settings.confidentiality, before.settings.confidentiality))
      throw new HttpError("class_cannot_be_lowered_live");
    // The link and number that people came by stay those of the meeting while they are in it.
    if (live && settings.meetingNumber !== before.settings.meetingNumber)
      throw new HttpError("fixed_by_policy");
    requireSavable(settings, { rules: rulesOf(organisation), abilities: deps.abilities }, before.settings);
    requireTogether(settings, isApart, before.settings);
    requireNoPasscodeIn(settings, passcodeOf(deps.keys, before));
    const schedule = requireSchedule(input, nowOf(deps), before);
    const changed = await updateMeeting(trx, before, { settings, schedule, organisation });
    await logMeeting(deps.log, trx, changed, { type: "meeting.changed", by });
    await logAcceptance(deps.log, trx, changed, { before: before.settings, by });
    await deps.news.uninvited(trx, { before, row: changed, by });
    return changed;
  });
  deps.news.kick();
  deps.onMeetingChanged(row.id);
  return row;
}

/**
 * Held until the commit. An instance that is opened at this moment waits for it (its row refers to this one), so it
 * begins with the new settings or is seen here.
 */
export async function lockMeeting(trx: Trx, meetingId: string): Promise<MeetingRow> {
  const row = await trx
    .selectFrom("meeting")
    .selectAll()
    .where("id", "=", meetingId)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw new HttpError("not_found");
  if (row.cancelled_at !== null) throw new HttpError("meeting_cancelled");
  return row;
}

/** SEC-7: who decides at the door, and by which link people come, is the host's alone to say. */
function requireUntouched(wanted: MeetingSettings, before: MeetingSettings): void {
  const same =
    wanted.meetingNumber === before.meetingNumber &&
    wanted.verifier === before.verifier &&
    wanted.coHosts.toSorted().join() === before.coHosts.toSorted().join();
  if (!same) throw new HttpError("not_allowed");
}

/** Under the instances' locks, so that none goes live between this answer and the commit (CNF-5). */
async function isLive(trx: Trx, meetingId: string): Promise<boolean> {
  const rows = await trx
    .selectFrom("meeting_instance")
    .select("phase")
    .where("meeting_id", "=", meetingId)
    .where("phase", "<>", "ended")
    .orderBy("id")
    .forNoKeyUpdate()
    .execute();
  return rows.some((row) => row.phase === "live");
}

function isLower(
  wanted: (typeof confidentialities)[number],
  now: (typeof confidentialities)[number],
): boolean {
  return confidentialities.indexOf(wanted) > confidentialities.indexOf(now);
}

export async function cancelMeeting(deps: MeetingsDeps, id: string, by: LogActor): Promise<MeetingRow> {
  const row = await deps.db.transaction().execute(async (trx) => {
    const before = await lockMeeting(trx, id);
    const cancelled = await trx
      .updateTable("meeting")
      .set({
        cancelled_at: new Date(nowOf(deps)),
        version: before.version + 1,
        sequence: before.sequence + 1,
      })
      .where("id", "=", id)
      .returningAll()
      .executeTakeFirstOrThrow();
    await callOff(trx, id, "all");
    await deps.log.append(trx, {
      type: "meeting.cancelled",
      actor: by,
      data: { meetingId: id, version: cancelled.version },
    });
    await deps.news.cancelled(trx, cancelled);
    return cancelled;
  });
  deps.news.kick();
  deps.onMeetingChanged(id);
  return row;
}
