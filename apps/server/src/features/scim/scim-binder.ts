/**
 * The one way into `/scim/v2`: token → rate → parse → handler, with errors as RFC 7644 has them. Nothing answers without
 * the token of a credential whose scope is `scim:write`, not even the documents about the service.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { LogActor } from "../../platform/evidence/organisation-log.ts";
import { addressKey } from "../../platform/http/client-address.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import type { RateLimits } from "../../platform/http/rate-limits.ts";
import { unstorablePaths } from "../../platform/http/unstorable.ts";
import { isKnown } from "./resource.ts";
import { ScimError, scimErrorOf } from "./scim-error.ts";

export type ScimClient = { readonly id: string; readonly name: string };

export type ScimCall = {
  readonly params: Readonly<Record<string, string>>;
  /** Single values: what is named twice is refused. */
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly client: ScimClient;
  readonly actor: LogActor;
  readonly ifMatch: string | null;
  /** `https://…/scim/v2` */
  readonly base: string;
};

export type ScimAnswer = {
  readonly status: 200 | 201 | 204;
  readonly body?: object;
  readonly tag?: string;
  readonly location?: string;
};

export type ScimRoute = {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly bodyLimit: number;
  readonly handle: (call: ScimCall) => Promise<ScimAnswer>;
};

export type ScimBinderDeps = {
  /** Whose token it is at this moment; null: nobody's who may. */
  readonly clientOf: (authorization: string | undefined) => Promise<ScimClient | null>;
  readonly limits: RateLimits;
  readonly origin: () => string;
  readonly onFault: (error: unknown, request: { readonly method: string; readonly route: string }) => void;
};

const mediaType = "application/scim+json; charset=utf-8";
const prefix = "/scim/v2";
/** Of one client; a directory sends some ten a second. */
const asks = { max: 6000, windowSeconds: 60 };
const strangers = { max: 300, windowSeconds: 60 };

export function bindScim(http: FastifyInstance, routes: readonly ScimRoute[], deps: ScimBinderDeps): void {
  void http.register(
    (scope, _options, done) => {
      acceptBodies(scope);
      scope.setErrorHandler((error: unknown, request, reply) => sendError(error, request, reply, deps));
      scope.setNotFoundHandler(async (request, reply) => {
        await admit(request, deps);
        // RFC 7644 §3.11 and §3.7: what a service does not offer.
        const isKnownToRfc = /^\/scim\/v2\/(?:Me|Bulk|\.search)\b/u.test(request.url);
        return send(
          reply,
          new ScimError(isKnownToRfc ? 501 : 404, null, "There is nothing at this address."),
        );
      });
      for (const route of routes) bindOne(scope, route, deps);
      done();
    },
    { prefix },
  );
}

function acceptBodies(scope: FastifyInstance): void {
  const json = scope.getDefaultJsonParser("error", "error");
  scope.removeAllContentTypeParsers();
  const types = ["application/json", "application/scim+json"];
  scope.addContentTypeParser(types, { parseAs: "string" }, (request, body, done) => {
    const text = String(body);
    if (text.trim() === "") done(null, undefined);
    else void json(request, text, done);
  });
  scope.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => {
    if (String(body) === "") done(null, undefined);
    else done(new HttpError("unsupported_media_type"));
  });
}

function bindOne(scope: FastifyInstance, route: ScimRoute, deps: ScimBinderDeps): void {
  const admitted = new WeakMap<FastifyRequest, ScimClient>();
  scope.route({
    method: route.method,
    url: route.path,
    exposeHeadRoute: false,
    bodyLimit: route.bodyLimit,
    // Before the body is read: nobody makes this server hold a large one without a token.
    async onRequest(request) {
      const client = await admit(request, deps);
      deps.limits.takeLocal(`scim:${client.id}`, asks);
      admitted.set(request, client);
    },
    async handler(request, reply) {
      const client = admitted.get(request);
      if (client === undefined) throw unknownToken();
      const answer = await route.handle(callOf(request, client, deps));
      return sendAnswer(request, reply, answer);
    },
  });
}

