/** What every command works with: the database as server and as owner, keys, the log, and a place to write lines. */
import type { Config } from "../config/config.ts";
import { migrate, openDatabase, type DatabaseHandle } from "../platform/db/database.ts";
import type { DatabasePart } from "../platform/embedded/database-part.ts";
import { reachDatabase } from "../platform/embedded/reach-database.ts";
import { createOrganisationLog, type OrganisationLog } from "../platform/evidence/organisation-log.ts";
import { createKeys, type Keys } from "../platform/keys/keys.ts";
import { readMasterKey } from "../platform/keys/master-key.ts";
import { say } from "./admin-problem.ts";
import type { AdminText } from "./admin-texts.ts";

export type AdminTools = {
  readonly config: Config;
  readonly database: DatabasePart;
  readonly handle: DatabaseHandle;
  readonly keys: Keys;
  readonly log: OrganisationLog;
  readonly print: (line: string) => void;
  readonly tell: (text: AdminText, details?: Readonly<Record<string, string>>) => void;
};

/** Beside a running server or without one; ends only what it started itself. */
export async function withTools<T>(
  config: Config,
  print: (line: string) => void,
  work: (tools: AdminTools) => Promise<T>,
): Promise<T> {
  const database = await reachDatabase(config);
  try {
    await migrate(database.adminConnectionString, database.appRole);
    const handle = openDatabase(database.connectionString, () => undefined, 4);
    try {
      const keys = createKeys(readMasterKey(config.keysDir));
      const log = createOrganisationLog({ db: handle.db, keys });
      const tell: AdminTools["tell"] = (text, details) => print(say(config.language, text, details));
      return await work({ config, database, handle, keys, log, print, tell });
    } finally {
      await handle.close();
    }
  } finally {
    await database.stop();
  }
}
