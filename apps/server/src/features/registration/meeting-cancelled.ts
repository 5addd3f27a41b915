/** Whoever counts on a meeting that is cancelled hears of it (INV-5). */
import type { Trx } from "../../platform/evidence/organisation-log.ts";
import type { MeetingAbout, RegistrationDeps } from "./registration-deps.ts";
import { tellRegistrant } from "./registration-mail.ts";

/** As it is in the transaction that cancels it. */
export type Cancelled = { readonly meeting: MeetingAbout; readonly organisation: string };

/** Those who have confirmed their address: nobody else is written to because somebody typed an address. */
export async function tellOfCancellation(
  deps: Pick<RegistrationDeps, "keys" | "origin" | "mail">,
  trx: Trx,
  { meeting, organisation }: Cancelled,
): Promise<void> {
  const { meetingId, occurrence } = meeting;
  if (occurrence === null) return;
  const form = await trx
    .selectFrom("registration_form")
    .selectAll()
    .where("meeting_id", "=", meetingId)
    .forUpdate()
    .executeTakeFirst();
  if (form === undefined) return;
  const rows = await trx
    .selectFrom("registration")
    .selectAll()
    .where("meeting_id", "=", meetingId)
    .where("state", "in", ["registered", "pending", "waitlisted"])
    .orderBy("entered_at")
    .execute();
  const found = { form, organisation, meeting: { ...meeting, occurrence } };
  for (const row of rows) await tellRegistrant(deps, trx, found, { row, letter: "meetingCancelled" });
}