async function admit(request: FastifyRequest, deps: ScimBinderDeps): Promise<ScimClient> {
  const client = await deps.clientOf(request.headers.authorization);
  if (client !== null) return client;
  deps.limits.takeLocal(`scim:nobody:${addressKey(request.ip)}`, strangers);
  throw unknownToken();
}

function unknownToken(): ScimError {
  return new ScimError(401, null, "The token is missing or not good here.");
}

function callOf(request: FastifyRequest, client: ScimClient, deps: ScimBinderDeps): ScimCall {
  const { params, query, body } = request;
  if (unstorablePaths({ params, query, body }).length > 0)
    throw new ScimError(400, "invalidValue", "It holds text that is no text, or is nested too deep.");
  return {
    ...{ params: textsIn(params), query: textsIn(query), body, client },
    actor: { kind: "service", id: client.id },
    ifMatch: request.headers["if-match"] ?? null,
    base: `${deps.origin()}${prefix}`,
  };
}

function textsIn(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).map(([name, text]: [string, unknown]) => {
      if (typeof text !== "string") throw new ScimError(400, "invalidValue", `${name} stands there twice.`);
      return [name, text];
    }),
  );
}

function sendAnswer(request: FastifyRequest, reply: FastifyReply, answer: ScimAnswer): FastifyReply {
  const { status, body, tag, location } = answer;
  void reply.header("cache-control", "no-store");
  if (tag !== undefined) void reply.header("etag", tag);
  if (location !== undefined) void reply.header("location", location);
  const isRead = request.method === "GET" && tag !== undefined;
  if (isRead && isKnown(request.headers["if-none-match"], tag)) return reply.status(304).send();
  if (body === undefined) return reply.status(status).send();
  return reply.status(status).type(mediaType).send(JSON.stringify(body));
}

function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply, deps: ScimBinderDeps): void {
  const known = error instanceof ScimError ? error : errorOf(error);
  if (known.status === 500)
    deps.onFault(error, { method: request.method, route: request.routeOptions.url ?? "unknown" });
  send(reply, known);
}

function send(reply: FastifyReply, error: ScimError): FastifyReply {
  if (error.retryAfterSeconds !== null) void reply.header("retry-after", String(error.retryAfterSeconds));
  else if (error.status === 503) void reply.header("retry-after", "2");
  if (error.status === 401) void reply.header("www-authenticate", 'Bearer realm="scim"');
  const answer = reply.status(error.status).header("cache-control", "no-store");
  return answer.type(mediaType).send(JSON.stringify(error.body));
}

/** PostgreSQL's class 08, 57, 53, deadlocks, and the socket's own codes: over soon, and tried again by the directory. */
const unreachable = /^(?:08|57|53|40)|^(?:ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|ETIMEDOUT)$/u;

function errorOf(error: unknown): ScimError {
  if (error instanceof HttpError) return scimErrorOf(error);
  const code = error instanceof Error ? String(Reflect.get(error, "code") ?? "") : "";
  const status: unknown = error instanceof Error ? Reflect.get(error, "statusCode") : null;
  if (code === "FST_ERR_CTP_BODY_TOO_LARGE") return new ScimError(413, null, "The request is too large.");
  if (code === "FST_ERR_CTP_INVALID_MEDIA_TYPE") return scimErrorOf(new HttpError("unsupported_media_type"));
  // A name that somebody took at the same instant.
  if (code === "23505") return scimErrorOf(new HttpError("email_taken"));
  if (typeof status === "number" && status >= 400 && status < 500)
    return new ScimError(400, "invalidSyntax", "It is not JSON that can be read.");
  return scimErrorOf(new HttpError(unreachable.test(code) ? "busy" : "internal"));
}
