/** Pre-registration, handed what it needs of meetings, mail and the meetings in progress (INV-5). */
import { effectivePolicy } from "@sekisho/domain";
import {
  addressOf,
  meetingById,
  organisationRow,
  peopleOf,
  rulesOf,
} from "../features/meetings/meeting-rows.ts";
import { currentOccurrence } from "../features/meetings/schedule.ts";
import type { MeetingAbout } from "../features/registration/registration-deps.ts";
import {
  createRegistrationFeature,
  type RegistrationFeature,
} from "../features/registration/registration-feature.ts";
import type { Db } from "../platform/db/database.ts";
import type { Outbox } from "../platform/mail/outbox.ts";
import type { Foundation } from "./foundation.ts";
import { createMeetingDirectory } from "./meeting-directory.ts";

export type RegistrationNeeds = {
  readonly mail: Pick<Outbox, "put" | "kick">;
  readonly onGone: (meetingId: string, registrationIds: readonly string[]) => void;
};

export function openRegistration(base: Foundation, needs: RegistrationNeeds): RegistrationFeature {
  const { db, keys, clock, limits, sessions, origin } = base;
  const directory = createMeetingDirectory({ db, keys });
  return createRegistrationFeature({
    ...{ db, keys, limits, sessions, origin, now: clock.now, log: base.organisationLog },
    ...needs,
    organisationName: () => directory.organisationName(),
    meetingAbout: (meetingId) => meetingAbout(db, meetingId, clock.now()),
  });
}

export async function meetingAbout(db: Db, meetingId: string, now: number): Promise<MeetingAbout | null> {
  const row = await meetingById(db, meetingId);
  if (row === undefined) return null;
  const [organisation, people] = await Promise.all([organisationRow(db), peopleOf(db, [row])]);
  const { values } = effectivePolicy(row.settings, rulesOf(organisation));
  return {
    meetingId,
    link: addressOf(row, people.get(row.host_id)).link,
    on: values.registration === "required",
    cancelled: row.cancelled_at !== null,
    confidentiality: row.settings.confidentiality,
    topic: row.settings.topic,
    timeZone: row.time_zone,
    occurrence: currentOccurrence(row, now),
    passcodeNeeded: values.passcodeRequired,
  };
}
