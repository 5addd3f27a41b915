import { webhookEvents } from "@sekisho/contract";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { at } from "../../../../../packages/testkit/src/answers.ts";
import { apiWorld, type ApiWorld } from "../../../../../packages/testkit/src/api-world.ts";
import { startPostgres, type TestPostgres } from "../../../../../packages/testkit/src/postgres.ts";
import {
  field,
  startReceiver,
  type WebhookReceiver,
} from "../../../../../packages/testkit/src/webhook-receiver.ts";

let postgres: TestPostgres;
let world: ApiWorld;
let receiver: WebhookReceiver;
let call: ApiWorld["call"];

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());
beforeEach(async () => {
  receiver = await startReceiver();
  world = await apiWorld(postgres, { waitAfter: (tries) => (tries < 3 ? 0 : null) });
  ({ call } = world);
});
afterEach(async () => {
  await world[Symbol.asyncDispose]();
  await receiver[Symbol.asyncDispose]();
});

async function subscribe(events: readonly string[] = webhookEvents, url = receiver.url) {
  const made = await world.owning("POST", "/api/integrations/webhooks", { url, events });
  expect(made.status, made.text).toBe(200);
  receiver.secret = String(at(made, "secretToken"));
  return String(at(made, "webhook", "id"));
}

async function verify(id: string) {
  return world.owning("POST", `/api/integrations/webhooks/${id}/verify`);
}

async function hooks() {
  return world.owning("GET", "/api/integrations");
}

const told = () =>
  receiver.received.map(({ event }) => event).filter((event) => event !== "endpoint.url_validation");

test("[BAR-12] nothing is sent to an address before it has proved that it has the secret", async () => {
  const id = await subscribe();
  receiver.provesItself = false;
  const failed = await verify(id);
  expect([at(failed, "state"), at(failed, "lastProblem")]).toEqual(["unverified", "challenge"]);
  await call("POST", "/v2/groups", { body: { name: "前" } });
  await world.feature.webhooks.turn();
  expect(told()).toEqual([]);
  receiver.provesItself = true;
  const proved = await verify(id);
  expect([at(proved, "state"), at(proved, "lastProblem")]).toEqual(["active", null]);
  await world.feature.webhooks.turn();
  // What happened before is not told afterwards.
  expect(told()).toEqual([]);
  await call("POST", "/v2/groups", { body: { name: "後" } });
  await world.feature.webhooks.turn();
  expect(told()).toEqual(["group.created"]);
  expect(receiver.received.every(({ signed }) => signed)).toBe(true);
  const secrets = await world.base.handle.db.selectFrom("webhook").selectAll().execute();
  expect(JSON.stringify(secrets)).not.toContain(receiver.secret);
  expect((await hooks()).text).not.toContain(receiver.secret);
});

test("[BAR-12] groups, members, primary groups and policies are told in Zoom's shapes, signed, once", async () => {
  await verify(await subscribe());
  const a = String(at(await call("POST", "/v2/groups", { body: { name: "営業部" } }), "id"));
  const b = String(at(await call("POST", "/v2/groups", { body: { name: "調査部" } }), "id"));
  await call("PATCH", `/v2/groups/${a}`, { body: { name: "営業一部" } });
  const [maho = ""] = world.people;
  await call("POST", `/v2/groups/${a}/members`, { body: { members: [{ id: maho }] } });
  await call("DELETE", `/v2/groups/${a}/members/${maho}`);
  const body = { policy_name: "壁", assigned_group_id: a, to_group_id: b, settings: { meeting: true } };
  const policy = String(at(await call("POST", "/v2/information_barriers/policies", { body }), "id"));
  await call("PATCH", `/v2/information_barriers/policies/${policy}`, { body: { policy_name: "高い壁" } });
  await call("DELETE", `/v2/information_barriers/policies/${policy}`);
  await call("DELETE", `/v2/groups/${b}`);
  for (let turn = 0; turn < 3; turn++) await world.feature.webhooks.turn();
  expect(told().toSorted()).toEqual(
    [
      ...["group.created", "group.created", "group.updated", "group.member_added", "user.updated"],
      ...["group.member_deleted", "user.updated", "group.deleted"],
      ...["information_barriers.policy_created", "information_barriers.policy_updated"],
      "information_barriers.policy_deleted",
    ].toSorted(),
  );
  expect(receiver.received.every(({ signed }) => signed)).toBe(true);
  const bodyOf = (event: string) => receiver.received.find((one) => one.event === event)?.body;
  const accountId = String(at(await hooks(), "accountId"));
  expect(bodyOf("information_barriers.policy_updated")).toMatchObject({
    event: "information_barriers.policy_updated",
    payload: {
      account_id: accountId,
      operator: "社員台帳",
      object: { id: policy, policy_name: "高い壁", assigned_group_id: a, to_group_id: b, status: 1, type: 0 },
      old_object: { policy_name: "壁" },
    },
  });
  expect(bodyOf("group.member_added")).toMatchObject({
    payload: { object: { id: a, members: [{ id: maho, email: "maho@example.jp" }] } },
  });
  expect(bodyOf("user.updated")).toMatchObject({ payload: { object: { id: maho, primary_group_id: a } } });
  expect(bodyOf("group.updated")).toMatchObject({
    payload: { object: { name: "営業一部" }, old_object: { name: "営業部" } },
  });
});

