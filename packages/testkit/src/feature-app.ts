/** A real Fastify with some features' routes on a real database, and browsers that keep cookies: for server tests. */
import fastify, { type FastifyInstance, type InjectOptions } from "fastify";
import {
  accountGuard,
  dutyGuard,
  serviceGuard,
  signingInGuard,
} from "../../../apps/server/src/features/accounts/guards.ts";
import {
  createOrganisationLog,
  type OrganisationLog,
} from "../../../apps/server/src/platform/evidence/organisation-log.ts";
import { migrate, openDatabase, type DatabaseHandle } from "../../../apps/server/src/platform/db/database.ts";
import {
  bindSome,
  type BinderDeps,
  type BoundRoute,
  type Guard,
} from "../../../apps/server/src/platform/http/binder.ts";
import type { MeetingNews } from "../../../apps/server/src/features/meetings/meetings-deps.ts";
import type { Preflight } from "../../../apps/server/src/features/meetings/preflight.ts";
import { HttpError } from "../../../apps/server/src/platform/http/http-error.ts";
import { createRateLimits, type RateLimits } from "../../../apps/server/src/platform/http/rate-limits.ts";
import { createSessions, type SessionLimits } from "../../../apps/server/src/platform/http/sessions.ts";
import type { Outbox } from "../../../apps/server/src/platform/mail/outbox.ts";
import { createKeys, type Keys } from "../../../apps/server/src/platform/keys/keys.ts";
import { randomBytes } from "node:crypto";
import type { TestDatabase, TestPostgres } from "./postgres.ts";

export const testOrigin = "https://meet.example.jp";
export const testSessionLimits: SessionLimits = { idleSeconds: 3600, absoluteSeconds: 24 * 3600 };

/** For tests without identity providers. */
export const noProviders = { loopbackAllowed: true, groupsAtSignIn: async () => undefined } as const;

export type FeatureBase = AsyncDisposable & {
  readonly handle: DatabaseHandle;
  readonly database: TestDatabase;
  readonly keys: Keys;
  readonly log: OrganisationLog;
  readonly limits: RateLimits;
};

/** For tests that look at no check before a start: nothing can be tried here, so nothing works. */
export const nothingToTry: Preflight = {
  removalWorks: async () => false,
  mailReachable: async () => null,
  region: null,
  behindProxy: () => true,
  agreed: async () => [],
  passcodeWays: async () => [],
  registrants: async () => ({ registered: 0, pending: 0, waitlisted: 0 }),
  present: async () => new Set(),
};

/** For tests that look at no mail that a change brings with it. */
export const noNews: MeetingNews = {
  uninvited: async () => undefined,
  cancelled: async () => undefined,
  kick: () => undefined,
};

/** For tests that look at no message. */
export const noMail: Pick<Outbox, "put" | "kick"> = { put: async () => "", kick: () => undefined };

/** A migrated database of its own, and what features are made of. */
export async function featureBase(postgres: TestPostgres): Promise<FeatureBase> {
  const database = await postgres.createDatabase();
  await migrate(database.adminConnectionString, "sekisho_app");
  const handle = openDatabase(database.connectionString, () => undefined);
  const keys = createKeys(randomBytes(32));
  const log = createOrganisationLog({ db: handle.db, keys });
  // One window for the whole test: none is over in the middle of a count.
  const began = Date.now();
  const limits = createRateLimits(handle.db, () => began);
  return { handle, database, keys, log, limits, [Symbol.asyncDispose]: () => handle.close() };
}

export type AppParts = {
  readonly routes: readonly BoundRoute[];
  readonly serviceOf?: BinderDeps["serviceOf"];
  readonly meetingGuard?: Guard;
  readonly minimumBuild?: number;
};

export function featureApp(base: FeatureBase, parts: AppParts): FastifyInstance {
  const app = fastify({ bodyLimit: 256 * 1024, trustProxy: true });
  app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
    if (error instanceof HttpError) return reply.status(error.status).send(error.body);
    const refused = (error.statusCode ?? 500) < 500;
    return reply
      .status(refused ? 400 : 500)
      .send({ code: refused ? "bad_request" : "internal", message: error.message });
  });
  bindSome(app, parts.routes, {
    sessions: createSessions(base.handle.db, testSessionLimits, base.keys),
    limits: base.limits,
    limitOf: () => ({ max: 100_000, windowSeconds: 60 }),
    async guard(access, caller, request, params) {
      if (access.kind === "public" || access.kind === "answer") return null;
      if (access.kind === "account") return accountGuard(access, caller);
      if (access.kind === "signingIn") return signingInGuard(access, caller);
      if (access.kind === "duty") return dutyGuard(access, caller);
      if (access.kind === "service") return serviceGuard(access, caller);
      if (access.kind === "meeting" && parts.meetingGuard !== undefined)
        return parts.meetingGuard(access, caller, request, params);
      throw new HttpError("not_allowed");
    },
    origins: () => [testOrigin],
    minimumBuild: parts.minimumBuild ?? 0,
    strictResponses: true,
    serviceOf: parts.serviceOf ?? (async () => null),
  });
  return app;
}

export type Answer = { readonly status: number; readonly body: unknown; readonly text: string };

/** Keeps cookies like a browser does; `ip` is where its requests come from. */
export class TestBrowserClient {
  readonly #app: FastifyInstance;
  readonly #ip: string;
  readonly cookies = new Map<string, string>();

  constructor(app: FastifyInstance, ip = "203.0.113.7") {
    this.#app = app;
    this.#ip = ip;
  }

  async send(
    method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE",
    url: string,
    body?: unknown,
  ): Promise<Answer> {
    return this.sendRaw({ method, url, ...(body === undefined ? {} : { payload: JSON.stringify(body) }) });
  }

  async sendRaw(options: InjectOptions): Promise<Answer> {
    const answer = await this.#app.inject({
      ...options,
      headers: {
        origin: testOrigin,
        "x-forwarded-for": this.#ip,
        ...(options.payload === undefined ? {} : { "content-type": "application/json" }),
        ...(this.cookies.size === 0
          ? {}
          : { cookie: [...this.cookies].map((pair) => pair.join("=")).join("; ") }),
        ...options.headers,
      },
    });
    for (const cookie of [answer.headers["set-cookie"] ?? []].flat()) this.#keep(cookie);
    const isJson = String(answer.headers["content-type"]).includes("json");
    return { status: answer.statusCode, body: isJson ? answer.json() : answer.body, text: answer.body };
  }

  #keep(cookie: string): void {
    const [pair = ""] = cookie.split(";");
    const at = pair.indexOf("=");
    if (cookie.includes("Max-Age=0")) this.cookies.delete(pair.slice(0, at));
    else this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
  }
}
