/**
 * The one way into `/v2`: token → scope → rate → parse → handler, and errors as existing clients know them (BAR-12).
 * Unknown fields are left out here, as those clients expect; everything else is refused by default.
 */
import { allV2Routes, type V2Route } from "@sekisho/contract";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import type { Db } from "../../platform/db/database.ts";
import { addressKey } from "../../platform/http/client-address.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import type { RateLimits } from "../../platform/http/rate-limits.ts";
import { parseLeavingOut } from "../../platform/http/strip.ts";
import { unstorablePaths } from "../../platform/http/unstorable.ts";
import { clientOf, type ApiClient } from "./api-tokens.ts";
import { acceptBodies } from "./bodies.ts";
import { once } from "./idempotency.ts";
import type { Rates } from "./rates.ts";
import { V2Error, v2ErrorOf } from "./v2-error.ts";

export type V2Call<Query, Body> = {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: Body;
  readonly client: ApiClient;
  /** The version of `If-Match`; null: none was sent. */
  readonly ifMatch: number | null;
  /** Says the version in `ETag`. */
  tag(version: number): void;
};

type RawCall = V2Call<unknown, unknown>;
/** `kept`: what a repeated request is answered, where that is not the same. */
export type V2Answer = { readonly body?: object; readonly kept?: object };
export type BoundV2 = { readonly route: V2Route; readonly handle: (call: RawCall) => Promise<V2Answer> };

export type V2BinderDeps = {
  readonly db: Db;
  readonly rates: Rates;
  readonly limits: RateLimits;
  readonly strictResponses: boolean;
  readonly onFault: (error: unknown, request: { readonly method: string; readonly route: string }) => void;
};

/** Ties a handler to its route with the types of the route's schemas. */
export function handleV2<Q extends z.ZodType, B extends z.ZodType>(
  route: V2Route & { readonly query: Q; readonly body: B },
  handler: (call: V2Call<z.output<Q>, z.output<B>>) => Promise<V2Answer>,
): BoundV2 {
  return {
    route,
    handle: (call) =>
      handler({ ...call, query: parse(route.query, call.query), body: parse(route.body, call.body) }),
  };
}

/** Throws if a route has no handler or a handler no route. */
export function bindV2(http: FastifyInstance, bound: readonly BoundV2[], deps: V2BinderDeps): void {
  const missing = allV2Routes.filter((route) => !bound.some((one) => one.route === route));
  if (missing.length > 0 || bound.length !== allV2Routes.length)
    throw new Error(`/v2 routes do not match their handlers: ${missing.map(({ id }) => id).join(", ")}`);
  void http.register(
    (scope, _options, done) => {
      acceptBodies(scope);
      scope.setErrorHandler((error: unknown, request, reply) => sendError(error, request, reply, deps));
      scope.setNotFoundHandler(async (request, reply) => {
        await knownClient(request, deps);
        return send(reply, new V2Error("no_such_path"));
      });
      for (const one of bound) bindOne(scope, one, deps);
      done();
    },
    { prefix: "/v2" },
  );
}

function bindOne(scope: FastifyInstance, bound: BoundV2, deps: V2BinderDeps): void {
  const { route } = bound;
  const url = route.path.slice("/v2".length);
  const admitted = new WeakMap<FastifyRequest, ApiClient>();
  const options = {
    method: route.method,
    exposeHeadRoute: false,
    bodyLimit: route.category === "Heavy" ? largeBody : usualBody,
    // Before the body is read: nobody makes this server hold a large one without a client's token.
    async onRequest(request: FastifyRequest, reply: FastifyReply) {
      admitted.set(request, await admit(route, request, reply, deps));
    },
    async handler(request: FastifyRequest, reply: FastifyReply) {
      const client = admitted.get(request);
      if (client === undefined) throw new V2Error("invalid_token");
      return answer({ request, reply, client }, bound, deps);
    },
  };
  // Some clients end every path in a slash.
  for (const path of [url, `${url}/`]) scope.route({ ...options, url: path });
}

/** Bytes. A whole state of the barriers is large; nothing else is. */
const largeBody = 64 * 1024 * 1024;
const usualBody = 256 * 1024;

async function admit(
  route: V2Route,
  request: FastifyRequest,
  reply: FastifyReply,
  deps: V2BinderDeps,
): Promise<ApiClient> {
  const client = await knownClient(request, deps);
  takeRate(route, client, reply, deps);
  if (!route.scopes.some((scope) => client.scopes.includes(scope)))
    throw new V2Error("missing_scope", route.scopes.join(", "));
  return client;
}

type Admitted = {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly client: ApiClient;
};

