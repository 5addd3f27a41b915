/** Which lists are read, and what was found in them (OPS-1). */
import type { FeedKind, FeedProblem, ReleaseList } from "@sekisho/contract";
import { sql, type Selectable } from "kysely";
import type { Db } from "../../platform/db/database.ts";
import type { Database } from "../../platform/db/schema.ts";
import type { Trx } from "../../platform/evidence/organisation-log.ts";
import type { FoundAdvisory } from "./read-advisories.ts";

export type FeedRow = Selectable<Database["feed"]>;

export async function readFeed(db: Db | Trx, kind: FeedKind): Promise<FeedRow | null> {
  return (await db.selectFrom("feed").selectAll().where("kind", "=", kind).executeTakeFirst()) ?? null;
}

/** Those whose time has come; another process that asks a moment later gets none of them. */
export async function takeDueFeeds(db: Db): Promise<readonly FeedRow[]> {
  return db
    .updateTable("feed")
    .set({ next_at: sql`clock_timestamp() + interval '10 minutes'` })
    .where("kind", "in", (select) =>
      select
        .selectFrom("feed")
        .select("kind")
        .where("next_at", "<=", sql<Date>`clock_timestamp()`)
        .forUpdate()
        .skipLocked(),
    )
    .returningAll()
    .execute();
}

export type FeedWish = {
  readonly kind: FeedKind;
  readonly url: string;
  readonly publicKey: string | null;
  readonly keywords: readonly string[];
};

/** Another address is another keeper: what the one before has said means nothing there. */
export async function writeFeed(trx: Trx, { kind, url, publicKey, keywords }: FeedWish): Promise<void> {
  const before = await readFeed(trx, kind);
  const isSame = before?.url === url && before.public_key === publicKey;
  const kept = isSame ? {} : { document: null, last_contact_at: null };
  const set = { url, public_key: publicKey, keywords: [...keywords], last_problem: null, ...kept };
  await trx
    .insertInto("feed")
    .values({ kind, ...set })
    .onConflict((conflict) => conflict.column("kind").doUpdateSet(set))
    .execute();
  if (kind === "vulnerabilities") await forgetUnmarked(trx);
}

export async function removeFeed(trx: Trx, kind: FeedKind): Promise<boolean> {
  const gone = await trx.deleteFrom("feed").where("kind", "=", kind).returning("kind").executeTakeFirst();
  if (gone !== undefined && kind === "vulnerabilities") await forgetUnmarked(trx);
  return gone !== undefined;
}

/** What other words or another list found is found again, or is no concern any more; what somebody marked stays. */
async function forgetUnmarked(trx: Trx): Promise<void> {
  await trx.deleteFrom("advisory").where("mark", "is", null).execute();
}

export type Taken = {
  readonly problem: FeedProblem | null;
  readonly releases?: ReleaseList;
  readonly advisories?: readonly FoundAdvisory[];
};

/** Nothing, where the row has been changed since it was read: that answer belongs to another question. */
export async function noteTaken(trx: Trx, row: FeedRow, taken: Taken): Promise<void> {
  const now = await trx
    .selectFrom("feed")
    .selectAll()
    .where("kind", "=", row.kind)
    .forUpdate()
    .executeTakeFirst();
  const isSame = now?.url === row.url && now.public_key === row.public_key;
  if (!isSame || now.keywords.join("\n") !== row.keywords.join("\n")) return;
  const good = taken.problem === null;
  await trx
    .updateTable("feed")
    .set({
      last_problem: taken.problem,
      next_at: sql`clock_timestamp() + ${good ? "6 hours" : "30 minutes"}::interval`,
      ...(good ? { last_contact_at: sql<Date>`clock_timestamp()` } : {}),
      ...(taken.releases === undefined ? {} : { document: JSON.stringify(taken.releases) }),
    })
    .where("kind", "=", row.kind)
    .execute();
  for (const one of taken.advisories ?? []) await keep(trx, one);
}

/** What has left the list stays until somebody has looked at it; what was marked and has changed is asked about again. */
async function keep(trx: Trx, found: FoundAdvisory): Promise<void> {
  const { id, title, link, severity, score } = found;
  const fields = {
    ...{ title, link, severity, score, keywords: [...found.keywords] },
    ...{ published_at: found.publishedAt, modified_at: found.modifiedAt },
  };
  await trx
    .insertInto("advisory")
    .values({ id, ...fields })
    .onConflict((conflict) =>
      conflict.column("id").doUpdateSet({
        ...fields,
        changed: sql<boolean>`advisory.changed or (advisory.mark is not null and excluded.modified_at > advisory.modified_at)`,
      }),
    )
    .execute();
}
