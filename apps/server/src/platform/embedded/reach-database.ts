import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "../../config/config.ts";
import { StartProblem, systemErrorCode } from "../../config/start-problem.ts";
import { type DatabasePart, startDatabase } from "./database-part.ts";
import { adminRole } from "./postgres-cluster.ts";
import { appRole, databaseName, socketUrl } from "./postgres-roles.ts";

/**
 * For the administrators' command line, beside a running server or without one: the server's own PostgreSQL where it
 * runs, else one started for this command. `stop` ends only what was started here.
 */
export async function reachDatabase(config: Config): Promise<DatabasePart> {
  try {
    return await startDatabase(config, () => undefined);
  } catch (error) {
    const isRunning = error instanceof StartProblem && error.code === "data_in_use";
    const sockets = isRunning ? runningSocket(config.dataDir) : null;
    if (sockets === null) throw error;
    return {
      connectionString: socketUrl(sockets, databaseName, appRole),
      adminConnectionString: socketUrl(sockets, databaseName, adminRole),
      appRole,
      stop: () => Promise.resolve(),
    };
  }
}

/** Line 5 of the postmaster's lock file. */
function runningSocket(dataDir: string): string | null {
  try {
    return readFileSync(join(dataDir, "postgres", "postmaster.pid"), "utf8").split("\n")[4] || null;
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return null;
    throw error;
  }
}
