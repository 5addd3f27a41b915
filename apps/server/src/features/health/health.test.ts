import { allRoutes } from "@sekisho/contract";
import { expect, test } from "vitest";
import { createMetrics } from "./metrics.ts";
import { openApiDocument } from "./open-api.ts";

function at(value: unknown, ...path: readonly string[]): unknown {
  let found = value;
  for (const step of path)
    found = typeof found === "object" && found !== null ? Reflect.get(found, step) : undefined;
  return found;
}

test("[OPS-3] the contract is whole: every route of ours, each with security, an answer and its errors", () => {
  const document: unknown = JSON.parse(JSON.stringify(openApiDocument()));
  expect(at(document, "openapi")).toBe("3.1.0");
  const ids = new Set<string>();
  for (const route of allRoutes) {
    const path = route.path.replaceAll(/:([A-Za-z]+)/gu, "{$1}");
    const operation = at(document, "paths", path, route.method.toLowerCase());
    if (route.access.kind === "webhook") {
      expect(operation).toBeUndefined();
      continue;
    }
    const id = String(at(operation, "operationId"));
    expect(ids.has(id), id).toBe(false);
    ids.add(id);
    expect(Array.isArray(at(operation, "security")), id).toBe(true);
    expect(at(operation, "responses", "400"), id).toBeDefined();
    expect(at(operation, "responses", "200") ?? at(operation, "responses", "204"), id).toBeDefined();
    const parameters = at(operation, "parameters");
    const inPath = Array.isArray(parameters) ? parameters.filter((one) => at(one, "in") === "path") : [];
    expect(
      inPath.map((one) => `{${String(at(one, "name"))}}`),
      id,
    ).toEqual(path.match(/\{[A-Za-z]+\}/gu) ?? []);
    if (route.method === "GET") expect(at(operation, "requestBody"), id).toBeUndefined();
  }
  const create = at(
    document,
    "paths",
    "/api/meetings",
    "post",
    "requestBody",
    "content",
    "application/json",
    "schema",
  );
  expect(at(create, "additionalProperties")).toBe(false);
  expect(at(create, "properties", "meeting", "properties", "topic", "maxLength")).toBe(200);
});

test("[OPS-3] metrics count routes and classes of answers, and hold no id or address", async () => {
  const metrics = createMetrics({
    sfuConnections: () => 3,
    listening: () => true,
    database: () => ({ total: 5, idle: 2, waiting: 0 }),
  });
  metrics.observe({ method: "GET", route: "/api/m/:link", status: 429, ms: 12 });
  const text = await metrics.read();
  expect(text).toContain('route="/api/m/:link",answer="4xx"');
  expect(text).toMatch(/sekisho_sfu_connections 3/u);
  expect(text).toMatch(/sekisho_http_too_many_total 1/u);
  const labels = new Set([...text.matchAll(/[{,]([a-z_]+)="/gu)].map(([, name]) => name));
  expect([...labels].filter((name) => !known.has(name ?? ""))).toEqual([]);
});

/** Ours, and those of prom-client's own about the process. */
const known = new Set([
  "method",
  "route",
  "answer",
  "le",
  "space",
  "type",
  "kind",
  "version",
  "major",
  "minor",
  "patch",
  "quantile",
]);
