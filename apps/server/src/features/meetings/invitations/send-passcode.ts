/** The passcode, to one invitee, by another way than the link's (INV-1). Each way is recorded. */
import {
  channelRefusal,
  pageProofOf,
  type Invitee,
  type PageProof,
  type PasscodeChannel,
} from "@sekisho/domain";
import type { Trx } from "../../../platform/evidence/organisation-log.ts";
import { HttpError } from "../../../platform/http/http-error.ts";
import { readAddress, sameMailbox } from "../../../platform/mail/address.ts";
import { hashToken, newToken, newUuid } from "../../../platform/random.ts";
import { lockMeeting } from "../change-meeting.ts";
import type { FoundForCaller } from "../meeting-guard.ts";
import type { MeetingRow } from "../meeting-rows.ts";
import { nowOf } from "../meetings-deps.ts";
import { pageMail, passcodeMessage, type SecondWay } from "./compose-passcode.ts";
import { gather, type Gathered } from "./gather.ts";
import type { InvitationDeps } from "./invitation-deps.ts";
import { inviteeMac } from "./invitee-key.ts";
import { keepMessage } from "./message-store.ts";
import { takeLimits } from "./send-links.ts";

export type PasscodeWish = { readonly email: string; readonly channel: PasscodeChannel };

/** How long a page waits for its reader. */
const pageHours = 48;

/** Throws `bad_request`, `not_found` where none is asked for, `channel_not_possible`, `too_many_tries`. */
export async function sendPasscode(
  deps: InvitationDeps,
  found: FoundForCaller,
  wish: PasscodeWish,
): Promise<MeetingRow> {
  await takeLimits(deps, found, [wish.email]);
  const row = await deps.db.transaction().execute((trx) => putPasscode(deps, trx, { found, wish }));
  deps.outbox.kick();
  return row;
}

type Wanted = { readonly found: FoundForCaller; readonly wish: PasscodeWish };

async function putPasscode(deps: InvitationDeps, trx: Trx, { found, wish }: Wanted): Promise<MeetingRow> {
  const row = await lockMeeting(trx, found.row.id);
  const gathered = await gather(deps, trx, { found, row });
  const { channel } = wish;
  if (!gathered.passcodeNeeded || gathered.passcode === null || row.passcode_mac === null)
    throw new HttpError("not_found");
  const invitee = gathered.invitees.find((one) => one.email.toLowerCase() === wish.email.toLowerCase());
  if (invitee === undefined) throw new HttpError("bad_request", { fields: ["email"] });
  if (channelRefusal(channel, invitee, deps.able) !== null) throw new HttpError("channel_not_possible");
  const id = await sendBy(deps, trx, { gathered, invitee, channel, passcodeMac: row.passcode_mac });
  const actor = { kind: "account", id: found.me.accountId } as const;
  await deps.log.append(trx, {
    ...{ type: "passcode.sent", actor, data: { meetingId: row.id, messageId: id, channel } },
    personal: { email: invitee.email, secondEmail: invitee.secondEmail, phone: invitee.phone },
  });
  return row;
}

type Sending = {
  readonly gathered: Gathered;
  readonly invitee: Invitee;
  readonly channel: PasscodeChannel;
  readonly passcodeMac: Buffer;
};

async function sendBy(deps: InvitationDeps, trx: Trx, sending: Sending): Promise<string> {
  const { gathered, invitee, channel, passcodeMac } = sending;
  const meetingId = gathered.row.id;
  const kept = {
    meetingId,
    channel,
    passcodeMac,
    inviteeMac: inviteeMac(deps.keys, meetingId, invitee.email),
  };
  if (channel === "oneTimePage") return sendPage(deps, trx, { ...sending, kept });
  if (channel === "readOut") {
    const id = newUuid();
    // The host's word for it; nobody else was there.
    await keepMessage(trx, { ...kept, id, what: "passcode", state: "handedOver" });
    return id;
  }
  const message = passcodeMessage(gathered, wayOf(gathered, invitee, channel), null);
  const id = await deps.outbox.put(trx, message);
  const waits = channel === "secondMail" && !deps.able.mail;
  await keepMessage(trx, { ...kept, id, what: "passcode", state: waits ? "noTransport" : "queued" });
  return id;
}

/**
 * Throws `channel_not_possible`: also where the second address is the first under another spelling, or that of another
 * invitee, to which a link goes (INV-1).
 */
function wayOf(gathered: Gathered, invitee: Invitee, way: PageProof): SecondWay {
  const locale = gathered.localeOf(invitee);
  if (way === "sms" && invitee.phone !== null) return { channel: "sms", to: invitee.phone, locale };
  const second = invitee.secondEmail === null ? null : readAddress(invitee.secondEmail);
  const { invitees } = gathered.row.settings;
  if (second === null || invitees.some((one) => sameMailbox(second.address, one.email)))
    throw new HttpError("channel_not_possible");
  return { channel: "mail", to: second.address, locale };
}

type Page = Sending & { readonly kept: Omit<Parameters<typeof keepMessage>[1], "id" | "what" | "state"> };

async function sendPage(deps: InvitationDeps, trx: Trx, page: Page): Promise<string> {
  const { gathered, invitee, kept, passcodeMac } = page;
  const proof = pageProofOf(invitee, deps.able);
  const first = readAddress(invitee.email);
  if (proof === null || first === null) throw new HttpError("channel_not_possible");
  const target = wayOf(gathered, invitee, proof);
  const token = newToken();
  const goodUntil = nowOf(deps) + pageHours * 3_600_000;
  const way: SecondWay = { channel: "mail", to: first.address, locale: target.locale };
  const url = `${deps.origin()}/p/${token}`;
  const id = await deps.outbox.put(trx, pageMail(gathered, way, { url, goodUntil, hours: pageHours }));
  await keepMessage(trx, { ...kept, id, what: "passcode", state: deps.able.mail ? "queued" : "noTransport" });
  const hash = hashToken(token);
  await trx
    .insertInto("passcode_page")
    .values({
      token_hash: hash,
      message_id: id,
      meeting_id: gathered.row.id,
      proof,
      sealed_target: deps.keys.seal("passcode-page", Buffer.from(target.to), hash.toString("hex")),
      locale: target.locale,
      passcode_mac: passcodeMac,
      expires_at: new Date(goodUntil),
    })
    .execute();
  return id;
}
