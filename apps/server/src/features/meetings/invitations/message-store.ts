/** What was sent about a meeting, and what became of it. */
import type { PasscodeChannel } from "@sekisho/domain";
import { sql } from "kysely";
import type { Db } from "../../../platform/db/database.ts";
import type { Trx } from "../../../platform/evidence/organisation-log.ts";
import type { Keys } from "../../../platform/keys/keys.ts";
import type { MailState } from "../../../platform/mail/message.ts";
import { inviteeMac } from "./invitee-key.ts";

export type SentMessage = {
  readonly id: string;
  readonly inviteeMac: Buffer;
  readonly what: "link" | "cancellation" | "passcode";
  readonly channel: "mail" | PasscodeChannel;
  readonly contentMac: Buffer | null;
  readonly passcodeMac: Buffer | null;
  readonly state: MailState;
  readonly problem: string | null;
  /** ms since 1970 UTC: when it was settled, or put. */
  readonly at: number;
  readonly openedAt: Date | null;
  readonly pageUntil: Date | null;
};

/** Oldest first. The outbox's row is the truth as long as there is one. */
export async function messagesOf(db: Db, meetingId: string): Promise<readonly SentMessage[]> {
  const rows = await db
    .selectFrom("meeting_message as m")
    .leftJoin("outbox", "outbox.id", "m.id")
    .leftJoin("passcode_page as page", "page.message_id", "m.id")
    .select([
      "m.id",
      "m.invitee_mac",
      "m.what",
      "m.channel",
      "m.content_mac",
      "m.passcode_mac",
      "m.created_at",
    ])
    .select(["m.state as kept_state", "m.problem as kept_problem", "m.settled_at", "outbox.id as outbox_id"])
    .select(["outbox.state", "outbox.problem", "outbox.sent_at", "page.opened_at", "page.expires_at"])
    .where("m.meeting_id", "=", meetingId)
    .orderBy("m.created_at")
    .orderBy("m.id")
    .execute();
  return rows.map((row) => ({
    id: row.id,
    inviteeMac: row.invitee_mac,
    what: row.what,
    channel: row.channel,
    contentMac: row.content_mac,
    passcodeMac: row.passcode_mac,
    state: row.state ?? row.kept_state,
    problem: row.outbox_id === null ? row.kept_problem : row.problem,
    at: (row.sent_at ?? row.settled_at ?? row.created_at).getTime(),
    openedAt: row.opened_at,
    pageUntil: row.expires_at,
  }));
}

export type NewSentMessage = Pick<SentMessage, "id" | "inviteeMac" | "what" | "channel"> & {
  readonly meetingId: string;
  readonly contentMac?: Buffer;
  readonly passcodeMac?: Buffer | null;
  readonly state: MailState;
};

export async function keepMessage(trx: Trx, message: NewSentMessage): Promise<void> {
  await trx
    .insertInto("meeting_message")
    .values({
      id: message.id,
      meeting_id: message.meetingId,
      invitee_mac: message.inviteeMac,
      ...{ what: message.what, channel: message.channel, state: message.state },
      content_mac: message.contentMac ?? null,
      passcode_mac: message.passcodeMac ?? null,
    })
    .execute();
}

/** Before the outbox forgets: how each ended stays with the meeting. Now and then. */
export async function keepStates(db: Db): Promise<void> {
  await sql`
    update meeting_message m
       set state = o.state, problem = o.problem, settled_at = o.sent_at
      from outbox o
     where o.id = m.id and (m.state, m.problem) is distinct from (o.state, o.problem)
  `.execute(db);
  await db
    .deleteFrom("passcode_page")
    .where("expires_at", "<", sql<Date>`now() - interval '30 days'`)
    .execute();
}

/** What has not gone out yet and must not any more: all of a cancelled meeting, or passcodes that were changed. */
export async function callOff(trx: Trx, meetingId: string, what: "all" | "passcodes"): Promise<void> {
  await trx
    .updateTable("outbox")
    .set({ state: "failed", problem: "called_off", sealed: null })
    .where("meeting_id", "=", meetingId)
    .where("state", "in", ["queued", "noTransport"])
    .$if(what === "passcodes", (query) =>
      query.where("kind", "in", ["passcode", "passcodePage", "passcodeCode"]),
    )
    .execute();
}

export type PasscodeWay = {
  readonly email: string;
  readonly channel: PasscodeChannel;
  readonly state: MailState;
  readonly at: number;
};

/**
 * By which way the passcode that is good now went to each of these invitees: for the check before start (CNF-6). Who is
 * not in the answer has not been sent it.
 */
export async function passcodeChannelsOf(
  { db, keys }: { readonly db: Db; readonly keys: Keys },
  meeting: { readonly id: string; readonly passcode_mac: Buffer | null },
  emails: readonly string[],
): Promise<readonly PasscodeWay[]> {
  const sent = await messagesOf(db, meeting.id);
  return emails.flatMap((email) => {
    const last = passcodeFor(sent, inviteeMac(keys, meeting.id, email), meeting.passcode_mac);
    return last === undefined ? [] : [{ email, channel: last.channel, state: last.state, at: last.at }];
  });
}

/** The newest message to somebody with the passcode that is good now. */
export function passcodeFor(
  sent: readonly SentMessage[],
  invitee: Buffer,
  passcodeMac: Buffer | null,
): (SentMessage & { readonly channel: PasscodeChannel }) | undefined {
  const fits = (one: SentMessage): one is SentMessage & { readonly channel: PasscodeChannel } =>
    one.what === "passcode" &&
    one.channel !== "mail" &&
    one.inviteeMac.equals(invitee) &&
    passcodeMac !== null &&
    one.passcodeMac?.equals(passcodeMac) === true;
  return sent.findLast(fits);
}
