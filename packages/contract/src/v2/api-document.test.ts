import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { allV2Routes, apiScopes, v2Errors, webhookEvents } from "./index.ts";

const text = readFileSync(fileURLToPath(new URL("../../../../docs/API.md", import.meta.url)), "utf8");

test("[BAR-12] docs/API.md names every route with its scopes and rate, every error and every event", () => {
  const missing: string[] = [];
  for (const route of allV2Routes) {
    const address = `\`${route.method} ${route.path.replaceAll(/:(\w+)/gu, "{$1}")}\``;
    const line = text.split("\n").find((one) => one.includes(address)) ?? "";
    const facts = [...route.scopes.map((scope) => `\`${scope}\``), route.category, String(route.status)];
    if (!facts.every((fact) => line.includes(fact))) missing.push(address);
  }
  for (const { code, status } of Object.values(v2Errors))
    if (!new RegExp(`\\| ${status} +\\| ${code} +\\|`, "u").test(text)) missing.push(`${status} ${code}`);
  for (const event of webhookEvents) if (!text.includes(`\`${event}\``)) missing.push(event);
  for (const scope of apiScopes) if (!text.includes(`\`${scope}\``)) missing.push(scope);
  expect(missing).toEqual([]);
});

test("[BAR-12] routes of /v2 have ids and addresses of their own, and each asks for a scope", () => {
  const ids = allV2Routes.map(({ id }) => id);
  const addresses = allV2Routes.map(({ method, path }) => `${method} ${path.replace(/:\w+/gu, ":_")}`);
  expect(new Set(ids).size).toBe(ids.length);
  expect(new Set(addresses).size).toBe(addresses.length);
  for (const route of allV2Routes) {
    expect(route.scopes.length).toBeGreaterThan(0);
    expect(route.response === null).toBe(route.status === 204);
  }
});
