/** Reads the logs for what is to be told, and sends it: again and again where it does not arrive, and then no more. */
import type { Db } from "../../platform/db/database.ts";
import type { Keys } from "../../platform/keys/keys.ts";
import { deliver, type SendOptions } from "./webhook-send.ts";
import type { Sources } from "./webhook-sources.ts";
import {
  enqueue,
  forgetOldDeliveries,
  noteDelivery,
  takeDue,
  targetOf,
  type DueDelivery,
  type WebhookRow,
} from "./webhook-store.ts";

export type WorkerDeps = {
  readonly db: Db;
  readonly keys: Keys;
  readonly sources: Sources;
  readonly send: SendOptions;
  /** ms after the n-th try that failed; null: given up. */
  readonly waitAfter?: (tries: number) => number | null;
  readonly onFailure: (error: unknown) => void;
};

export type WebhookWorker = {
  /** Reads and sends once; for tests, and each second. */
  turn(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
};

const second = 1000;
const minute = 60 * second;
const waits = [5 * second, 30 * second, 2 * minute, 10 * minute, 30 * minute, 60 * minute, 180 * minute];
/** Twenty tries one after the other take less, so nobody else sends the same meanwhile. */
const leaseMs = 3 * minute;

export function usualWait(tries: number): number | null {
  return waits[tries - 1] ?? null;
}

export function createWebhookWorker(deps: WorkerDeps): WebhookWorker {
  const { db, keys, sources } = deps;
  let running: Promise<void> | null = null;
  let timer: NodeJS.Timeout | null = null;
  let forgot = 0;

  async function readSource(source: string, webhooks: readonly WebhookRow[]): Promise<void> {
    await db.transaction().execute(async (trx) => {
      await trx
        .insertInto("webhook_cursor")
        .values({ source, position: 0 })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      const cursor = await trx
        .selectFrom("webhook_cursor")
        .select("position")
        .where("source", "=", source)
        .forUpdate()
        .skipLocked()
        .executeTakeFirst();
      // Another process is at it.
      if (cursor === undefined) return;
      const after = Number(cursor.position);
      const { position, happenings } = await sources.read(trx, source, after);
      if (position === after) return;
      await enqueue(trx, keys, webhooks, happenings);
      await trx.updateTable("webhook_cursor").set({ position }).where("source", "=", source).execute();
    });
  }

  async function send(delivery: DueDelivery): Promise<void> {
    const target = targetOf(keys, {
      id: delivery.webhook_id,
      url: delivery.url,
      secret_sealed: delivery.secret_sealed,
    });
    const body = keys.open("webhook-delivery", delivery.sealed, delivery.id).toString("utf8");
    const problem = await deliver(target, body, deps.send);
    const wait = (deps.waitAfter ?? usualWait)(delivery.tries);
    const retryAt = problem === null || wait === null ? null : new Date(Date.now() + wait);
    await noteDelivery(db, delivery, { problem, retryAt });
  }

  /** To one receiver one after the other: what happened first arrives first, unless it has to be tried again. */
  async function sendInOrder(deliveries: readonly DueDelivery[]): Promise<void> {
    for (const one of deliveries) await send(one);
  }

  async function turn(): Promise<void> {
    const webhooks = await db.selectFrom("webhook").selectAll().where("state", "=", "active").execute();
    if (webhooks.length === 0) return;
    for (const source of await sources.waiting()) await readSource(source, webhooks);
    const due = Map.groupBy(await takeDue(db, leaseMs), (one) => one.webhook_id);
    await Promise.all([...due.values()].map(sendInOrder));
    if (Date.now() - forgot < 60 * minute) return;
    forgot = Date.now();
    await forgetOldDeliveries(db);
  }

  return {
    turn,
    start() {
      timer = setInterval(() => {
        running ??= turn()
          .catch(deps.onFailure)
          .finally(() => {
            running = null;
          });
      }, second);
    },
    async stop() {
      if (timer !== null) clearInterval(timer);
      await running;
    },
  };
}
