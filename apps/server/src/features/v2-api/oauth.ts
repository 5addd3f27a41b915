/** `POST /oauth/token`: server-to-server OAuth with `grant_type=account_credentials` (BAR-12). */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Db } from "../../platform/db/database.ts";
import { addressKey } from "../../platform/http/client-address.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import type { RateLimits } from "../../platform/http/rate-limits.ts";
import { unstorablePaths } from "../../platform/http/unstorable.ts";
import { issueToken, tokenSeconds } from "./api-tokens.ts";
import { acceptBodies } from "./bodies.ts";

export type OauthDeps = { readonly db: Db; readonly limits: RateLimits; readonly origin: () => string };

/** Of one address. A client needs one an hour; who guesses has 256 bits before him. */
const asks = { max: 120, windowSeconds: 60 };

type OauthProblem = { readonly status: number; readonly error: string; readonly reason: string };
const problems = {
  client: { status: 400, error: "invalid_client", reason: "Invalid client_id or client_secret" },
  grant: { status: 400, error: "unsupported_grant_type", reason: "unsupported grant type" },
  request: { status: 400, error: "invalid_request", reason: "Bad Request" },
  tooMany: { status: 429, error: "too_many_requests", reason: "Try again later" },
  busy: { status: 503, error: "temporarily_unavailable", reason: "Try again later" },
} as const satisfies Record<string, OauthProblem>;

export function bindOauth(http: FastifyInstance, deps: OauthDeps): void {
  void http.register(
    (scope, _options, done) => {
      acceptBodies(scope);
      scope.setErrorHandler((error: unknown, _request, reply) => {
        const wasRefused = statusOf(error) < 500;
        void refuse(reply, wasRefused ? problems.request : problems.busy);
      });
      scope.setNotFoundHandler((_request, reply) => refuse(reply, problems.request));
      scope.post("/token", (request, reply) => token(request, reply, deps));
      done();
    },
    { prefix: "/oauth" },
  );
}

function statusOf(error: unknown): number {
  if (error instanceof HttpError) return error.status;
  const status: unknown = error instanceof Error ? Reflect.get(error, "statusCode") : null;
  return typeof status === "number" ? status : 500;
}

function refuse(reply: FastifyReply, { status, error, reason }: OauthProblem): FastifyReply {
  return reply.status(status).header("cache-control", "no-store").send({ reason, error });
}

async function token(request: FastifyRequest, reply: FastifyReply, deps: OauthDeps): Promise<FastifyReply> {
  try {
    deps.limits.takeLocal(`oauth:${addressKey(request.ip)}`, asks);
  } catch {
    reply.header("retry-after", String(asks.windowSeconds));
    return refuse(reply, problems.tooMany);
  }
  const given = { ...fieldsOf(request.query), ...fieldsOf(request.body) };
  if (unstorablePaths(given).length > 0) return refuse(reply, problems.request);
  if (given["grant_type"] !== "account_credentials") return refuse(reply, problems.grant);
  const client = basicOf(request.headers.authorization) ?? {
    clientId: given["client_id"] ?? "",
    clientSecret: given["client_secret"] ?? "",
  };
  if (unstorablePaths(client).length > 0) return refuse(reply, problems.client);
  const issued = await issueToken(deps.db, { ...client, accountId: given["account_id"] ?? "" });
  if (issued === null) return refuse(reply, problems.client);
  return reply.header("cache-control", "no-store").send({
    access_token: issued.token,
    token_type: "bearer",
    expires_in: tokenSeconds,
    scope: issued.scopes.join(" "),
    api_url: deps.origin(),
  });
}

/** Single values only: what is named twice is nobody's. */
function fieldsOf(value: unknown): Record<string, string> {
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).filter((pair): pair is [string, string] => typeof pair[1] === "string"),
  );
}

function basicOf(authorization: string | undefined) {
  const encoded = /^Basic ([A-Za-z0-9+/=_-]{1,1000})$/iu.exec(authorization ?? "")?.[1];
  if (encoded === undefined) return null;
  const [clientId = "", ...rest] = Buffer.from(encoded, "base64").toString("utf8").split(":");
  return { clientId, clientSecret: rest.join(":") };
}
