/** Tickets for the SFU gate: opaque, kept hashed, for one stay on one device (sfu-gate.md, design point 2). */
import type { Db } from "../../platform/db/database.ts";
import { hashToken, newToken } from "../../platform/random.ts";

export type TicketRow = {
  readonly instanceId: string;
  readonly admissionId: string;
  /** One stay in one room (SEC-4): the ticket is good for no other. */
  readonly sfuIdentity: string;
  readonly device: string;
};

export type Tickets = {
  /** For a first connect: good for 30 s. */
  issue(stay: TicketRow): Promise<string>;
  /** Handed over through an open connection, for its next resume or reconnect. */
  issueNext(stay: TicketRow): Promise<string>;
  find(ticket: string): Promise<TicketRow | null>;
  /** After its first use a ticket stays good until its successor was handed over. */
  keep(ticket: string): Promise<void>;
  /** The successor is with the page: 60 s more, for an answer that was lost. */
  supersede(ticket: string): Promise<void>;
  /** The stay is over. */
  drop(sfuIdentity: string): Promise<void>;
  forgetOld(): Promise<void>;
};

const firstUseMs = 30_000;
const successorMs = 60_000;
/** Longer than any meeting; the admission is asked again at every use. */
const heldMs = 24 * 3600 * 1000;

export function createTickets(db: Db): Tickets {
  async function insert(row: TicketRow, goodMs: number): Promise<string> {
    const ticket = newToken();
    await db
      .insertInto("sfu_ticket")
      .values({
        hash: hashToken(ticket),
        instance_id: row.instanceId,
        admission_id: row.admissionId,
        sfu_identity: row.sfuIdentity,
        binding: row.device,
        good_until: new Date(Date.now() + goodMs),
      })
      .execute();
    return ticket;
  }

  async function setGoodFor(ticket: string, goodMs: number): Promise<void> {
    await db
      .updateTable("sfu_ticket")
      .set({ good_until: new Date(Date.now() + goodMs) })
      .where("hash", "=", hashToken(ticket))
      .where("good_until", ">", new Date())
      .execute();
  }

  return {
    issue: (stay) => insert(stay, firstUseMs),
    issueNext: (stay) => insert(stay, heldMs),
    async find(ticket) {
      const row = await db
        .selectFrom("sfu_ticket")
        .select(["instance_id", "admission_id", "sfu_identity", "binding"])
        .where("hash", "=", hashToken(ticket))
        .where("good_until", ">", new Date())
        .executeTakeFirst();
      return row === undefined
        ? null
        : {
            instanceId: row.instance_id,
            admissionId: row.admission_id,
            sfuIdentity: row.sfu_identity,
            device: row.binding,
          };
    },
    keep: (ticket) => setGoodFor(ticket, heldMs),
    supersede: (ticket) => setGoodFor(ticket, successorMs),
    async drop(sfuIdentity) {
      await db.deleteFrom("sfu_ticket").where("sfu_identity", "=", sfuIdentity).execute();
    },
    async forgetOld() {
      await db.deleteFrom("sfu_ticket").where("good_until", "<", new Date()).execute();
    },
  };
}
