/** API clients of an owner who has gone (BAR-12, IDN-5). */
import type { ApiScope } from "@sekisho/contract";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { startPostgres, type TestPostgres } from "../../../../../packages/testkit/src/postgres.ts";
import {
  schedulingWorld,
  text,
  type SchedulingWorld,
} from "../../../../../packages/testkit/src/scheduling-world.ts";
import { createApiClient } from "./api-clients.ts";
import { clientOf, issueToken } from "./api-tokens.ts";

let postgres: TestPostgres;
let world: SchedulingWorld;
let ownerId: string;

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());
beforeEach(async () => {
  world = await schedulingWorld(postgres);
  ownerId = text(await world.host.send("GET", "/api/me"), "id");
  await set({ role: "owner" });
});
afterEach(() => world[Symbol.asyncDispose]());

/** Of the owner who goes. */
const set = (change: object) => world.host.send("PATCH", `/api/accounts/${world.colleagueId}`, change);

async function clientWith(scopes: readonly ApiScope[], actsFor = world.colleagueId) {
  const { db } = world.base.handle;
  const made = await createApiClient(
    { db, log: world.base.log },
    { name: "社員台帳", scopes, actsFor },
    { kind: "operator" },
  );
  const { clientId } = made.client;
  const ask = () => issueToken(db, { clientId, clientSecret: made.clientSecret, accountId: made.accountId });
  const token = (await ask())?.token ?? "";
  const works = async () => (await clientOf(db, `Bearer ${token}`)) !== null;
  expect(await works()).toBe(true);
  return { works, opens: async () => (await ask()) !== null };
}

test("[BAR-12] [IDN-5] an owner who is disabled, or is one no longer, does not go on by a client that writes", async () => {
  for (const change of [{ disabled: true }, { role: "admin" }]) {
    await set({ disabled: false, role: "owner" });
    const writes = await clientWith(["group:read:admin", "information_barrier:update:policy:admin"]);
    const other = await clientWith(["user:write:admin"], ownerId);
    expect((await set(change)).status).toBe(200);
    expect([await writes.works(), await writes.opens()]).toEqual([false, false]);
    expect([await other.works(), await other.opens()]).toEqual([true, true]);
    await set({ disabled: false, role: "owner" });
    expect([await writes.works(), await writes.opens()]).toEqual([false, false]);
  }
  const { rows } = await world.base.handle.pool.query(
    "select count(*)::int as count from organisation_event where type = 'service.revoked'",
  );
  expect(rows).toEqual([{ count: 2 }]);
});

test("[BAR-12] [IDN-5] a client that only reads rests while its account is disabled", async () => {
  const reads = await clientWith(["user:read:admin"]);
  await set({ disabled: true });
  expect([await reads.works(), await reads.opens()]).toEqual([false, false]);
  await set({ disabled: false });
  expect([await reads.works(), await reads.opens()]).toEqual([true, true]);
});

test("[BAR-12] [IDN-5] whoever the client acts for is looked at each time, however that came to be", async () => {
  const writes = await clientWith(["group:write:admin"]);
  const { db } = world.base.handle;
  await db.updateTable("account").set({ role: "admin" }).where("id", "=", world.colleagueId).execute();
  expect([await writes.works(), await writes.opens()]).toEqual([false, false]);
});