async function answer({ request, reply, client }: Admitted, bound: BoundV2, deps: V2BinderDeps) {
  const { route } = bound;
  requireStorable({ query: request.query, body: request.body, params: request.params });
  const call: RawCall = {
    params: paramsOf(request.params),
    query: request.query,
    body: request.body ?? {},
    client,
    ifMatch: ifMatchOf(request.headers["if-match"]),
    tag: (version) => void reply.header("etag", `"${version}"`),
  };
  reply.header("cache-control", "no-store");
  const key = request.headers["idempotency-key"];
  if (key === undefined || route.method === "GET") {
    const { body } = await bound.handle(call);
    return reply.status(route.status).send(checked(route, body, deps) ?? undefined);
  }
  if (typeof key !== "string" || !/^[\x20-\x7e]{1,200}$/u.test(key))
    throw new V2Error("validation", "Idempotency-Key: 1 to 200 printable characters.");
  let fresh: unknown;
  const { answer: kept, replayed } = await once(
    deps.db,
    {
      clientId: client.id,
      key,
      request: { method: request.method, url: request.url, body: request.body },
    },
    async () => {
      const done = await bound.handle(call);
      fresh = checked(route, done.body, deps);
      const repeat = checked(route, done.kept ?? done.body, deps);
      return { status: route.status, body: repeat === null ? null : JSON.stringify(repeat) };
    },
  );
  if (!replayed) return reply.status(kept.status).send(fresh ?? undefined);
  reply.header("idempotent-replayed", "true");
  if (kept.body === null) return reply.status(kept.status).send();
  return reply.status(kept.status).type("application/json; charset=utf-8").send(kept.body);
}

/** Who has no good token is counted by address, so that guessing is not free. */
async function knownClient(request: FastifyRequest, deps: V2BinderDeps): Promise<ApiClient> {
  const client = await clientOf(deps.db, request.headers.authorization);
  if (client !== null) return client;
  deps.limits.takeLocal(`v2:nobody:${addressKey(request.ip)}`, { max: 300, windowSeconds: 60 });
  throw new V2Error("invalid_token");
}

function takeRate(route: V2Route, client: ApiClient, reply: FastifyReply, deps: V2BinderDeps): void {
  const { allowed, limit, remaining } = deps.rates.take(client.id, route.category);
  reply.header("x-ratelimit-category", route.category);
  reply.header("x-ratelimit-type", "QPS");
  reply.header("x-ratelimit-limit", String(limit));
  reply.header("x-ratelimit-remaining", String(remaining));
  if (!allowed) throw new V2Error("too_many", "", { retryAfterSeconds: 1 });
}

function requireStorable(parts: unknown): void {
  const paths = unstorablePaths(parts);
  if (paths.length > 0)
    throw new V2Error("validation", "", {
      fields: paths.map((field) => ({ field, message: "Invalid field." })),
    });
}

function paramsOf(value: unknown): Readonly<Record<string, string>> {
  return typeof value === "object" && value !== null
    ? Object.fromEntries(Object.entries(value).map(([name, text]) => [name, String(text)]))
    : {};
}

function ifMatchOf(header: string | undefined): number | null {
  if (header === undefined || header.trim() === "*") return null;
  const version = /^(?:W\/)?"?(\d{1,10})"?$/u.exec(header.trim())?.[1];
  if (version === undefined) throw new V2Error("version_changed");
  return Number(version);
}

function parse<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.slice(0, 20).map((issue) => ({
    field: issue.path.map(String).join("."),
    message: "Invalid field.",
  }));
  if (fields.some(({ field }) => field === "next_page_token")) throw new V2Error("page_token");
  if (fields.every(({ field }) => field === "")) throw new V2Error("not_json");
  throw new V2Error("validation", "", { fields });
}

function checked(route: V2Route, body: object | undefined, deps: V2BinderDeps): unknown {
  if (route.response === null) return null;
  const fits = route.response.safeParse(body);
  if (fits.success) return fits.data;
  if (deps.strictResponses) throw new Error(`answer of ${route.id} does not fit: ${fits.error.message}`);
  return parseLeavingOut(route.response, body);
}

function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply, deps: V2BinderDeps): void {
  const known = error instanceof V2Error ? error : errorOf(error);
  if (known.status === 500)
    deps.onFault(error, { method: request.method, route: request.routeOptions.url ?? "unknown" });
  send(reply, known);
}

function send(reply: FastifyReply, error: V2Error): FastifyReply {
  if (error.retryAfterSeconds !== null) reply.header("retry-after", String(error.retryAfterSeconds));
  else if (error.status === 503) reply.header("retry-after", "2");
  return reply.status(error.status).header("cache-control", "no-store").send(error.body);
}

/** PostgreSQL's class 08, 57, 53, and the socket's own codes: not a fault of ours, and over soon. */
const unreachable = /^(?:08|57|53)|^(?:ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|ETIMEDOUT)$/u;

function errorOf(error: unknown): V2Error {
  if (error instanceof HttpError) return v2ErrorOf(error);
  const code = error instanceof Error ? String(Reflect.get(error, "code") ?? "") : "";
  const status: unknown = error instanceof Error ? Reflect.get(error, "statusCode") : null;
  if (code === "FST_ERR_CTP_BODY_TOO_LARGE") return new V2Error("too_large");
  if (code === "FST_ERR_CTP_INVALID_MEDIA_TYPE") return new V2Error("media_type");
  if (typeof status === "number" && status >= 400 && status < 500) return new V2Error("not_json");
  return new V2Error(unreachable.test(code) ? "busy" : "internal");
}
