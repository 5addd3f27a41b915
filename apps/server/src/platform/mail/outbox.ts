/**
 * Messages on their way out (INV-3). They are written with the change that they speak of, and sent by whichever process
 * comes first; what did not work is tried again, later and later. Addresses and texts lie sealed.
 */
import type { Db } from "../db/database.ts";
import type { Trx } from "../evidence/organisation-log.ts";
import type { Keys } from "../keys/keys.ts";
import { newUuid } from "../random.ts";
import { checkMessage, type MailKind, type MailMessage } from "./message.ts";
import type { MailTransport } from "./mail-transport.ts";

/** `noTransport`: no mail server was set when it was written; it waits for somebody who hands it over. */
export type MailState = "queued" | "sent" | "failed" | "noTransport";

/** For those who look after it; never with the text of a secret message. */
export type OutboxRow = {
  readonly id: string;
  readonly kind: MailKind;
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
  readonly transport: MailTransport | null;
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
    if (deps.transport === null || stopped) return;
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
      const { to, subject, text } = message;
      await trx
        .insertInto("outbox")
        .values({
          id,
          kind: message.kind,
          secret: message.secret,
          recipient: deps.keys.seal("outbox", Buffer.from(to), `to:${id}`),
          sealed: deps.keys.seal("outbox", Buffer.from(JSON.stringify({ subject, text })), `message:${id}`),
          state: deps.transport === null ? "noTransport" : "queued",
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
    },
  };
}

/** Answers how many were due. */
async function sendSome(deps: OutboxDeps): Promise<number> {
  const { db, transport } = deps;
  if (transport === null) return 0;
  const now = deps.now();
  const due = await db
    .updateTable("outbox")
    .set((eb) => ({ tries: eb("tries", "+", 1), next_try: new Date(now + leaseMs) }))
    .where("id", "in", (eb) =>
      eb
        .selectFrom("outbox")
        .select("id")
        .where("state", "=", "queued")
        .where("next_try", "<=", new Date(now))
        .orderBy("next_try")
        .limit(atOnce)
        .forUpdate()
        .skipLocked(),
    )
    .returning(["id", "recipient", "sealed", "secret", "tries", "good_until"])
    .execute();
  const fromName = due.length === 0 ? "" : await deps.fromName();
  const one = (row: Omit<DueRow, "fromName">) =>
    sendOne(deps, transport, { ...row, fromName }).catch(deps.onFailure);
  await Promise.all(due.map(one));
  return due.length;
}

type DueRow = {
  readonly id: string;
  readonly recipient: Buffer;
  readonly sealed: Buffer | null;
  readonly secret: boolean;
  readonly tries: number;
  readonly good_until: Date | null;
  readonly fromName: string;
};

async function sendOne(deps: OutboxDeps, transport: MailTransport, row: DueRow): Promise<void> {
  const over = row.good_until !== null && row.good_until.getTime() <= deps.now();
  if (over || row.sealed === null) return finish(deps.db, row, "failed", "too_late");
  // Nobody came back from earlier tries to say how they ended.
  if (row.tries > mostTries) return finish(deps.db, row, "failed", "gave_up");
  const to = deps.keys.open("outbox", row.recipient, `to:${row.id}`).toString("utf8");
  const { subject, text } = readSealed(deps.keys.open("outbox", row.sealed, `message:${row.id}`));
  const result = await transport.deliver({ id: row.id, fromName: row.fromName, to, subject, text });
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
    .execute();
}

function readSealed(plain: Buffer): { subject: string; text: string } {
  const value: unknown = JSON.parse(plain.toString("utf8"));
  const field = (name: string): string => {
    const found: unknown = typeof value === "object" && value !== null ? Reflect.get(value, name) : null;
    if (typeof found !== "string") throw new Error("a message in the outbox cannot be read");
    return found;
  };
  return { subject: field("subject"), text: field("text") };
}

export async function listOutbox(
  { db, keys }: Pick<OutboxDeps, "db" | "keys">,
  limit: number,
): Promise<readonly OutboxRow[]> {
  const rows = await db
    .selectFrom("outbox")
    .select(["id", "kind", "recipient", "state", "tries", "problem", "created_at", "sent_at"])
    .orderBy("created_at", "desc")
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    to: keys.open("outbox", row.recipient, `to:${row.id}`).toString("utf8"),
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
