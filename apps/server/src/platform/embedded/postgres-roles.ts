import { Client } from "pg";
import { adminRole } from "./postgres-cluster.ts";

/** The server's own role: it owns nothing, so no statement of a request can change the schema or the log's rules. */
export const appRole = "sekisho_app";
export const databaseName = "sekisho";

/** Address of a database behind a unix socket, in the form the `pg` driver reads. */
export function socketUrl(sockets: string, database: string, role: string): string {
  return `postgresql://${role}@/${encodeURIComponent(database)}?host=${encodeURIComponent(sockets)}`;
}

/** Makes the role and the database where they do not exist yet. Rights on tables are granted by the migrations. */
export async function ensureDatabase(sockets: string): Promise<void> {
  await withClient(socketUrl(sockets, "postgres", adminRole), async (client) => {
    const role = await client.query("select 1 from pg_roles where rolname = $1", [appRole]);
    if (role.rowCount === 0)
      await client.query(`create role ${appRole} login nosuperuser nocreatedb nocreaterole`);
    const database = await client.query("select 1 from pg_database where datname = $1", [databaseName]);
    if (database.rowCount === 0) await client.query(`create database ${databaseName}`);
  });
}

/** An address that swallows every packet must not keep a start waiting for minutes. */
const patienceMs = 10_000;

/** Runs something with one connection, and closes it whatever happens. */
export async function withClient<T>(
  connectionString: string,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client({ connectionString, connectionTimeoutMillis: patienceMs });
  // A connection that breaks between two queries must not end the process; the next query reports it.
  client.on("error", () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
