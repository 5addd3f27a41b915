/** Health, version, OpenAPI, metrics, LiveKit's webhook (OPS). */
import { z } from "zod";
import { access } from "../access.ts";
import { defineRoute } from "../define-route.ts";
import { none, nothing } from "../schemas.ts";

const json = {
  method: "GET",
  answers: "json",
  query: none,
  params: none,
  body: nothing,
  errors: [],
  audit: [],
  limit: "read",
} as const;

export const healthLive = defineRoute({
  ...json,
  id: "health.live",
  path: "/healthz",
  summary: "The process runs",
  access: access.public,
  response: z.strictObject({ status: z.literal("ok") }),
});
export const healthReady = defineRoute({
  ...json,
  id: "health.ready",
  path: "/readyz",
  summary: "Database, its listener and the media server answer; 503 if not",
  access: access.public,
  response: z.strictObject({ status: z.literal("ready") }),
  errors: ["busy"],
});
export const version = defineRoute({
  ...json,
  id: "system.version",
  path: "/api/version",
  summary: "The build the server demands of pages, and the page that it hands out",
  access: access.public,
  response: z.strictObject({
    build: z.int(),
    minimumBuild: z.int(),
    /** Of the page's document; another one than the page's own: there is an update. Null: no page is handed out. */
    page: z.string().nullable(),
    /** How long whoever loads the page anew keeps the place in a meeting (ADM-7). */
    seatKeptSeconds: z.int(),
  }),
});
export const openapi = defineRoute({
  ...json,
  id: "system.openapi",
  path: "/api/openapi.json",
  summary: "This contract as OpenAPI 3.1",
  access: access.public,
  response: z.record(z.string(), z.unknown()),
  answers: "file",
});
export const metrics = defineRoute({
  ...json,
  id: "system.metrics",
  path: "/metrics",
  summary: "Prometheus metrics, without personal data (OPS-3)",
  access: { kind: "service", scope: "metrics:read" },
  response: z.string(),
  answers: "file",
});
export const sfuWebhook = defineRoute({
  ...json,
  id: "sfu.webhook",
  method: "POST",
  path: "/internal/livekit-webhook",
  summary: "Signed events of the media server; hints for the reconciler only",
  access: access.webhook,
  response: none,
  answers: "empty",
  limit: "write",
});
