/** A host's word on registrations: all of those named, or none (INV-5). */
import type { RegistrationCounts } from "@sekisho/contract";
import { placeFor } from "@sekisho/domain";
import type { LogActor, Trx } from "../../platform/evidence/organisation-log.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import { ensureForm, openForm, type FoundForm } from "./forms.ts";
import type { RegistrationDeps } from "./registration-deps.ts";
import type { RegistrationLimits } from "./registration-limits.ts";
import { tellRegistrant } from "./registration-mail.ts";
import { countsOf, takenPlaces, type RegistrationRow } from "./registration-rows.ts";
import { behindLock, endRegistration, moveUp, setState } from "./seats.ts";

export type HostDecision = {
  readonly meetingId: string;
  readonly by: LogActor;
  readonly ids: readonly string[];
  readonly decision: "approve" | "decline" | "remove" | "resend";
};

/** Throws `already_decided` where one is not in a state to which the word applies, `registration_full`. */
export async function decide(
  deps: RegistrationDeps,
  limits: RegistrationLimits,
  { meetingId, by, ids, decision }: HostDecision,
): Promise<RegistrationCounts> {
  const found = await openForm(deps, await ensureForm(deps.db, meetingId));
  if (decision === "resend") for (const id of ids) await limits.takeResend(id);
  await behindLock(deps, found, async (trx, now) => {
    const rows = await rowsBehindLock(trx, meetingId, ids);
    if (rows.length < new Set(ids).size) throw new HttpError("not_found");
    for (const row of rows) await decideOne(deps, trx, now, { row, decision });
    const moved = decision === "approve" || decision === "resend" ? [] : await moveUp(deps, trx, now);
    await deps.log.append(trx, {
      ...{ type: "registration.decided", actor: by },
      data: { meetingId, decision, registrationIds: rows.map((row) => row.id), moved },
    });
  });
  deps.mail.kick();
  if (decision === "remove" || decision === "decline") deps.onGone(meetingId, ids);
  return countsOf(deps.db, meetingId);
}

function rowsBehindLock(trx: Trx, meetingId: string, ids: readonly string[]): Promise<RegistrationRow[]> {
  return trx
    .selectFrom("registration")
    .selectAll()
    .where("meeting_id", "=", meetingId)
    .where("state", "<>", "unconfirmed")
    .where("id", "in", [...ids])
    .orderBy("entered_at")
    .orderBy("id")
    .forUpdate()
    .execute();
}

const applies = {
  approve: ["pending", "declined"],
  decline: ["pending", "waitlisted"],
  remove: ["registered"],
  resend: ["pending", "registered", "waitlisted"],
} as const satisfies Record<HostDecision["decision"], readonly RegistrationRow["state"][]>;

async function decideOne(
  deps: RegistrationDeps,
  trx: Trx,
  found: FoundForm,
  { row, decision }: { readonly row: RegistrationRow; readonly decision: HostDecision["decision"] },
): Promise<void> {
  if (!applies[decision].some((state) => state === row.state)) throw new HttpError("already_decided");
  const next = await applied(deps, trx, found, { row, decision });
  const letters = { declined: decision === "remove" ? "removed" : "declined", pending: "received" } as const;
  const { state } = next;
  if (state === "unconfirmed" || state === "cancelled") return;
  const letter = state === "declined" || state === "pending" ? letters[state] : state;
  await tellRegistrant(deps, trx, found, { row: next, letter });
}

async function applied(
  deps: RegistrationDeps,
  trx: Trx,
  { form }: FoundForm,
  { row, decision }: { readonly row: RegistrationRow; readonly decision: HostDecision["decision"] },
): Promise<RegistrationRow> {
  switch (decision) {
    case "resend":
      return row;
    case "decline":
    case "remove":
      return endRegistration(deps, trx, row, "declined");
    case "approve": {
      const place = placeFor(form.settings, await takenPlaces(trx, form.meeting_id));
      if (place === "full") throw new HttpError("registration_full");
      return setState(trx, row.id, place);
    }
  }
}
