/** The form of a meeting: made when a host first looks, found by its own link, changed by hosts. */
import { plainRegistration } from "@sekisho/domain";
import type { Db } from "../../platform/db/database.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import { newId } from "../../platform/random.ts";
import type { MeetingAbout, RegistrationDeps } from "./registration-deps.ts";
import type { FormRow } from "./registration-rows.ts";

/** Of two who look at the same moment both find the same form. */
export async function ensureForm(db: Db, meetingId: string): Promise<FormRow> {
  const known = await formOf(db, meetingId);
  if (known !== undefined) return known;
  await db
    .insertInto("registration_form")
    .values({ meeting_id: meetingId, id: newId(), settings: JSON.stringify(plainRegistration) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const made = await formOf(db, meetingId);
  if (made === undefined) throw new HttpError("not_found");
  return made;
}

function formOf(db: Db, meetingId: string): Promise<FormRow | undefined> {
  return db
    .selectFrom("registration_form")
    .selectAll()
    .where("meeting_id", "=", meetingId)
    .executeTakeFirst();
}

export type FoundForm = {
  readonly form: FormRow;
  readonly organisation: string;
  readonly meeting: MeetingAbout & { readonly occurrence: NonNullable<MeetingAbout["occurrence"]> };
};

/** Throws `not_found` alike where there is no such form, registration is off, or the meeting is cancelled or over. */
export async function findForm(deps: RegistrationDeps, formId: string): Promise<FoundForm> {
  const form = await deps.db
    .selectFrom("registration_form")
    .selectAll()
    .where("id", "=", formId)
    .executeTakeFirst();
  return openForm(deps, form);
}

/** As `findForm`, of a form that is at hand. What it asks is asked here, before any transaction holds a connection. */
export async function openForm(
  { meetingAbout, organisationName }: RegistrationDeps,
  form: FormRow | undefined,
): Promise<FoundForm> {
  const meeting = form === undefined ? null : await meetingAbout(form.meeting_id);
  const { occurrence } = meeting ?? { occurrence: null };
  if (form === undefined || meeting === null || !meeting.on || meeting.cancelled || occurrence === null)
    throw new HttpError("not_found");
  return { form, meeting: { ...meeting, occurrence }, organisation: await organisationName() };
}

/** ADM-2 holds before registering, too: the topic is not told at high. */
export function meetingView({ meeting }: FoundForm) {
  const { confidentiality, topic, occurrence, timeZone } = meeting;
  return {
    confidentiality,
    topic: confidentiality === "high" ? null : topic,
    startsAt: occurrence.startsAt,
    endsAt: occurrence.endsAt,
    timeZone,
  };
}
