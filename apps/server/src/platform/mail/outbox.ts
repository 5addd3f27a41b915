/**
 * Messages on their way out (INV-3). They are written with the change that they speak of, and sent by whichever process
 * comes first; what did not work is tried again, later and later. Addresses and texts lie sealed.
 */
import type { Db } from "../db/database.ts";
import type { Trx } from "../evidence/organisation-log.ts";
import type { Keys } from "../keys/keys.ts";
import { newUuid } from "../random.ts";
import {
  checkMessage,
  type MailKind,
  type MailMessage,
  type MailState,
  type MessageChannel,
} from "./message.ts";
import { openSealed, openTo, sealedMessage } from "./sealed-message.ts";
import type { Transport } from "./transport.ts";

/** For those who look after it; never with the text of a secret message. */
export type OutboxRow = {
  readonly id: string;
  readonly kind: MailKind;
  readonly channel: MessageChannel;
  readonly to: string;
  readonly state: MailState;
  readonly tries: number;
  readonly problem: string | null;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
};

export type Outbox = {
  /** In the caller's transaction. Throws if the message is not one. Call `kick` after the commit. */
  put(trx: Trx | Db, message: MailMessage): Promise<string>;
  /** Sends what is due, soon. */
  kick(): void;
  /** Newest first, at most `limit`. */
  list(limit: number): Promise<readonly OutboxRow[]>;
  /** Ends the worker; what was being sent is awaited. */
  stop(): Promise<void>;
};

export type OutboxDeps = {
  readonly db: Db;
  readonly keys: Keys;
  readonly transport: Transport | null;
  /** Left out or null: no SMS goes out, and none may be put here. */
  readonly sms?: Transport | null;
  /** Name that stands before our address: the organisation's. */
  readonly fromName: () => Promise<string>;
  readonly now: () => number;
  readonly onFailure: (error: unknown) => void;
};

const pollMs = 5000;
/** A process that dies while it sends gives the message back after this time. */
const leaseMs = 120_000;
const atOnce = 10;
const mostTries = 10;

export function createOutbox(deps: OutboxDeps): Outbox {
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = false;

  async function work(): Promise<void> {
    do {
      again = false;
      // A full round: there may be more.
      while (!stopped && (await sendSome(deps)) === atOnce);
    } while (again && !stopped);
  }

  function kick(): void {
    if (openChannels(deps).length === 0 || stopped) return;
    again = true;
    running ??= work()
      .catch(deps.onFailure)
      .finally(() => {
        running = null;
      });
  }

  const timer = setInterval(kick, pollMs);
  timer.unref();

  return {
    async put(trx, message) {
      checkMessage(message);
      const id = newUuid();
      const { channel = "mail" } = message;
      const transport = transportOf(deps, channel);
      if (channel === "sms" && transport === null) throw new Error("an SMS without a way to send it");
      await trx
        .insertInto("outbox")
        .values({
          ...{ id, channel, kind: message.kind, secret: message.secret },
          ...sealedMessage(deps.keys, id, message),
          meeting_id: message.meetingId ?? null,
          state: transport === null ? "noTransport" : "queued",
          next_try: new Date(deps.now()),
          good_until: message.goodUntil === null ? null : new Date(message.goodUntil),
        })
        .execute();
      return id;
    },
    kick,
    list: (limit) => listOutbox(deps, limit),
    async stop() {
      stopped = true;
      clearInterval(timer);
      await running;
      deps.transport?.close();
      deps.sms?.close();
    },
  };
}

function transportOf(deps: OutboxDeps, channel: MessageChannel): Transport | null {
  return channel === "sms" ? (deps.sms ?? null) : deps.transport;
}

function openChannels(deps: OutboxDeps): readonly MessageChannel[] {
  return (["mail", "sms"] as const).filter((one) => transportOf(deps, one) !== null);
}

