/** Places: taken, given back, and passed on to the waiting list, always behind the form's lock (INV-5). */
import { movesUp, type RegistrationState } from "@sekisho/domain";
import type { Trx } from "../../platform/evidence/organisation-log.ts";
import type { FoundForm } from "./forms.ts";
import type { RegistrationDeps } from "./registration-deps.ts";
import { tellRegistrant } from "./registration-mail.ts";
import { lockForm, renewedLink, takenPlaces, type RegistrationRow } from "./registration-rows.ts";

/** Whoever changes who has a place does it here: there is one order for all of them, over all processes. */
export function behindLock<T>(
  { db, inTurn }: Pick<RegistrationDeps, "db" | "inTurn">,
  found: FoundForm,
  work: (trx: Trx, now: FoundForm) => Promise<T>,
): Promise<T> {
  const { meeting_id: meetingId } = found.form;
  return inTurn(meetingId, () =>
    db.transaction().execute(async (trx) => work(trx, { ...found, form: await lockForm(trx, meetingId) })),
  );
}

export async function setState(trx: Trx, id: string, state: RegistrationState): Promise<RegistrationRow> {
  return trx
    .updateTable("registration")
    .set({ state, confirm_until: null })
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** The registration is no more: its link is good for nothing, and no browser stands for it. */
export async function endRegistration(
  deps: RegistrationDeps,
  trx: Trx,
  row: RegistrationRow,
  state: "cancelled" | "declined",
): Promise<RegistrationRow> {
  await trx.deleteFrom("registration_browser").where("registration_id", "=", row.id).execute();
  return trx
    .updateTable("registration")
    .set({ state, confirm_until: null, ...renewedLink(deps.keys, row) })
    .where("id", "=", row.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Those who wait longest take what is free, and are told so. Answers their ids. */
export async function moveUp(deps: RegistrationDeps, trx: Trx, found: FoundForm): Promise<readonly string[]> {
  const { form } = found;
  const taken = await takenPlaces(trx, form.meeting_id);
  const waiting = await trx
    .selectFrom("registration")
    .select("id")
    .where("meeting_id", "=", form.meeting_id)
    .where("state", "=", "waitlisted")
    .orderBy("entered_at")
    .orderBy("id")
    .execute();
  const moving = waiting.slice(0, movesUp(form.settings, taken, waiting.length)).map((row) => row.id);
  for (const id of moving) {
    const row = await setState(trx, id, "registered");
    await tellRegistrant(deps, trx, found, { row, letter: "movedUp" });
  }
  return moving;
}
