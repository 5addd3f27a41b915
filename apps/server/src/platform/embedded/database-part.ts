import { existsSync } from "node:fs";
import type { Config } from "../../config/config.ts";
import { StartProblem } from "../../config/start-problem.ts";
import { masterKeyFile } from "../keys/master-key.ts";
import { startEmbeddedPostgres } from "./postgres.ts";
import { postgresMajor } from "./postgres-binaries.ts";
import { appRole, withClient } from "./postgres-roles.ts";

/** The database the server works with, wherever it runs. */
export type DatabasePart = {
  readonly connectionString: string;
  readonly adminConnectionString: string;
  /** The role the migrations grant its few rights to; `null` when owner and server are the same role. */
  readonly appRole: string | null;
  stop(): Promise<void>;
};

/** Starts the embedded PostgreSQL, or checks the one in DATABASE_URL. Throws `database_unreachable`, `master_key_missing`, … */
export async function startDatabase(config: Config, onRestart: () => void): Promise<DatabasePart> {
  const database =
    config.databaseUrl === undefined
      ? await embeddedDatabase(config, onRestart)
      : await outsideDatabase(config.databaseUrl, config.databaseAdminUrl);
  try {
    await requireMasterKey(config.keysDir, database);
    return database;
  } catch (error) {
    await database.stop();
    throw error;
  }
}

/** A new key beside an old database would look like a good start, and every sealed name would be lost for good. */
async function requireMasterKey(keysDir: string, database: DatabasePart): Promise<void> {
  const path = masterKeyFile(keysDir);
  if (existsSync(path)) return;
  const isUsed = await withClient(database.adminConnectionString, async (client) => {
    const { rows } = await client.query("select 1 where to_regclass('public.organisation') is not null");
    if (rows.length === 0) return false;
    return (await client.query("select 1 from organisation limit 1")).rows.length > 0;
  });
  if (isUsed) throw new StartProblem("master_key_missing", { path });
}

async function embeddedDatabase(config: Config, onRestart: () => void): Promise<DatabasePart> {
  const postgres = await startEmbeddedPostgres({
    dataDir: config.dataDir,
    binDir: config.postgresBin,
    onRestart,
  });
  return {
    connectionString: postgres.connectionString,
    adminConnectionString: postgres.adminConnectionString,
    appRole,
    stop: () => postgres.stop(),
  };
}

async function outsideDatabase(address: string, adminAddress: string | undefined): Promise<DatabasePart> {
  const found = await versionOf(address);
  if (found < postgresMajor) {
    throw new StartProblem("database_version", { found: String(found), expected: String(postgresMajor) });
  }
  const role = decodeURIComponent(new URL(address).username);
  const owner = adminAddress === undefined ? role : decodeURIComponent(new URL(adminAddress).username);
  return {
    connectionString: address,
    adminConnectionString: adminAddress ?? address,
    appRole: role === owner ? null : role,
    stop: () => Promise.resolve(),
  };
}

async function versionOf(address: string): Promise<number> {
  try {
    return await withClient(address, async (client) => {
      const { rows } = await client.query<{ number: string }>(
        "select current_setting('server_version_num') as number",
      );
      return Math.floor(Number(rows[0]?.number) / 10_000);
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartProblem("database_unreachable", { reason }, error);
  }
}
