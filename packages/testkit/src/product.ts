import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startApp, type App } from "../../../apps/server/src/app.ts";
import type { Config } from "../../../apps/server/src/config/config.ts";
import { loadConfig } from "../../../apps/server/src/config/load-config.ts";
import { buildPage } from "../../../apps/server/src/platform/embedded/page-build.ts";
import { appRole } from "../../../apps/server/src/platform/embedded/postgres-roles.ts";
import { openListener } from "../../../apps/server/src/platform/tls/listener.ts";
import { migrate } from "../../../apps/server/src/platform/db/database.ts";
import { startLiveKit, type TestLiveKit } from "./livekit.ts";
import { startPostgres, type TestDatabase, type TestPostgres, type TestPostgresOptions } from "./postgres.ts";
import { type Client, createClient } from "./client.ts";

export type ProductOptions = {
  /** Settings by the names of docs/CONFIGURATION.md. */
  readonly config?: Partial<Config>;
  /** False: no page is built or served; for tests of the API alone. */
  readonly page?: boolean;
  readonly postgres?: TestPostgresOptions;
};

/** One server process of a product. Several share the database, the keys and the media server. */
export type ProductProcess = AsyncDisposable & {
  readonly origin: string;
  readonly setupUrl: string | null;
  stop(): Promise<void>;
};

export type ProcessChange = {
  /** That of a process which has stopped: the same address. */
  readonly port?: number;
  /** Another folder with a built page. */
  readonly page?: string;
  readonly minClientBuild?: number;
};

export type Product = AsyncDisposable & {
  readonly origin: string;
  readonly first: ProductProcess;
  readonly postgres: TestPostgres;
  readonly database: TestDatabase;
  readonly livekit: TestLiveKit;
  readonly keysDir: string;
  /** A further process on the same database and media server; or the same anew, where the first has stopped. */
  startProcess(change?: ProcessChange): Promise<ProductProcess>;
  /** Makes the organisation and its owner through the set-up link, and answers the owner's signed-in client. */
  setUp(): Promise<Client>;
  /** Somebody without a session: a browser of its own, as far as cookies go. */
  client(origin?: string): Client;
};

export const owner = {
  organisationName: "みどり野銀行",
  organisationAddress: "https://midorino.example",
  email: "rina.sakuma@midorino.example",
  displayName: "佐久間 里奈",
  password: "correct horse battery staple 関所",
  locale: "ja",
} as const;

/** The whole product on real parts, in this process: `await using product = await startProduct()`. */
export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const stack = new AsyncDisposableStack();
  const folder = mkdtempSync(join(tmpdir(), "sekisho-product-"));
  stack.defer(() => rmSync(folder, { recursive: true, force: true }));
  const postgres = stack.use(await startPostgres(options.postgres));
  const database = await postgres.createDatabase();
  await migrate(database.adminConnectionString, appRole);
  const livekit = stack.use(await startLiveKit());
  const pageDir = options.page === false ? null : await buildPage();

  async function startProcess(change: ProcessChange = {}): Promise<ProductProcess> {
    const { page, ...changed } = change;
    const config: Config = {
      ...loadConfig({ argv: ["--data", folder], env: { SEKISHO_LOG_LEVEL: "error" }, root: folder }),
      port: 0,
      rateLimits: generous,
      ...options.config,
      ...changed,
    };
    const listener = await openListener(config);
    const parts = {
      config,
      listener,
      database: { ...database, appRole, stop: () => Promise.resolve() },
      livekit,
      pageDir: page ?? pageDir,
      onEngineRestart: () => undefined,
    };
    const app: App = await startApp(parts, { strictResponses: true });
    let stopped: Promise<void> | null = null;
    const stop = () => (stopped ??= app.close().then(() => listener.close()));
    return { origin: listener.origin, setupUrl: app.setupUrl, stop, [Symbol.asyncDispose]: stop };
  }

  const first = stack.use(await startProcess());
  return {
    origin: first.origin,
    first,
    postgres,
    database,
    livekit,
    keysDir: join(folder, "keys"),
    client: (origin = first.origin) => createClient(origin),
    async startProcess(change) {
      return stack.use(await startProcess(change));
    },
    async setUp() {
      const client = createClient(first.origin);
      const token = first.setupUrl?.split("/").at(-1) ?? "";
      await client.ok("POST", `/api/setup/${token}`, owner);
      return client;
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

const plenty = { max: 1_000_000, windowSeconds: 60 };
/** Limits have tests of their own; elsewhere they would only make tests depend on each other. */
const generous = {
  read: plenty,
  write: plenty,
  signIn: plenty,
  entry: plenty,
  command: plenty,
  chat: plenty,
};
