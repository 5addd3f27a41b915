import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  accountsWorld,
  good,
  type AccountsWorld,
} from "../../../../../packages/testkit/src/accounts-world.ts";
import { at } from "../../../../../packages/testkit/src/answers.ts";
import type { TestBrowserClient } from "../../../../../packages/testkit/src/feature-app.ts";
import { startPostgres, type TestPostgres } from "../../../../../packages/testkit/src/postgres.ts";
import { createScimClients } from "../scim/scim-clients.ts";
import { createServiceCredential } from "./service-credentials.ts";

let postgres: TestPostgres;
let world: AccountsWorld;
let owner: TestBrowserClient;

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres?.stop());
beforeEach(async () => {
  world = await accountsWorld(postgres);
  owner = await world.setUp();
  return () => world[Symbol.asyncDispose]();
});

const path = "/api/integrations/directories";
const make = () => owner.send("POST", path, { name: "Entra ID" });
const clientOf = (token: unknown) => createScimClients(world.base.handle.db)(`Bearer ${String(token)}`);

test("[IDN-3] an owner makes a directory's token after a fresh proof: shown once, good for SCIM, gone when revoked", async () => {
  world.clock.now += 11 * 60_000;
  expect(at(await make(), "code")).toBe("confirm_first");
  world.clock.now -= 11 * 60_000;
  const made = good(await make());
  expect(await clientOf(at(made, "token"))).toMatchObject({ name: "Entra ID" });
  const listed = good(await owner.send("GET", path));
  expect(at(listed, "tokens", 0)).toMatchObject({ id: at(made, "made", "id"), name: "Entra ID" });
  expect(listed.text).not.toContain(String(at(made, "token")));
  good(await owner.send("DELETE", `${path}/${String(at(made, "made", "id"))}`));
  expect(await clientOf(at(made, "token"))).toBeNull();
  expect((await owner.send("DELETE", `${path}/${String(at(made, "made", "id"))}`)).status).toBe(404);
  expect(at(good(await owner.send("GET", path)), "tokens")).toEqual([]);
  expect(await world.entries("service.created")).toMatchObject([{ scopes: ["scim:write"] }]);
  expect(await world.entries("service.revoked")).toHaveLength(1);
});

test("[IDN-3] a token goes with the owner who made it; others' credentials are neither shown nor revoked here", async () => {
  const { token } = Object(good(await make()).body);
  const deps = { db: world.base.handle.db, log: world.base.log };
  const operator = { kind: "operator" } as const;
  const other = await createServiceCredential(deps, { name: "監視", scopes: ["metrics:read"] }, operator);
  expect((await owner.send("DELETE", `${path}/${other.id}`)).status).toBe(404);
  const { browser, id } = await world.colleague(owner, "second@midorino.example", "owner");
  const { id: first } = Object(good(await owner.send("GET", "/api/me")).body);
  good(await browser.send("PATCH", `/api/accounts/${String(first)}`, { role: "admin" }));
  expect(await clientOf(token)).toBeNull();
  expect(id).not.toBe(first);
  expect((await owner.send("GET", path)).status).toBe(401);
});
