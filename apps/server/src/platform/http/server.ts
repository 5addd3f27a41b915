/** The HTTP server without its routes: parsers, error answers, headers, limits on what is read. */
import fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from "fastify";
import type { ErrorCode } from "@sekisho/contract";
import type { AddressReader } from "./client-address.ts";
import { HttpError } from "./http-error.ts";
import { addSecurityHeaders } from "./security-headers.ts";

export type HttpServerOptions = {
  readonly addresses: AddressReader;
  readonly secure: boolean;
  /** Told of faults of ours: never of refusals. Holds no personal data (OPS-3). */
  readonly onFault: (
    error: unknown,
    request: { readonly method: string; readonly route: string; readonly id: string },
  ) => void;
  readonly onAnswer: (answer: {
    readonly method: string;
    readonly route: string;
    readonly status: number;
    readonly ms: number;
  }) => void;
};

/** No request of ours is longer; a meeting with 500 invitees is about 60 kB. */
const bodyLimit = 256 * 1024;

export function createHttpServer(options: HttpServerOptions): FastifyInstance {
  const app = fastify({
    bodyLimit,
    trustProxy: options.addresses.isTrusted,
    logger: false,
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: false, caseSensitive: true },
    requestTimeout: 30_000,
    return503OnClosing: true,
    forceCloseConnections: true,
    onProtoPoisoning: "error",
    onConstructorPoisoning: "error",
  });
  addSecurityHeaders(app, options.secure);
  app.removeContentTypeParser("text/plain");
  // LiveKit's webhook signs its bytes: they are read as they came.
  app.addContentTypeParser(
    "application/webhook+json",
    { parseAs: "buffer", bodyLimit: 64 * 1024 },
    (_r, body, done) => done(null, body),
  );
  // A body that has to be unpacked first could be anything: none of our pages sends one.
  app.addHook("onRequest", (request, _reply, done) => {
    const encoding = request.headers["content-encoding"];
    done(
      encoding === undefined || encoding === "identity" ? undefined : new HttpError("unsupported_media_type"),
    );
  });
  app.addHook("onResponse", (request, reply, done) => {
    options.onAnswer({
      method: request.method,
      route: request.routeOptions.url ?? "unknown",
      status: reply.statusCode,
      ms: reply.elapsedTime,
    });
    done();
  });
  app.setErrorHandler((error: unknown, request, reply) => sendError(error, request, reply, options));
  return app;
}

function sendError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  options: HttpServerOptions,
): void {
  const known = error instanceof HttpError ? error : new HttpError(codeOf(error));
  if (known.status >= 500)
    options.onFault(error, {
      method: request.method,
      route: request.routeOptions.url ?? "unknown",
      id: request.id,
    });
  const wait = known.extra.retryAfterSeconds ?? (known.code === "busy" ? 2 : undefined);
  if (wait !== undefined) reply.header("retry-after", String(wait));
  void reply.status(known.status).header("cache-control", "no-store").send(known.body);
}

const codesOfFastify: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: "body_too_large",
  FST_ERR_CTP_INVALID_MEDIA_TYPE: "unsupported_media_type",
};

/** PostgreSQL's class 08 (connection) and 57 (operator intervention), 53 (resources), and the socket's own codes. */
const unreachable = /^(?:08|57|53)|^(?:ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|ETIMEDOUT)$/u;

function codeOf(error: unknown): ErrorCode {
  const code = typeof error === "object" && error !== null ? String(Reflect.get(error, "code") ?? "") : "";
  const status = isFastifyError(error) ? (error.statusCode ?? 500) : 500;
  const known = codesOfFastify[code];
  if (known !== undefined) return known;
  if (status >= 400 && status < 500) return "bad_request";
  const message = error instanceof Error ? error.message : "";
  const lost = /Connection terminated|timeout exceeded when trying to connect|Client has encountered/u.test(
    message,
  );
  return unreachable.test(code) || lost ? "busy" : "internal";
}

function isFastifyError(error: unknown): error is FastifyError {
  return error instanceof Error && "statusCode" in error;
}
