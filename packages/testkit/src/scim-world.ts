/** `/scim/v2` on a real database, with the token of a directory: for server tests. */
import fastify, { type FastifyInstance } from "fastify";
import { createAccountsFeature } from "../../../apps/server/src/features/accounts/accounts-feature.ts";
import { defaultRules } from "../../../apps/server/src/features/accounts/default-rules.ts";
import { createServiceCredential } from "../../../apps/server/src/features/accounts/service-credentials.ts";
import { createBarrierWriter } from "../../../apps/server/src/features/barriers/write-barriers.ts";
import type { BarrierWriter } from "../../../apps/server/src/features/barriers/barrier-writer.ts";
import { newestModel, type ModelSource } from "../../../apps/server/src/features/barriers/barriers-deps.ts";
import { createScimFeature } from "../../../apps/server/src/features/scim/scim-feature.ts";
import { insertPerson, modelSource } from "./barriers-world.ts";
import {
  featureApp,
  featureBase,
  noMail,
  noProviders,
  testOrigin,
  testSessionLimits,
  type FeatureBase,
} from "./feature-app.ts";
import type { TestPostgres } from "./postgres.ts";

export type ScimReply = {
  readonly status: number;
  readonly body: unknown;
  readonly text: string;
  readonly header: (name: string) => string;
};
export type ScimRequest = {
  readonly body?: unknown;
  /** Instead of `body`. */
  readonly raw?: string;
  readonly headers?: Readonly<Record<string, string>>;
};
type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

export type ScimWorld = AsyncDisposable & {
  readonly base: FeatureBase;
  readonly source: ModelSource;
  readonly writer: BarrierWriter;
  readonly token: string;
  readonly owner: string;
  /** Ids of sessions that were ended, in their order. */
  readonly ended: string[];
  /** The product's own routes of accounts. */
  readonly portal: FastifyInstance;
  /** `path` after `/scim/v2`. */
  call(method: Method, path: string, request?: ScimRequest): Promise<ScimReply>;
};

export async function scimWorld(postgres: TestPostgres): Promise<ScimWorld> {
  const base = await featureBase(postgres);
  const { db, pool } = base.handle;
  const { log, limits } = base;
  await db
    .insertInto("organisation")
    .values({ name: "みどり野銀行", rules: JSON.stringify(defaultRules) })
    .execute();
  const owner = await insertPerson(base, { name: "佐久間 里奈", role: "owner", email: "rina@example.jp" });
  const ended: string[] = [];
  const source = modelSource(pool);
  const writer = createBarrierWriter({
    ...{ db, log, source },
    onCommitted: () => undefined,
    onRulesChanged: () => undefined,
  });
  const accounts = accountsOf(base, ended);
  const feature = createScimFeature({
    ...{ db, limits, accounts: accounts.forDirectory, origin: () => testOrigin },
    barriers: {
      read: () => newestModel({ db, source }),
      async write(changes, how) {
        await writer.write(changes, { ...how, origin: "api", holdsLoosening: true });
      },
    },
    onFault: (error) => {
      throw error;
    },
  });
  const http = fastify({ trustProxy: true, bodyLimit: 256 * 1024 });
  feature.bind(http);
  const portal = featureApp(base, { routes: accounts.routes });
  await http.ready();
  const made = await createServiceCredential(
    { db, log },
    { name: "Entra ID", scopes: ["scim:write"] },
    { kind: "operator" },
  );
  return {
    ...{ base, source, writer, owner, ended, portal, token: made.token },
    async call(method, path, { body, raw, headers = {} } = {}) {
      const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
      const answer = await http.inject({
        method,
        url: `/scim/v2${path}`,
        headers: {
          authorization: `Bearer ${made.token}`,
          ...(payload === undefined ? {} : { "content-type": "application/scim+json" }),
          ...headers,
        },
        ...(payload === undefined ? {} : { payload }),
      });
      const isJson = String(answer.headers["content-type"]).includes("json");
      const parsed: unknown = isJson ? JSON.parse(answer.body) : answer.body;
      const header = (name: string) => String(answer.headers[name] ?? "");
      return { status: answer.statusCode, body: parsed, text: answer.body, header };
    },
    async [Symbol.asyncDispose]() {
      await http.close();
      await portal.close();
      await base[Symbol.asyncDispose]();
    },
  };
}

function accountsOf(base: FeatureBase, ended: string[]) {
  const { keys, log, limits } = base;
  const { db } = base.handle;
  return createAccountsFeature({
    ...{
      db,
      keys,
      log,
      limits,
      sessionLimits: testSessionLimits,
      mail: noMail,
      sendsMail: false,
      now: Date.now,
    },
    origin: () => testOrigin,
    origins: () => [testOrigin],
    apart: async () => () => false,
    facts: async () => [],
    ...noProviders,
    onSessionsEnded: (ids) => ended.push(...ids),
  });
}

/** None of what is no object. */
export function keysOf(value: unknown): readonly string[] {
  return typeof value === "object" && value !== null ? Object.keys(value) : [];
}
