/** Subscriptions, and what waits to be sent to them (BAR-12). */
import { webhookEvents, type WebhookEvent, type WebhookView } from "@sekisho/contract";
import { sql, type Selectable } from "kysely";
import type { Db } from "../../platform/db/database.ts";
import type { Database } from "../../platform/db/schema.ts";
import type { Trx } from "../../platform/evidence/organisation-log.ts";
import type { Keys } from "../../platform/keys/keys.ts";
import { newUuid } from "../../platform/random.ts";
import type { Target, WebhookProblem } from "./webhook-send.ts";

export type WebhookRow = Selectable<Database["webhook"]>;

const problems = ["unreachable", "not_allowed", "status", "timeout", "challenge"] as const;

export function targetOf(keys: Keys, row: Pick<WebhookRow, "id" | "url" | "secret_sealed">): Target {
  return {
    url: row.url,
    secret: keys.open("webhook-secret", row.secret_sealed, row.id).toString("utf8"),
  };
}

export async function webhookById(db: Db, id: string): Promise<WebhookRow | undefined> {
  return db.selectFrom("webhook").selectAll().where("id", "=", id).executeTakeFirst();
}

export async function webhookViews(db: Db, id: string | null = null): Promise<WebhookView[]> {
  let query = db.selectFrom("webhook").selectAll().orderBy("created_at").orderBy("id");
  if (id !== null) query = query.where("id", "=", id);
  const rows = await query.execute();
  const counts = await db
    .selectFrom("webhook_delivery")
    .select(["webhook_id", "state"])
    .select(sql<number>`count(*)::int`.as("count"))
    .where("state", "<>", "delivered")
    .groupBy(["webhook_id", "state"])
    .execute();
  const countOf = (webhookId: string, state: string) =>
    counts.find((one) => one.webhook_id === webhookId && one.state === state)?.count ?? 0;
  return rows.map((row) => ({
    id: row.id,
    url: row.url,
    events: webhookEvents.filter((event) => row.events.includes(event)),
    state: row.state,
    lastProblem: problems.find((one) => one === row.last_problem) ?? null,
    createdAt: row.created_at.getTime(),
    lastDeliveryAt: row.last_delivery_at?.getTime() ?? null,
    waiting: countOf(row.id, "waiting"),
    givenUp: countOf(row.id, "givenUp"),
  }));
}

export async function noteChallenge(trx: Trx, id: string, problem: WebhookProblem | null): Promise<void> {
  const active = problem === null;
  if (active) await beginReading(trx);
  await trx
    .updateTable("webhook")
    .set((set) => ({
      last_problem: problem,
      ...(active
        ? { state: "active", active_since: sql`coalesce(${set.ref("active_since")}, clock_timestamp())` }
        : {}),
    }))
    .where("id", "=", id)
    .execute();
}

/** The first subscription begins with what happens from now on, however old the logs are. */
async function beginReading(trx: Trx): Promise<void> {
  const active = await trx
    .selectFrom("webhook")
    .select("id")
    .where("state", "=", "active")
    .executeTakeFirst();
  if (active !== undefined) return;
  await sql`
    delete from webhook_cursor;
    `.execute(trx);
  await sql`
    insert into webhook_cursor (source, position)
    select 'organisation', coalesce(max(seq), 0) from organisation_event
    union all select 'barriers', version from barrier_head
    union all select id, seq from meeting_instance
    on conflict (source) do nothing`.execute(trx);
}

export type Happening = {
  readonly event: WebhookEvent;
  /** ms since 1970 UTC. */
  readonly at: number;
  readonly payload: object;
};

/** One row for each subscription that wants it; the bodies hold names, so they are sealed. */
export async function enqueue(
  trx: Trx,
  keys: Keys,
  webhooks: readonly WebhookRow[],
  happenings: readonly Happening[],
): Promise<void> {
  const rows = happenings.flatMap(({ event, at, payload }) =>
    webhooks
      .filter((one) => one.events.includes(event) && (one.active_since?.getTime() ?? Infinity) <= at)
      .map((one) => {
        const id = newUuid();
        const body = JSON.stringify({ event, event_ts: at, payload });
        return {
          id,
          webhook_id: one.id,
          event,
          sealed: keys.seal("webhook-delivery", Buffer.from(body), id),
          state: "waiting" as const,
          next_try: new Date(),
          created_at: new Date(),
        };
      }),
  );
  if (rows.length > 0) await trx.insertInto("webhook_delivery").values(rows).execute();
}

export type DueDelivery = {
  readonly id: string;
  readonly seq: string;
  readonly webhook_id: string;
  readonly sealed: Buffer;
  readonly tries: number;
  readonly url: string;
  readonly secret_sealed: Buffer;
};

/** Takes some that are due for as long as a try may last, so that two processes never send the same at once. */
export async function takeDue(db: Db, leaseMs: number): Promise<readonly DueDelivery[]> {
  const { rows } = await sql<DueDelivery>`
    update webhook_delivery d
       set tries = d.tries + 1, next_try = clock_timestamp() + ${leaseMs} * interval '1 ms'
      from webhook w
     where w.id = d.webhook_id and d.sealed is not null and d.id in (
       select due.id from webhook_delivery due join webhook active on active.id = due.webhook_id
        where due.state = 'waiting' and active.state = 'active' and due.next_try <= clock_timestamp()
        order by due.seq limit 20 for update of due skip locked)
    returning d.id, d.seq, d.webhook_id, d.sealed, d.tries, w.url, w.secret_sealed`.execute(db);
  return rows.toSorted((a, b) => Number(a.seq) - Number(b.seq));
}

export async function noteDelivery(
  db: Db,
  delivery: Pick<DueDelivery, "id" | "webhook_id">,
  outcome: { readonly problem: WebhookProblem | null; readonly retryAt: Date | null },
): Promise<void> {
  const { problem, retryAt } = outcome;
  const change =
    problem === null
      ? ({ state: "delivered", sealed: null } as const)
      : retryAt === null
        ? ({ state: "givenUp" } as const)
        : { next_try: retryAt };
  await db.updateTable("webhook_delivery").set(change).where("id", "=", delivery.id).execute();
  await db
    .updateTable("webhook")
    .set({ last_problem: problem, ...(problem === null ? { last_delivery_at: new Date() } : {}) })
    .where("id", "=", delivery.webhook_id)
    .execute();
}

/** Called now and then: what arrived a day ago, and what was given up a week ago. */
export async function forgetOldDeliveries(db: Db): Promise<void> {
  await sql`
    delete from webhook_delivery
     where (state = 'delivered' and created_at < now() - interval '1 day')
        or (state = 'givenUp' and created_at < now() - interval '7 days')`.execute(db);
}
