import type { Config } from "../../config/config.ts";
import { StartProblem } from "../../config/start-problem.ts";
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

/** Starts the embedded PostgreSQL, or checks the one in DATABASE_URL. Throws `database_unreachable`, … */
export async function startDatabase(config: Config, onRestart: () => void): Promise<DatabasePart> {
  if (config.databaseUrl !== undefined) return outsideDatabase(config.databaseUrl, config.databaseAdminUrl);
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
