import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { startEmbeddedPostgres } from "../../../apps/server/src/platform/embedded/postgres.ts";
import { adminRole } from "../../../apps/server/src/platform/embedded/postgres-cluster.ts";
import { appRole, socketUrl } from "../../../apps/server/src/platform/embedded/postgres-roles.ts";

export type TestDatabase = {
  readonly name: string;
  /** As the role without ownership, like the running server. */
  readonly connectionString: string;
  /** As the owner, for migrations. */
  readonly adminConnectionString: string;
};

export type TestPostgres = AsyncDisposable & {
  readonly dataDir: string;
  readonly socketDir: string;
  /** Of the postmaster, also after a restart: for tests that kill it. */
  readonly pid: number;
  /** A new empty database, or a copy of another one to which nobody is connected (about 30 ms). */
  createDatabase(template?: TestDatabase): Promise<TestDatabase>;
  stop(): Promise<void>;
};

export type TestPostgresOptions = {
  /** Writes reach the disk before a commit is acknowledged: slower, and needed only where the server is killed. */
  readonly durable?: boolean;
};

/** A real PostgreSQL with its own data folder, which goes with it: `await using postgres = await startPostgres()`. */
export async function startPostgres(options: TestPostgresOptions = {}): Promise<TestPostgres> {
  const dataDir = mkdtempSync(join(tmpdir(), "sekisho-pg-"));
  // As root PostgreSQL runs as another account, which must get through.
  if (process.getuid?.() === 0) chmodSync(dataDir, 0o711);
  const settings =
    options.durable === true ? [] : ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];
  const server = await startEmbeddedPostgres({ dataDir, settings });
  async function stop(): Promise<void> {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
  return {
    dataDir,
    socketDir: server.socketDir,
    get pid() {
      return server.pid;
    },
    createDatabase: (template) => createDatabase(server.socketDir, template),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

async function createDatabase(sockets: string, template: TestDatabase | undefined): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString("hex")}`;
  const client = new Client({ connectionString: socketUrl(sockets, "postgres", adminRole) });
  await client.connect();
  try {
    await client.query(
      `create database ${name} template ${template?.name ?? "template0"} strategy file_copy`,
    );
  } finally {
    await client.end();
  }
  return {
    name,
    connectionString: socketUrl(sockets, name, appRole),
    adminConnectionString: socketUrl(sockets, name, adminRole),
  };
}
