/** The `/v2` surface on a real database, with a client that has its token: for server tests. */
import fastify, { type FastifyInstance } from "fastify";
import { classicApiScopes, type ApiScope } from "@sekisho/contract";
import { id, type RecordedEvent } from "@sekisho/domain";
import { createApiBarriers } from "../../../apps/server/src/app/api-barriers.ts";
import { createAccountsFeature } from "../../../apps/server/src/features/accounts/accounts-feature.ts";
import { defaultRules } from "../../../apps/server/src/features/accounts/default-rules.ts";
import type { BarrierWriter } from "../../../apps/server/src/features/barriers/barrier-writer.ts";
import { createBarrierWriter } from "../../../apps/server/src/features/barriers/write-barriers.ts";
import { createMeetingsFeature } from "../../../apps/server/src/features/meetings/meetings-feature.ts";
import { createApiClient } from "../../../apps/server/src/features/v2-api/api-clients.ts";
import {
  createV2Feature,
  type V2Deps,
  type V2Feature,
} from "../../../apps/server/src/features/v2-api/v2-feature.ts";
import type { Caller } from "../../../apps/server/src/platform/http/caller.ts";
import { insertPerson, modelSource } from "./barriers-world.ts";
import {
  featureApp,
  featureBase,
  noMail,
  noNews,
  noProviders,
  nothingToTry,
  testOrigin,
  testSessionLimits,
  type FeatureBase,
} from "./feature-app.ts";
import type { TestPostgres } from "./postgres.ts";

export type ApiAnswer = {
  readonly status: number;
  readonly body: unknown;
  readonly text: string;
  readonly header: (name: string) => string;
};

