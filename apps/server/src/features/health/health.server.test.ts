import { afterAll, beforeAll, expect, test } from "vitest";
import { startPostgres, type TestPostgres } from "../../../../../packages/testkit/src/postgres.ts";
import {
  featureApp,
  featureBase,
  TestBrowserClient,
  type FeatureBase,
} from "../../../../../packages/testkit/src/feature-app.ts";
import {
  createServiceCredential,
  createServiceOf,
  revokeServiceCredential,
} from "../accounts/service-credentials.ts";
import { createHealthFeature } from "./health-feature.ts";

let postgres: TestPostgres;
let base: FeatureBase;
let media: () => Promise<boolean>;
let listening = true;

beforeAll(async () => {
  postgres = await startPostgres();
  base = await featureBase(postgres);
});
afterAll(async () => {
  await base[Symbol.asyncDispose]();
  await postgres.stop();
});

function open(): TestBrowserClient {
  media = async () => true;
  listening = true;
  const health = createHealthFeature({
    database: base.handle,
    listening: () => listening,
    media: () => media(),
    connections: () => 0,
    minimumBuild: 1,
    page: "0123456789abcdef",
    seatKeptSeconds: 120,
  });
  return new TestBrowserClient(
    featureApp(base, { routes: health.routes, serviceOf: createServiceOf(base.handle.db) }),
  );
}

test("[OPS-3] readiness is the database, its listener and the media server together, each asked just now", async () => {
  const browser = open();
  const status = async () => (await browser.send("GET", "/readyz")).status;
  expect(await status()).toBe(200);
  listening = false;
  expect(await status()).toBe(503);
  listening = true;
  media = () => Promise.reject(new Error("refused"));
  expect(await status()).toBe(503);
  expect((await browser.send("GET", "/healthz")).status).toBe(200);
  expect((await browser.send("GET", "/api/version")).body).toEqual({
    ...{ build: 1, minimumBuild: 1 },
    ...{ page: "0123456789abcdef", seatKeptSeconds: 120 },
  });
  expect((await browser.send("GET", "/api/openapi.json")).text).toContain('"openapi":"3.1.0"');
});

test("[OPS-3] metrics are for credentials with that scope alone, until they are revoked", async () => {
  const browser = open();
  const deps = { db: base.handle.db, log: base.log };
  const ask = (token: string) =>
    browser.sendRaw({ method: "GET", url: "/metrics", headers: { authorization: `Bearer ${token}` } });
  expect((await browser.send("GET", "/metrics")).status).toBe(401);
  expect((await ask("A".repeat(43))).status).toBe(401);
  const other = await createServiceCredential(
    deps,
    { name: "audit", scopes: ["audit:read"] },
    { kind: "operator" },
  );
  expect((await ask(other.token)).status).toBe(403);
  const own = await createServiceCredential(
    deps,
    { name: "monitor", scopes: ["metrics:read"] },
    { kind: "operator" },
  );
  const answer = await ask(own.token);
  expect([answer.status, answer.text.includes("sekisho_listener_up 1")]).toEqual([200, true]);
  await revokeServiceCredential(deps, own.id, { kind: "operator" });
  expect((await ask(own.token)).status).toBe(401);
});
