/**
 * The one way in for every request: limit → caller → access → parse → handler. A route without a handler, or a handler
 * without a route, does not start; an access that nothing here knows is refused.
 */
import { allRoutes, buildHeader, type Access, type LimitName, type Route } from "@sekisho/contract";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { callerKey, type Caller } from "./caller.ts";
import { addressKey } from "./client-address.ts";
import { HttpError } from "./http-error.ts";
import { isSameOrigin } from "./origin.ts";
import type { Limit, RateLimits } from "./rate-limits.ts";
import type { Sessions } from "./sessions.ts";
import { contextOf } from "../../unsafe.ts";
import { parseLeavingOut } from "./strip.ts";
import { unstorablePaths } from "./unstorable.ts";
import type { z } from "zod";

export type CallContext<R extends Route, Guarded = unknown> = {
  readonly params: z.output<R["params"]>;
  readonly query: z.output<R["query"]>;
  readonly body: z.output<R["body"]>;
  readonly caller: Caller;
  /** What the guard of the route's access found: the meeting, the admission, the account. */
  readonly found: Guarded;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
};

export type Handler<R extends Route, Guarded = unknown> = (
  context: CallContext<R, Guarded>,
) => Promise<z.input<R["response"]> | undefined>;

export type BoundRoute = {
  readonly route: Route;
  readonly handle: (context: CallContext<Route>) => Promise<unknown>;
};

/** Decides whether a caller may use a route; throws `HttpError`. Its answer reaches the handler as `found`. */
export type Guard = (
  access: Access,
  caller: Caller,
  request: FastifyRequest,
  params: unknown,
) => Promise<unknown>;

export type BinderDeps = {
  readonly sessions: Sessions;
  readonly limits: RateLimits;
  readonly limitOf: (name: LimitName) => Limit;
  readonly guard: Guard;
  readonly origins: () => readonly string[];
  /** Oldest build of the page that is answered; 0: every one (OPS-1). */
  readonly minimumBuild: number;
  /** In tests a response that does not fit its schema is an error; in production what is too much is left out. */
  readonly strictResponses: boolean;
  /** A credential in `authorization: Bearer …`; null if it is not one of ours. */
  readonly serviceOf: (authorization: string) => Promise<Caller | null>;
};

/** Ties a handler to its route with the types of both; `Guarded` is what the route's guard answers. */
export function handle<R extends Route, Guarded = unknown>(
  route: R,
  handler: Handler<R, Guarded>,
): BoundRoute {
  return { route, handle: (context) => handler(contextOf<R, Guarded>(context)) };
}

/** Throws if a route of the contract is missing, doubled or unknown: nothing is half bound. */
export function bindRoutes(app: FastifyInstance, bound: readonly BoundRoute[], deps: BinderDeps): void {
  const byId = new Map(bound.map((one) => [one.route.id, one]));
  const missing = allRoutes.filter((route) => !byId.has(route.id)).map((route) => route.id);
  if (missing.length > 0 || byId.size !== bound.length || byId.size !== allRoutes.length)
    throw new Error(`routes do not match their handlers: ${missing.join(", ")}`);
  bindSome(app, bound, deps);
}

/** Binds these routes alone: for tests of one feature. A server binds all of them, with `bindRoutes`. */
export function bindSome(app: FastifyInstance, bound: readonly BoundRoute[], deps: BinderDeps): void {
  for (const one of bound) bindOne(app, one, deps);
}

/** A form is read where a route of that access is, and nowhere else: no other route takes what a site can make a browser send. */
function bindOne(app: FastifyInstance, bound: BoundRoute, deps: BinderDeps): void {
  if (bound.route.access.kind !== "answer") return bindIn(app, bound, deps);
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      "application/x-www-form-urlencoded",
      { parseAs: "string" },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    bindIn(scope, bound, deps);
  });
}