export type ApiCall = {
  readonly body?: unknown;
  /** Instead of `body`. */
  readonly raw?: string;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

export type ApiWorld = AsyncDisposable & {
  readonly base: FeatureBase;
  readonly feature: V2Feature;
  readonly writer: BarrierWriter;
  readonly http: FastifyInstance;
  readonly token: string;
  readonly owner: string;
  readonly people: readonly string[];
  /** Ids of meetings that were ended. */
  readonly ended: string[];
  call(method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE", path: string, call?: ApiCall): Promise<ApiAnswer>;
  /** The owner's own routes, as the owner. */
  owning(method: "GET" | "POST" | "DELETE", path: string, body?: unknown): Promise<ApiAnswer>;
  /** The webhooks of a further process on the same database. */
  second(): Promise<AsyncDisposable & V2Feature["webhooks"]>;
  /** A further client with these scopes; answers its token. */
  tokenFor(scopes: readonly ApiScope[]): Promise<string>;
};

export type ApiWorldOptions = Partial<Pick<V2Deps, "rates" | "waitAfter" | "loopbackAllowed">> & {
  readonly instanceLog?: (instanceId: string, after: number) => Promise<readonly RecordedEvent[]>;
};

export async function apiWorld(postgres: TestPostgres, options: ApiWorldOptions = {}): Promise<ApiWorld> {
  const base = await featureBase(postgres);
  const { db, pool } = base.handle;
  await db
    .insertInto("organisation")
    .values({ name: "みどり野銀行", rules: JSON.stringify(defaultRules) })
    .execute();
  const owner = await insertPerson(base, { name: "佐久間 里奈", role: "owner", email: "rina@example.jp" });
  const people = [
    await insertPerson(base, { name: "桐生 真帆", email: "maho@example.jp" }),
    await insertPerson(base, { name: "外山 恵", email: "megumi@example.jp" }),
  ];
  await personalNumbers(base, [owner, ...people]);
  const ended: string[] = [];
  const source = modelSource(pool);
  const writer = createBarrierWriter({
    ...{ db, log: base.log, source },
    onCommitted: () => undefined,
    onRulesChanged: () => undefined,
  });
  const feature = featureOf(base, { options, source, writer, ended });
  const http = fastify({ trustProxy: true, bodyLimit: 256 * 1024 });
  feature.bind(http, { strictResponses: true });
  const portal = featureApp(base, { routes: feature.routes, serviceOf: async () => asOwner(owner) });
  await http.ready();

  async function tokenFor(scopes: readonly ApiScope[]): Promise<string> {
    const deps = { db, log: base.log };
    const made = await createApiClient(
      deps,
      { name: "社員台帳", scopes, actsFor: owner },
      { kind: "operator" },
    );
    const basic = Buffer.from(`${made.client.clientId}:${made.clientSecret}`).toString("base64");
    const answer = await http.inject({
      method: "POST",
      url: `/oauth/token?grant_type=account_credentials&account_id=${made.accountId}`,
      headers: { authorization: `Basic ${basic}` },
    });
    const body: unknown = answer.json();
    return String(Reflect.get(Object(body), "access_token"));
  }
  const token = await tokenFor(classicApiScopes);

  return {
    ...{ base, feature, writer, http, token, owner, people, ended, tokenFor },
    async owning(method, path, body) {
      const answer = await portal.inject({
        method,
        url: path,
        headers: {
          authorization: "Owner",
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
      });
      return answerOf(answer);
    },
    async second() {
      const { webhooks } = featureOf(base, { options, source: modelSource(pool), writer, ended });
      return { ...webhooks, [Symbol.asyncDispose]: () => webhooks.stop() };
    },
    async call(method, path, { body, raw, token: other, headers = {} } = {}) {
      const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
      const answer = await http.inject({
        method,
        url: path,
        headers: {
          authorization: `Bearer ${other ?? token}`,
          ...(payload === undefined ? {} : { "content-type": "application/json" }),
          ...headers,
        },
        ...(payload === undefined ? {} : { payload }),
      });
      return answerOf(answer);
    },
    async [Symbol.asyncDispose]() {
      await feature.webhooks.stop();
      await http.close();
      await portal.close();
      await base[Symbol.asyncDispose]();
    },
  };
}

type Injected = Awaited<ReturnType<FastifyInstance["inject"]>>;

function answerOf(answer: Injected): ApiAnswer {
  const isJson = String(answer.headers["content-type"]).includes("json");
  const body: unknown = isJson ? answer.json() : answer.body;
  const header = (name: string) => String(answer.headers[name] ?? "");
  return { status: answer.statusCode, body, text: answer.body, header };
}

/** Signed in, without the ceremony. */
function asOwner(accountId: string): Caller {
  return {
    kind: "account",
    accountId: id.account(accountId),
    sessionId: "session-of-the-owner",
    role: "owner",
    duties: [],
    displayName: "佐久間 里奈",
    email: "rina@example.jp",
    strength: "password",
  };
}

async function personalNumbers(base: FeatureBase, ids: readonly string[]): Promise<void> {
  for (const [index, accountId] of ids.entries())
    await base.handle.db
      .updateTable("account")
      .set({ personal_number: `100000000${index + 1}`, personal_link: `personal-link-${index}-aaaaaaaa` })
      .where("id", "=", accountId)
      .execute();
}

/** Limits have a test of their own. */
const plenty = 1_000_000;

type Parts = {
  readonly options: ApiWorldOptions;
  readonly source: ReturnType<typeof modelSource>;
  readonly writer: BarrierWriter;
  readonly ended: string[];
};

function featureOf(base: FeatureBase, { options, source, writer, ended }: Parts): V2Feature {
  const { db } = base.handle;
  const { keys, log, limits } = base;
  const shared = { db, keys, log, limits, origin: () => testOrigin };
  const accounts = createAccountsFeature({
    ...shared,
    sessionLimits: testSessionLimits,
    apart: async () => () => false,
    facts: async () => [],
    mail: noMail,
    sendsMail: false,
    origins: () => [testOrigin],
    now: Date.now,
    ...noProviders,
    onSessionsEnded: () => undefined,
  });
  const meetings = createMeetingsFeature({
    ...shared,
    apart: async () => () => false,
    abilities: { e2ee: false, mail: true, country: null },
    preflight: nothingToTry,
    onMeetingChanged: () => undefined,
    news: noNews,
    noteInInstance: async () => undefined,
  });
  return createV2Feature({
    ...shared,
    barriers: createApiBarriers({ db, log, source, writer }),
    meetings: {
      ...meetings.forServices,
      async end(meetingId) {
        ended.push(meetingId);
        return true;
      },
    },
    accounts: accounts.forServices,
    instanceLog: options.instanceLog ?? (async () => []),
    loopbackAllowed: options.loopbackAllowed ?? true,
    rates: options.rates ?? { Light: plenty, Medium: plenty, Heavy: plenty },
    ...(options.waitAfter === undefined ? {} : { waitAfter: options.waitAfter }),
    onFault: (error) => {
      throw error;
    },
    onFailure: (error) => {
      throw error;
    },
  });
}