test("[BAR-12] [MTG-5] meetings are told when made, changed and cancelled, without their passcode", async () => {
  await verify(await subscribe());
  const start = new Date(Date.now() + 7_200_000).toISOString();
  const made = await call("POST", "/v2/users/me/meetings", {
    body: {
      ...{ topic: "ご相談", type: 2, start_time: start, confidentiality: "medium" },
      settings: { transport_risk_accepted: true },
    },
  });
  const id = Number(at(made, "id"));
  await call("PATCH", `/v2/meetings/${id}`, { body: { topic: "新しい件" } });
  await call("DELETE", `/v2/meetings/${id}`);
  for (let turn = 0; turn < 2; turn++) await world.feature.webhooks.turn();
  expect(told()).toEqual(expect.arrayContaining(["meeting.created", "meeting.updated", "meeting.deleted"]));
  expect(told()).toHaveLength(3);
  for (const { body } of receiver.received.filter(({ event }) => event.startsWith("meeting.")))
    expect(field(field(field(body, "payload"), "object"), "id")).toBe(id);
  expect(JSON.stringify(receiver.received)).not.toContain(String(at(made, "password")));
});

test("[BAR-12] what does not arrive is sent again, then given up, and sent once more when the owner says so", async () => {
  const id = await subscribe(["group.created"]);
  await verify(id);
  receiver.answers.push(500, 503);
  await call("POST", "/v2/groups", { body: { name: "一" } });
  await world.feature.webhooks.turn();
  expect(at(await hooks(), "webhooks", 0)).toMatchObject({ waiting: 1, givenUp: 0, lastProblem: "status" });
  await world.feature.webhooks.turn();
  await world.feature.webhooks.turn();
  expect(told()).toHaveLength(3);
  expect(at(await hooks(), "webhooks", 0)).toMatchObject({ waiting: 0, givenUp: 0, lastProblem: null });
  receiver.answers.push(500, 500, 302);
  await call("POST", "/v2/groups", { body: { name: "二" } });
  for (let turn = 0; turn < 5; turn++) await world.feature.webhooks.turn();
  expect(told()).toHaveLength(6);
  expect(at(await hooks(), "webhooks", 0)).toMatchObject({ waiting: 0, givenUp: 1 });
  expect((await world.owning("POST", `/api/integrations/webhooks/${id}/retry`)).status).toBe(200);
  await world.feature.webhooks.turn();
  expect(told()).toHaveLength(7);
  expect(at(await hooks(), "webhooks", 0)).toMatchObject({ waiting: 0, givenUp: 0, lastProblem: null });
  expect((await world.owning("DELETE", `/api/integrations/webhooks/${id}`)).status).toBe(200);
  await call("POST", "/v2/groups", { body: { name: "三" } });
  await world.feature.webhooks.turn();
  expect(told()).toHaveLength(7);
});

test("[BAR-12] two processes on one database tell each thing once", async () => {
  await verify(await subscribe(["group.created"]));
  await using other = await world.second();
  await Promise.all(
    Array.from({ length: 8 }, (_, n) => call("POST", "/v2/groups", { body: { name: `班 ${n}` } })),
  );
  for (let turn = 0; turn < 3; turn++) await Promise.all([world.feature.webhooks.turn(), other.turn()]);
  expect(told()).toHaveLength(8);
});

test("[BAR-12] no address that only this machine or its cloud can reach is subscribed or asked", async () => {
  await using outside = await apiWorld(postgres, { loopbackAllowed: false });
  for (const url of [
    receiver.url,
    "http://localhost/x",
    "http://[::1]/x",
    "http://169.254.169.254/latest/meta-data",
    "http://0.0.0.0/",
    "https://user:secret@hooks.example.com/",
  ]) {
    const refused = await outside.owning("POST", "/api/integrations/webhooks", {
      url,
      events: ["group.created"],
    });
    expect([url, refused.status, at(refused, "code")]).toEqual([url, 422, "upstream_not_allowed"]);
  }
  for (const url of ["ftp://example.com/", "javascript:alert(1)", "x", ""])
    expect(
      (await outside.owning("POST", "/api/integrations/webhooks", { url, events: ["group.created"] })).status,
    ).toBe(400);
  expect(receiver.received).toEqual([]);
});

test("[BAR-12] an owner makes and revokes API clients; the secret is answered once", async () => {
  const made = await world.owning("POST", "/api/integrations/clients", {
    name: "社員台帳の同期",
    scopes: ["group:read:admin"],
  });
  expect(made.status, made.text).toBe(200);
  const secret = String(at(made, "clientSecret"));
  expect(secret).toMatch(/^[\w-]{43}$/u);
  const list = await hooks();
  expect(list.text).toContain(String(at(made, "client", "clientId")));
  expect(list.text).not.toContain(secret);
  const id = String(at(made, "client", "id"));
  expect((await world.owning("DELETE", `/api/integrations/clients/${id}`)).status).toBe(200);
  expect((await world.owning("DELETE", `/api/integrations/clients/${id}`)).status).toBe(404);
  expect((await hooks()).text).not.toContain(String(at(made, "client", "clientId")));
});