function bindIn(app: FastifyInstance, { route, handle: run }: BoundRoute, deps: BinderDeps): void {
  app.route({
    method: route.method,
    url: route.path,
    exposeHeadRoute: false,
    ...(route.maxBodyBytes === undefined ? {} : { bodyLimit: route.maxBodyBytes }),
    handler: async (request, reply) => {
      if (needsOwnOrigin(route)) requireOwnOrigin(request, deps);
      // What another site's page sends is nobody's, whatever cookies come with it.
      const caller: Caller =
        route.access.kind === "answer" ? { kind: "nobody" } : await findCaller(request, deps);
      takeBroadLimit(route, caller, request, deps);
      requireBuild(route, request, deps);
      const params = parse(route.params, request.params);
      const found = await deps.guard(route.access, caller, request, params);
      const query = parse(route.query, request.query);
      // A webhook's body is signed bytes; its handler reads them itself.
      const body = route.access.kind === "webhook" ? undefined : parse(route.body, bodyOf(route, request));
      const answer = await run({ params, query, body, caller, found, request, reply });
      return send(route, reply, answer, deps);
    },
  });
}

function needsOwnOrigin({ method, access }: Route): boolean {
  return method !== "GET" && access.kind !== "webhook" && access.kind !== "answer";
}

/** A body where none belongs is refused like any unknown field; an empty one counts as none. */
function bodyOf(route: Route, request: FastifyRequest): unknown {
  if (route.method === "GET") return undefined;
  return request.body ?? undefined;
}

function requireOwnOrigin(request: FastifyRequest, deps: BinderDeps): void {
  if (request.headers.authorization !== undefined) return;
  if (!isSameOrigin(request.headers, deps.origins())) throw new HttpError("origin_not_allowed");
}

/** What only pages call. What is open to all is no way in by itself, or says in its body which page asks. */
const calledByPages: ReadonlySet<Access["kind"]> = new Set([
  "account",
  "signingIn",
  "duty",
  "meeting",
  "lobby",
  "live",
]);

/** OPS-1: a page that does not say its build is older than every one that does. A link to a file cannot say it. */
function requireBuild(route: Route, request: FastifyRequest, { minimumBuild }: BinderDeps): void {
  if (minimumBuild === 0 || !calledByPages.has(route.access.kind) || route.answers === "file") return;
  const build: unknown = Reflect.get(Object(request.query), "build");
  const said = Number(request.headers[buildHeader] ?? (route.answers === "stream" ? build : 0) ?? 0);
  if (!(said >= minimumBuild)) throw new HttpError("client_too_old");
}

async function findCaller(request: FastifyRequest, deps: BinderDeps): Promise<Caller> {
  const { authorization } = request.headers;
  // A credential never mixes with cookies: a bad one is nobody, not the session behind it.
  if (authorization !== undefined) return (await deps.serviceOf(authorization)) ?? { kind: "nobody" };
  return deps.sessions.callerOf(request.headers.cookie);
}

/** A first net in memory; what guards secrets counts in the database, in its handler. */
function takeBroadLimit(route: Route, caller: Caller, request: FastifyRequest, deps: BinderDeps): void {
  const limit = deps.limitOf(route.limit);
  deps.limits.takeLocal(`${route.limit}:${callerKey(caller, request.ip)}`, limit);
  // People behind one address share it, so it may do more than one person; but cookies can be had for the asking.
  if (caller.kind === "guest")
    deps.limits.takeLocal(`${route.limit}:from:${addressKey(request.ip)}`, { ...limit, max: limit.max * 20 });
}

function parse(schema: Route["params"], value: unknown): unknown {
  const unstorable = unstorablePaths(value);
  if (unstorable.length > 0) throw new HttpError("bad_request", { fields: unstorable });
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues
    .map((issue) => issue.path.map(String).join("."))
    .filter((path) => path !== "");
  throw new HttpError("bad_request", { fields: [...new Set(fields)].slice(0, 20) });
}

function send(route: Route, reply: FastifyReply, answer: unknown, deps: BinderDeps): unknown {
  if (route.answers === "stream" || reply.sent) return reply;
  if (route.answers === "empty") return reply.status(204).send();
  reply.header("cache-control", "no-store");
  if (route.answers === "file") return reply.send(answer);
  const checked = route.response.safeParse(answer);
  if (checked.success) return reply.send(checked.data);
  if (deps.strictResponses) throw new Error(`response of ${route.id} does not fit: ${checked.error.message}`);
  return reply.send(parseLeavingOut(route.response, answer));
}
