/**
 * Calls to the server, typed by the contract. Only types and the page's build are imported from it, so that a guest's page
 * carries no schema library; the server has checked what it answers (strictly in tests, stripping in production).
 */
import { build, buildHeader } from "@sekisho/contract";
import type {
  BodyOf,
  ErrorCode,
  Method,
  ParamsOf,
  QueryOf,
  ResponseOf,
  routes,
  Route,
} from "@sekisho/contract";
import { trusted } from "./unsafe.ts";

type Group = (typeof routes)[keyof typeof routes];
type AnyRoute = Group extends infer G ? (G extends object ? G[keyof G] : never) : never;
type At<M extends Method, P extends string> = Extract<AnyRoute, { method: M; path: P }>;
type PathsOf<M extends Method> = Extract<AnyRoute, { method: M }>["path"];

type Input<R extends Route> = {
  readonly params?: ParamsOf<R>;
  readonly query?: Partial<QueryOf<R>>;
  readonly body?: BodyOf<R>;
  readonly signal?: AbortSignal;
};

export type ApiFailure = {
  readonly code: ErrorCode | "unreachable";
  /** Seconds until another try makes sense. */
  readonly retryAfter: number | null;
  /** For a refusal: the reference number to quote. */
  readonly reference: string | null;
  /** For a rejected body: paths of the fields that were not accepted. */
  readonly fields: readonly string[];
};

/** Thrown by `call`; `failure.code` is one of the contract's codes, or `unreachable`. */
export class ApiError extends Error {
  readonly failure: ApiFailure;

  constructor(failure: ApiFailure) {
    super(failure.code);
    this.failure = failure;
  }
}

/** Fills `:name` in a path. A value is always one path segment. */
export function pathOf(path: string, params: Readonly<Record<string, unknown>>): string {
  return path.replaceAll(/:([A-Za-z]+)/gu, (_all, name: string) => encodeURIComponent(textOf(params[name])));
}

/** Parameters are words, numbers and switches; anything else has no text that belongs in an address. */
function textOf(value: unknown): string {
  const plain = typeof value === "string" || typeof value === "number" || typeof value === "boolean";
  return plain ? String(value) : "";
}

export async function call<M extends Method, P extends PathsOf<M>>(
  method: M,
  path: P,
  input: Input<At<M, P>> = {},
): Promise<ResponseOf<At<M, P>>> {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(input.query ?? {}))
    if (value !== undefined) query.set(name, textOf(value));
  const search = query.size > 0 ? `?${query}` : "";
  const response = await send(method, pathOf(path, input.params ?? {}) + search, input.body, input.signal);
  const text = await response.text();
  const parsed: unknown = text.startsWith("{") || text.startsWith("[") ? JSON.parse(text) : text;
  if (!response.ok) throw new ApiError(failureOf(response, parsed));
  return trusted(parsed);
}

async function send(
  method: string,
  url: string,
  body: unknown,
  signal: AbortSignal | undefined,
): Promise<Response> {
  try {
    return await fetch(url, {
      method,
      credentials: "same-origin",
      cache: "no-store",
      redirect: "error",
      signal: signal ?? null,
      headers: {
        [buildHeader]: String(build),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch (error) {
    if (signal?.aborted === true) throw error;
    throw new ApiError({ code: "unreachable", retryAfter: null, reference: null, fields: [] });
  }
}

function failureOf(response: Response, parsed: unknown): ApiFailure {
  const body = trusted<{ code?: ErrorCode; reference?: string; fields?: string[] }>(
    typeof parsed === "object" && parsed !== null ? parsed : {},
  );
  const after = Number(response.headers.get("retry-after"));
  return {
    code: body.code ?? (response.status >= 500 ? "busy" : "bad_request"),
    retryAfter: Number.isFinite(after) && after > 0 ? after : null,
    reference: body.reference ?? null,
    fields: body.fields ?? [],
  };
}
