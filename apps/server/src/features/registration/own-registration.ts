/**
 * What the holder of a registration's own link does. Reading changes nothing, so that programs that open every link in a
 * mail confirm and cancel nothing; an unknown link, one that was replaced, and one of a meeting that is over look alike.
 */
import type { OwnRegistration } from "@sekisho/contract";
import { formStateAt, needsApproval, placeFor } from "@sekisho/domain";
import type { Trx } from "../../platform/evidence/organisation-log.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import { hashToken } from "../../platform/random.ts";
import { adoptDraft, draftOf, dropDrafts } from "./drafts.ts";
import { findForm, meetingView, type FoundForm } from "./forms.ts";
import type { RegistrationDeps } from "./registration-deps.ts";
import { tellRegistrant } from "./registration-mail.ts";
import { openPerson, takenPlaces, type RegistrationRow } from "./registration-rows.ts";
import { behindLock, endRegistration, moveUp } from "./seats.ts";
import { turnTaken } from "./submit.ts";

export type OwnLink = { readonly formId: string; readonly token: string };
type Found = { readonly found: FoundForm; readonly row: RegistrationRow };

const nobody = { kind: "nobody" } as const;

export async function readOwn(deps: RegistrationDeps, link: OwnLink): Promise<OwnRegistration> {
  return viewOf(deps, await findOwn(deps, link));
}

async function findOwn(deps: RegistrationDeps, { formId, token }: OwnLink): Promise<Found> {
  const found = await findForm(deps, formId);
  const row = await deps.db
    .selectFrom("registration")
    .selectAll()
    .where("link_hash", "=", hashToken(token))
    .where("meeting_id", "=", found.form.meeting_id)
    .executeTakeFirst();
  const own = row ?? (await draftOf(deps.db, token));
  if (own === undefined || own.meeting_id !== found.form.meeting_id || isPast(deps, own))
    throw new HttpError("not_found");
  return { found, row: own };
}

function isPast(deps: RegistrationDeps, row: RegistrationRow): boolean {
  return row.confirm_until !== null && row.confirm_until.getTime() <= deps.now();
}

async function viewOf(deps: RegistrationDeps, { found, row }: Found): Promise<OwnRegistration> {
  const { name, organisation } = openPerson(deps.keys, row);
  const taken = await takenPlaces(deps.db, row.meeting_id);
  return {
    organisation: { name: found.organisation },
    meeting: meetingView(found),
    state: row.state,
    ...{ name, affiliation: organisation },
    formState: formStateAt(found.form.settings, deps.now(), taken),
    passcodeNeeded: found.meeting.passcodeNeeded,
  };
}

/** Pressed twice it is confirmed once. Throws `registration_full`, `registration_closed`, and then nothing has changed. */
export async function confirmOwn(deps: RegistrationDeps, link: OwnLink): Promise<OwnRegistration> {
  const { found } = await findOwn(deps, link);
  const row = await behindLock(deps, found, async (trx, now) => {
    const before = await lockOwn(trx, link);
    return before.state === "unconfirmed" ? confirmed(deps, trx, { found: now, row: before }) : before;
  });
  deps.mail.kick();
  return viewOf(deps, { found, row });
}

async function confirmed(deps: RegistrationDeps, trx: Trx, { found, row }: Found): Promise<RegistrationRow> {
  const { settings } = found.form;
  const taken = await takenPlaces(trx, row.meeting_id);
  const open = formStateAt(settings, deps.now(), taken);
  if (open === "notYet" || open === "closed") throw new HttpError("registration_closed");
  const { email } = openPerson(deps.keys, row);
  const asked = needsApproval(settings, email.slice(email.lastIndexOf("@") + 1));
  const place = placeFor(settings, taken);
  if (place === "full") throw new HttpError("registration_full");
  const state = asked ? "pending" : place;
  const next = await trx
    .updateTable("registration")
    .set({ state, confirm_until: null, entered_at: turnTaken })
    .where("id", "=", row.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  const letter = state === "pending" ? "received" : state;
  await tellRegistrant(deps, trx, found, { row: next, letter });
  await deps.log.append(trx, {
    ...{ type: "registration.confirmed", actor: nobody },
    data: { meetingId: row.meeting_id, registrationId: row.id, state },
    personal: { email },
  });
  return next;
}

/** For using the link: others that were mailed for this mailbox go with it. */
async function lockOwn(trx: Trx, { token }: OwnLink): Promise<RegistrationRow> {
  const own = await trx
    .selectFrom("registration")
    .selectAll()
    .where("link_hash", "=", hashToken(token))
    .forUpdate()
    .executeTakeFirst();
  const row = own ?? (await adoptDraft(trx, token));
  if (row === undefined) throw new HttpError("not_found");
  await dropDrafts(trx, row.id);
  return row;
}

/** From now on this browser stands for the registrant; the first one does so without another proof. */
export async function openOwn(deps: RegistrationDeps, link: OwnLink, guestId: () => string): Promise<string> {
  const { found } = await findOwn(deps, link);
  await deps.db.transaction().execute(async (trx) => {
    const row = await lockOwn(trx, link);
    if (row.state !== "registered") throw new HttpError("not_found");
    const guest = guestId();
    if (row.first_guest === null)
      await trx.updateTable("registration").set({ first_guest: guest }).where("id", "=", row.id).execute();
    const browser = { guest_id: guest, meeting_id: row.meeting_id, registration_id: row.id };
    await trx
      .insertInto("registration_browser")
      .values(browser)
      .onConflict((conflict) => conflict.columns(["guest_id", "meeting_id"]).doUpdateSet(browser))
      .execute();
    await deps.log.append(trx, {
      ...{ type: "registration.opened", actor: nobody },
      data: { meetingId: row.meeting_id, registrationId: row.id, guestId: guest },
    });
  });
  return found.meeting.link;
}

export async function cancelOwn(deps: RegistrationDeps, link: OwnLink): Promise<void> {
  const { found } = await findOwn(deps, link);
  const row = await behindLock(deps, found, async (trx, now) => {
    const before = await lockOwn(trx, link);
    const after = await endRegistration(deps, trx, before, "cancelled");
    // Of what was never confirmed nobody has heard, and nobody need hear.
    if (before.state !== "unconfirmed")
      await tellRegistrant(deps, trx, now, { row: after, letter: "cancelled" });
    const moved = await moveUp(deps, trx, now);
    await deps.log.append(trx, {
      ...{ type: "registration.cancelled", actor: nobody },
      data: { meetingId: before.meeting_id, registrationId: before.id, was: before.state, moved },
    });
    return before;
  });
  deps.mail.kick();
  deps.onGone(row.meeting_id, [row.id]);
}
