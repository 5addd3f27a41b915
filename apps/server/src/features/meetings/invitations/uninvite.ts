/** Somebody taken off the list gets the meeting taken out of the calendar, at the one address (INV-3, MTG-6). */
import type { Invitee } from "@sekisho/domain";
import type { Trx } from "../../../platform/evidence/organisation-log.ts";
import type { ListChange } from "../meetings-deps.ts";
import { linkMail } from "./compose-link.ts";
import { gatherFor } from "./gather.ts";
import type { InvitationDeps } from "./invitation-deps.ts";
import { inviteeMac } from "./invitee-key.ts";
import { keepMessage, messagesOf, type SentMessage } from "./message-store.ts";
import { nowOf } from "../meetings-deps.ts";

/**
 * In the transaction of the change. What has not gone out yet is called off, and nobody is told of a meeting that they
 * have never heard of; whoever may have had the invitation gets METHOD:CANCEL (RFC 5546, 3.2.5), alone.
 */
export async function uninvite(deps: InvitationDeps, trx: Trx, change: ListChange): Promise<void> {
  const gone = takenOff(change);
  if (gone.length === 0) return;
  const { row, by } = change;
  const sent = await messagesOf(trx, row.id);
  const reached: Invitee[] = [];
  for (const invitee of gone) {
    const who = inviteeMac(deps.keys, row.id, invitee.email);
    const own = sent.filter((one) => one.inviteeMac.equals(who));
    const calledOff = await callOffWaiting(trx, own);
    const last = own.findLast(({ id, what, state }) => {
      if (what === "passcode" || calledOff.has(id)) return false;
      return state === "queued" || state === "sent" || state === "handedOver";
    });
    if (last?.what === "link") reached.push(invitee);
  }
  if (reached.length === 0) return;
  const gathered = await gatherFor(deps, trx, asTold(deps, change));
  for (const invitee of reached) {
    const message = linkMail(gathered, invitee, "uninvited");
    if (message === null) continue;
    const id = await deps.outbox.put(trx, message);
    await keepMessage(trx, {
      ...{ id, meetingId: row.id, inviteeMac: inviteeMac(deps.keys, row.id, invitee.email) },
      ...({ what: "cancellation", channel: "mail" } as const),
      state: deps.able.mail ? "queued" : "noTransport",
    });
  }
  await deps.log.append(trx, {
    type: "invitation.sent",
    actor: by,
    data: { meetingId: row.id, sequence: row.sequence, method: "CANCEL", people: reached.length },
    personal: { to: reached.map(({ email }) => email) },
  });
}

/** For them it is cancelled; what it is called, they are told by the class of now (INV-2). */
function asTold(deps: InvitationDeps, { before, row }: ListChange): ListChange["row"] {
  const settings = { ...row.settings, invitees: before.settings.invitees };
  return { ...row, settings, cancelled_at: new Date(nowOf(deps)) };
}

function takenOff({ before, row }: ListChange): readonly Invitee[] {
  const kept = new Set(row.settings.invitees.map(({ email }) => email.toLowerCase()));
  return before.settings.invitees.filter(({ email }) => !kept.has(email.toLowerCase()));
}

/** What nobody has begun to send: passcodes as well. Answers what will not go out any more. */
async function callOffWaiting(trx: Trx, own: readonly SentMessage[]): Promise<ReadonlySet<string>> {
  const waiting = own
    .filter(({ state }) => state === "queued" || state === "noTransport")
    .map(({ id }) => id);
  if (waiting.length === 0) return new Set();
  const rows = await trx
    .updateTable("outbox")
    .set({ state: "failed", problem: "called_off", sealed: null })
    .where("id", "in", waiting)
    .where("tries", "=", 0)
    .where("state", "in", ["queued", "noTransport"])
    .returning("id")
    .execute();
  return new Set(rows.map(({ id }) => id));
}
