/** A route as data: the server binds it, the page's client calls it, OpenAPI and the access matrix are made from it. */
import type { z } from "zod";
import type { Access } from "./access.ts";
import type { ErrorCode } from "./errors.ts";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** Named limits; their numbers are the server's configuration. */
export type LimitName = "read" | "write" | "signIn" | "entry" | "command" | "chat";

export type AnySchema = z.ZodType;

export type Route = {
  readonly id: string;
  readonly method: Method;
  /** `:name` marks a parameter; identifiers only, never a setting (MTG-5). */
  readonly path: string;
  readonly summary: string;
  readonly access: Access;
  readonly params: AnySchema;
  readonly query: AnySchema;
  readonly body: AnySchema;
  readonly response: AnySchema;
  /** `stream`: server-sent events of `response`; `file`: bytes with a content type of their own. */
  readonly answers: "json" | "stream" | "file" | "empty";
  /** Besides the ones every route may give (bad_request, too_many_tries, busy, internal …). */
  readonly errors: readonly ErrorCode[];
  readonly limit: LimitName;
  /** Where more than the server's ordinary body limit may be sent. */
  readonly maxBodyBytes?: number;
  /** Event types or organisation-log entries that a success writes; empty for reads. */
  readonly audit: readonly string[];
};

export function defineRoute<const R extends Route>(route: R): R {
  return route;
}

export type ParamsOf<R extends Route> = z.output<R["params"]>;
export type QueryOf<R extends Route> = z.output<R["query"]>;
export type BodyOf<R extends Route> = z.output<R["body"]>;
export type ResponseOf<R extends Route> = z.output<R["response"]>;
