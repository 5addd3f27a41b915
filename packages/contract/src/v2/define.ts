/** A route of `/v2` as data. The server's binder of this surface reads it; docs/API.md names each. */
import type { z } from "zod";
import type { ApiScope } from "./scopes.ts";

/** Zoom's labels. How many calls a second each allows is the server's to say. */
export type RateCategory = "Light" | "Medium" | "Heavy";

export type V2Route = {
  readonly id: string;
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** `:name` marks a parameter: opaque text, looked up. */
  readonly path: string;
  readonly summary: string;
  /** Any of them will do. */
  readonly scopes: readonly ApiScope[];
  readonly category: RateCategory;
  readonly query: z.ZodType;
  readonly body: z.ZodType;
  /** Null: an empty body. */
  readonly response: z.ZodType | null;
  readonly status: 200 | 201 | 204;
};

export function defineV2<const R extends V2Route>(route: R): R {
  return route;
}
