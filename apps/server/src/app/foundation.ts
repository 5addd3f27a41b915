/** What every feature stands on: database, keys, sessions, limits, the media server, the log. */
import { openDatabase } from "../platform/db/database.ts";
import type { ServerParts } from "../platform/embedded/start-parts.ts";
import { createOrganisationLog } from "../platform/evidence/organisation-log.ts";
import { createAddressReader } from "../platform/http/client-address.ts";
import { createRateLimits } from "../platform/http/rate-limits.ts";
import { createSessions } from "../platform/http/sessions.ts";
import { createKeys } from "../platform/keys/keys.ts";
import { readMasterKey } from "../platform/keys/master-key.ts";
import { createLog } from "../platform/log.ts";
import { createLivekitSfu } from "../sfu/livekit-sfu.ts";

/** Connections for what is read while a command holds one of the pool: it must never wait for the pool itself. */
const readerConnections = 4;

export type Foundation = ReturnType<typeof layFoundation>;

export function layFoundation(parts: Omit<ServerParts, "pageDir">) {
  const { config, listener } = parts;
  const log = createLog(config.logLevel);
  let closing = false;
  // A pool that is closed does not wait for its sockets: what they say of a database that stops is no news.
  const lost = (error: Error) => {
    if (!closing) log.warn({ error }, "database connection lost");
  };
  const { connectionString } = parts.database;
  const database = openDatabase(connectionString, lost, config.databasePool);
  const readers = openDatabase(connectionString, lost, readerConnections);
  const { db } = database;
  const keys = createKeys(readMasterKey(config.keysDir));
  const clock = { now: () => Date.now() };
  return {
    config,
    log,
    connectionString,
    database,
    readers,
    db,
    keys,
    clock,
    sfu: createLivekitSfu(parts.livekit),
    sessions: createSessions(db, config.sessionLimits, keys),
    limits: createRateLimits(db, clock.now),
    addresses: createAddressReader(config.trustedProxies),
    organisationLog: createOrganisationLog({ db, keys }),
    origin: () => listener.origin,
    origins: () => listener.origins,
    async close() {
      closing = true;
      await database.close();
      await readers.close();
    },
  };
}
