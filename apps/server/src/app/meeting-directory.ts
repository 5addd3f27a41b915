/** Scheduled meetings, as the meeting in progress needs them: the two features meet here and nowhere else. */
import { id, isRiskOpen } from "@sekisho/domain";
import { findMeetingByLinkOrNumber } from "../features/meetings/find-meeting.ts";
import { instanceSettingsOf } from "../features/meetings/instance-settings.ts";
import {
  meetingById,
  organisationRow,
  peopleOf,
  type MeetingRow,
} from "../features/meetings/meeting-rows.ts";
import { passcodeMatches } from "../features/meetings/passcode.ts";
import { currentOccurrence } from "../features/meetings/schedule.ts";
import type { MeetingDescription, MeetingDirectory } from "../features/live/ports.ts";
import type { Db } from "../platform/db/database.ts";
import type { Keys } from "../platform/keys/keys.ts";

export type DirectoryDeps = { readonly db: Db; readonly keys: Keys };

export function createMeetingDirectory({ db, keys }: DirectoryDeps): MeetingDirectory {
  async function describe(row: MeetingRow): Promise<MeetingDescription> {
    const [organisation, people] = await Promise.all([organisationRow(db), peopleOf(db, [row])]);
    const { settings, names } = instanceSettingsOf(row, organisation, people);
    const { verifier } = settings.appointments;
    return {
      meetingId: id.meeting(row.id),
      cancelled: row.cancelled_at !== null,
      riskOpen: isRiskOpen(row.settings, settings.policy.values),
      topic: row.settings.topic,
      visibility: settings.policy.values.visibility,
      timeZone: row.time_zone,
      hostVideo: row.settings.hostVideo,
      participantVideo: row.settings.participantVideo,
      settings,
      names,
      allowedDomains: row.settings.allowedDomains,
      verifierName: verifier === null ? null : (people.get(verifier)?.display_name ?? null),
      invitees: row.settings.invitees.filter((invitee) => invitee.accountId === null),
      invitedEmails: row.settings.invitees.map((invitee) => invitee.email.toLowerCase()),
      occurrenceAt: (now) => currentOccurrence(row, now),
      passcodeMatches: (typed) => passcodeMatches(keys, row, typed),
    };
  }

  return {
    async find(value) {
      const found = await findMeetingByLinkOrNumber(db, value);
      if (found === null) {
        // The same work as for a meeting that is there: the time of an answer tells nothing (MTG-4).
        passcodeMatches(keys, { id: value, passcode_mac: null }, value);
        return null;
      }
      return { meeting: await describe(found.row), by: found.by };
    },
    async describe(meetingId) {
      const row = await meetingById(db, meetingId);
      return row === undefined ? null : describe(row);
    },
    async organisationName() {
      const row = await db.selectFrom("organisation").select("name").executeTakeFirst();
      return row?.name ?? "";
    },
  };
}
