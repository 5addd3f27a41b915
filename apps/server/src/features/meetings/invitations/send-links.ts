/** Sending the link: invitation, change, cancellation (INV-1, MTG-6). */
import type { Invitee } from "@sekisho/domain";
import { HttpError } from "../../../platform/http/http-error.ts";
import type { Trx } from "../../../platform/evidence/organisation-log.ts";
import type { MailState } from "../../../platform/mail/message.ts";
import { sameMailbox } from "../../../platform/mail/address.ts";
import type { FoundForCaller } from "../meeting-guard.ts";
import type { MeetingRow } from "../meeting-rows.ts";
import { contentMac, linkMail, type LinkNews } from "./compose-link.ts";
import { gather } from "./gather.ts";
import type { InvitationDeps } from "./invitation-deps.ts";
import { inviteeMac } from "./invitee-key.ts";
import { keepMessage, messagesOf, type SentMessage } from "./message-store.ts";
import { requireNoPasscodeIn } from "./one-secret.ts";

/** A busy office fits; a machine for unwanted mail does not. */
const bySender = { max: 2000, windowSeconds: 3600 };
const bySenderToOne = { max: 12, windowSeconds: 24 * 3600 };

/** Throws `bad_request` for an address that is not on the list, `passcode_in_text`, `too_many_tries`. */
export async function sendLinks(
  deps: InvitationDeps,
  found: FoundForCaller,
  emails: readonly string[],
): Promise<MeetingRow> {
  await takeLimits(deps, found, emails);
  const row = await deps.db.transaction().execute((trx) => putLinks(deps, trx, { found, emails }));
  deps.outbox.kick();
  return row;
}

/** Counted for who sends and whom they write to: nobody uses up what others may send (IDN-6). */
export async function takeLimits(
  { limits, keys }: Pick<InvitationDeps, "limits" | "keys">,
  { me, row }: FoundForCaller,
  emails: readonly string[],
): Promise<void> {
  for (const email of emails) {
    await limits.take(`sending:${me.accountId}`, bySender);
    const to = inviteeMac(keys, row.id, email).toString("base64url");
    await limits.take(`sending:${me.accountId}:${to}`, bySenderToOne);
  }
}

type Wish = { readonly found: FoundForCaller; readonly emails: readonly string[] };

async function putLinks(deps: InvitationDeps, trx: Trx, { found, emails }: Wish): Promise<MeetingRow> {
  const row = await lockAny(trx, found.row.id);
  const gathered = await gather(deps, trx, { found, row });
  const { invitees, passcode } = gathered;
  requireNoPasscodeIn(row.settings, passcode);
  const wanted = new Set(emails.map((email) => email.toLowerCase()));
  const chosen = invitees.filter((invitee) => wanted.delete(invitee.email.toLowerCase()));
  if (wanted.size > 0) throw new HttpError("bad_request", { fields: ["emails"] });
  const sent = await messagesOf(trx, row.id);
  const current = contentMac(deps.keys, gathered);
  const reached: Invitee[] = [];
  for (const invitee of chosen) {
    const who = inviteeMac(deps.keys, row.id, invitee.email);
    const before = sent.filter((one) => one.what !== "passcode" && one.inviteeMac.equals(who));
    const news = newsFor(row, before, current);
    const last = before.at(-1);
    // Pressed twice: what is on its way already is not sent again.
    const underWay = last?.state === "queued" && last.contentMac?.equals(current) === true;
    if (news === null || underWay) continue;
    if (news !== "cancellation" && hadPasscode(deps, { row, sent, email: invitee.email }))
      throw new HttpError("channel_not_possible");
    const message = linkMail(gathered, invitee, news);
    if (message === null) throw new HttpError("bad_request", { fields: ["emails"] });
    const id = await deps.outbox.put(trx, message);
    await keepMessage(trx, {
      ...{ id, meetingId: row.id, inviteeMac: who, channel: "mail", contentMac: current },
      what: news === "cancellation" ? "cancellation" : "link",
      state: deps.able.mail ? "queued" : "noTransport",
    });
    reached.push(invitee);
  }
  await record(deps, trx, { found, row, reached });
  return row;
}

type Mailbox = { readonly row: MeetingRow; readonly sent: readonly SentMessage[]; readonly email: string };

/** INV-1: to which the passcode went as somebody else's second address. */
function hadPasscode({ keys }: InvitationDeps, { row, sent, email }: Mailbox): boolean {
  const given = sent.filter(({ what, channel }) => what === "passcode" && channel === "secondMail");
  return row.settings.invitees.some((one) => {
    const { secondEmail } = one;
    if (secondEmail === null || !sameMailbox(secondEmail, email)) return false;
    const who = inviteeMac(keys, row.id, one.email);
    return given.some((message) => message.inviteeMac.equals(who));
  });
}

/** Null: there is nothing to tell them. A cancellation goes to those who may have had the invitation. */
function newsFor(row: MeetingRow, before: readonly SentMessage[], current: Buffer): LinkNews | null {
  const arrived = before.filter(({ what, state }) => what === "link" && reachedStates.has(state));
  if (row.cancelled_at !== null) return arrived.length > 0 ? "cancellation" : null;
  const last = arrived.at(-1);
  return last === undefined || last.contentMac?.equals(current) === true ? "invitation" : "change";
}

const reachedStates = new Set<MailState>(["queued", "sent", "handedOver"]);

/** As `lockMeeting`, of a cancelled meeting as well. */
export async function lockAny(trx: Trx, meetingId: string): Promise<MeetingRow> {
  const row = await trx
    .selectFrom("meeting")
    .selectAll()
    .where("id", "=", meetingId)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw new HttpError("not_found");
  return row;
}

type Reached = {
  readonly found: FoundForCaller;
  readonly row: MeetingRow;
  readonly reached: readonly Invitee[];
};

async function record(deps: InvitationDeps, trx: Trx, { found, row, reached }: Reached): Promise<void> {
  if (reached.length === 0) return;
  await deps.log.append(trx, {
    type: "invitation.sent",
    actor: { kind: "account", id: found.me.accountId },
    data: {
      meetingId: row.id,
      sequence: row.sequence,
      method: row.cancelled_at === null ? "REQUEST" : "CANCEL",
      people: reached.length,
    },
    personal: { to: reached.map(({ email }) => email) },
  });
}