/** Answers how many were due. */
async function sendSome(deps: OutboxDeps): Promise<number> {
  const { db } = deps;
  const now = deps.now();
  const due = await db
    .updateTable("outbox")
    .set((eb) => ({ tries: eb("tries", "+", 1), next_try: new Date(now + leaseMs) }))
    .where("id", "in", (eb) =>
      eb
        .selectFrom("outbox")
        .select("id")
        .where("state", "=", "queued")
        .where("channel", "in", [...openChannels(deps)])
        .where("next_try", "<=", new Date(now))
        .orderBy("next_try")
        .limit(atOnce)
        .forUpdate()
        .skipLocked(),
    )
    .returning(["id", "channel", "recipient", "sealed", "secret", "tries", "good_until"])
    .execute();
  const fromName = due.length === 0 ? "" : await deps.fromName();
  const one = (row: Omit<DueRow, "fromName">) => sendOne(deps, { ...row, fromName }).catch(deps.onFailure);
  await Promise.all(due.map(one));
  return due.length;
}

type DueRow = {
  readonly id: string;
  readonly channel: MessageChannel;
  readonly recipient: Buffer;
  readonly sealed: Buffer | null;
  readonly secret: boolean;
  readonly tries: number;
  readonly good_until: Date | null;
  readonly fromName: string;
};

async function sendOne(deps: OutboxDeps, row: DueRow): Promise<void> {
  const { id, fromName } = row;
  const over = row.good_until !== null && row.good_until.getTime() <= deps.now();
  if (over || row.sealed === null) return finish(deps.db, row, "failed", "too_late");
  // Nobody came back from earlier tries to say how they ended.
  if (row.tries > mostTries) return finish(deps.db, row, "failed", "gave_up");
  const transport = transportOf(deps, row.channel);
  if (transport === null) return;
  const to = openTo(deps.keys, row);
  const result = await transport.deliver({ id, fromName, to, ...openSealed(deps.keys, id, row.sealed) });
  if (result.kind === "sent") return finish(deps.db, row, "sent", null);
  if (result.kind === "permanent" || row.tries >= mostTries)
    return finish(deps.db, row, "failed", result.problem);
  await deps.db
    .updateTable("outbox")
    .set({ next_try: new Date(deps.now() + retryAfterMs(row.tries)), problem: result.problem })
    .where("id", "=", row.id)
    .execute();
}

/** 5 s, 15 s, 45 s … at most an hour: a code must not come too late, and a mail server must not be hammered. */
export function retryAfterMs(tries: number): number {
  return Math.min(5000 * 3 ** Math.max(0, tries - 1), 3_600_000);
}

async function finish(
  db: Db,
  row: Pick<DueRow, "id" | "secret">,
  state: "sent" | "failed",
  problem: string | null,
): Promise<void> {
  await db
    .updateTable("outbox")
    .set({
      state,
      problem,
      ...(state === "sent" ? { sent_at: new Date() } : {}),
      ...(row.secret ? { sealed: null } : {}),
    })
    .where("id", "=", row.id)
    // Called off meanwhile, as a passcode that was changed: what is said of it stays.
    .where("state", "=", "queued")
    .execute();
}

export async function listOutbox(
  { db, keys }: Pick<OutboxDeps, "db" | "keys">,
  limit: number,
): Promise<readonly OutboxRow[]> {
  const rows = await db
    .selectFrom("outbox")
    .select(["id", "kind", "channel", "recipient", "state", "tries", "problem", "created_at", "sent_at"])
    .orderBy("created_at", "desc")
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    channel: row.channel,
    to: openTo(keys, row),
    state: row.state,
    tries: row.tries,
    problem: row.problem,
    createdAt: row.created_at,
    sentAt: row.sent_at,
  }));
}

/** What is settled goes after this many days; secrets that were never sent lose their text when they are of no use. */
const keptDays = 30;

/** Now and then: nobody's address stays for ever (DAT-5). */
export async function forgetOldMail(db: Db, now: number): Promise<void> {
  await db
    .updateTable("outbox")
    .set({ sealed: null })
    .where("secret", "=", true)
    .where("good_until", "<", new Date(now))
    .where("sealed", "is not", null)
    .execute();
  await db
    .deleteFrom("outbox")
    .where("created_at", "<", new Date(now - keptDays * 24 * 3_600_000))
    .where("state", "!=", "queued")
    .execute();
}
