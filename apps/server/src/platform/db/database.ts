/** The connection pool, and kysely on top of it. */
import { Kysely, PostgresDialect, sql } from "kysely";
import { Migrator } from "kysely/migration";
import pg from "pg";
import { StartProblem } from "../../config/start-problem.ts";
import { migrations } from "./migrations/index.ts";
import type { Database } from "./schema.ts";

export type Db = Kysely<Database>;

export type DatabaseHandle = {
  readonly db: Db;
  /** For the command path, which counts its round trips. */
  readonly pool: pg.Pool;
  close(): Promise<void>;
};

/** A lost connection ends the query that used it, never the process. `onError` is told once per lost idle connection. */
export function openDatabase(
  connectionString: string,
  onError: (error: Error) => void,
  max = 12,
): DatabaseHandle {
  const pool = new pg.Pool({
    connectionString,
    max,
    connectionTimeoutMillis: 5000,
    idleTimeoutMillis: 30_000,
  });
  pool.on("error", onError);
  // A client that is in use tells its own errors; unheard, they would end the process.
  pool.on("connect", (client) => client.on("error", onError));
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  return { db, pool, close: () => db.destroy() };
}

/**
 * Brings the tables to this version's shape, as their owner, and gives the server's role what it needs and no more:
 * it may add to the logs and read them, never change them (AUD-1). Throws `migration_failed`.
 */
export async function migrate(adminConnectionString: string, appRole: string | null): Promise<void> {
  const handle = openDatabase(adminConnectionString, () => undefined, 2);
  try {
    const migrator = new Migrator({ db: handle.db, provider: { getMigrations: async () => migrations } });
    const { error } = await migrator.migrateToLatest().catch((thrown: unknown) => ({ error: thrown }));
    if (error !== undefined) throw notMigrated(error);
    if (appRole !== null) await grant(handle.db, appRole);
  } finally {
    await handle.close();
  }
}

function notMigrated(error: unknown): StartProblem {
  const reason = error instanceof Error ? error.message : "";
  return new StartProblem("migration_failed", { reason }, error);
}

const appendOnly = ["meeting_event", "organisation_event", "barrier_version"] as const;

async function grant(db: Db, appRole: string): Promise<void> {
  const role = sql.id(appRole);
  await sql`grant usage on schema public to ${role}`.execute(db);
  await sql`grant select, insert, update, delete on all tables in schema public to ${role}`.execute(db);
  for (const table of appendOnly)
    await sql`revoke update, delete, truncate on ${sql.table(table)} from ${role}`.execute(db);
}
