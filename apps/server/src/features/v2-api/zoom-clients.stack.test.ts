/** Published client libraries, as they are, against the running product: only the addresses are given (BAR-12). */
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { classicApiScopes, webhookEvents } from "@sekisho/contract";
import { colleague } from "../../../../../packages/testkit/src/colleagues.ts";
import { startProduct, type Client, type Product } from "../../../../../packages/testkit/src/index.ts";
import {
  loadRivet,
  receiverPort,
  type Rivet,
} from "../../../../../packages/testkit/src/zoom-clients/rivet.ts";

type Credentials = {
  readonly accountId: string;
  readonly clientSecret: string;
  readonly client: { readonly clientId: string };
};

let product: Product;
let owner: Client;
let email: string;
let memberId: string;
let made: Credentials;

beforeAll(async () => {
  product = await startProduct({ page: false });
  owner = await product.setUp();
  const person = await colleague(product, owner);
  ({ email, id: memberId } = person.me);
  const organisation = await owner.ok<{ rules: { defaults: object } }>("GET", "/api/organisation");
  const rules = {
    ...organisation.rules,
    defaults: { ...organisation.rules.defaults, confidentiality: "low" },
  };
  await owner.ok("PUT", "/api/organisation", { ...organisation, rules });
  made = await owner.ok<Credentials>("POST", "/api/integrations/clients", {
    name: "社員台帳",
    scopes: classicApiScopes,
  });
}, 300_000);
afterAll(() => product?.[Symbol.asyncDispose]());

async function tokenOf(): Promise<{ readonly access_token: string; readonly expires_in: number }> {
  const basic = Buffer.from(`${made.client.clientId}:${made.clientSecret}`).toString("base64");
  const answer = await fetch(`${product.origin}/oauth/token`, {
    method: "POST",
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams({ grant_type: "account_credentials", account_id: made.accountId }),
  });
  const body: unknown = await answer.json();
  return {
    access_token: String(Reflect.get(Object(body), "access_token")),
    expires_in: Number(Reflect.get(Object(body), "expires_in")),
  };
}

/** Of the machine: `SEKISHO_TEST_PYTHON`, or `python3`. */
const python = process.env["SEKISHO_TEST_PYTHON"] ?? "python3";
const run = promisify(execFile);

async function hasModule(name: string): Promise<boolean> {
  return run(python, ["-c", `import ${name}`]).then(
    () => true,
    () => false,
  );
}

async function drive(script: string, more: Record<string, string> = {}): Promise<unknown> {
  const file = fileURLToPath(
    new URL(`../../../../../packages/testkit/src/zoom-clients/${script}`, import.meta.url),
  );
  const env = {
    ...process.env,
    ...{ ORIGIN: product.origin, EMAIL: email, ACCOUNT_ID: made.accountId },
    ...{ CLIENT_ID: made.client.clientId, CLIENT_SECRET: made.clientSecret },
    ...more,
  };
  const { stdout } = await run(python, ["-W", "ignore", file], { env });
  const parsed: unknown = JSON.parse(stdout);
  return parsed;
}

test("[BAR-12] the Python package zoomus works unchanged", async ({ skip }) => {
  if (!(await hasModule("zoomus"))) skip("the Python package zoomus is not installed on this machine");
  expect(await drive("zoomus-client.py")).toEqual({
    statuses: [200, 200, 201, 204, 204, 201, 204, 200, 204, 204, 204, 204, 404],
    members: [email],
    topic: "renamed",
  });
});

test("[BAR-12] the Python package pyzoom works unchanged", async ({ skip }) => {
  if (!(await hasModule("pyzoom"))) skip("the Python package pyzoom is not installed on this machine");
  const { access_token: token } = await tokenOf();
  expect(await drive("pyzoom-client.py", { TOKEN: token })).toEqual({
    topic: "renamed",
    same: true,
    listed: 1,
    users: 2,
    deleted: true,
  });
});

async function rivet(skip: (note: string) => never): Promise<Rivet> {
  const { access_token: accessToken, expires_in: seconds } = await tokenOf();
  const loaded = await loadRivet(createRequire(import.meta.url), {
    clientId: made.client.clientId,
    clientSecret: made.clientSecret,
    accountId: made.accountId,
    baseUrl: `${product.origin}/v2`,
    token: {
      accessToken,
      expirationTimeIso: new Date(Date.now() + seconds * 1000).toISOString(),
      scopes: classicApiScopes,
    },
  });
  return loaded ?? skip("the package @zoom/rivet is not installed");
}

const settings = {
  meeting: true,
  in_meeting_chat: false,
  file_transfer: false,
  screen_share: false,
  recording: false,
  im: false,
  complete_phone_calls: false,
  message_via_sms: false,
};

test("[BAR-12] Zoom's own @zoom/rivet works unchanged: groups, policies, people, meetings", async ({
  skip,
}) => {
  const { users, accounts, meetings } = await rivet(skip);
  const a = await users("groups", "createGroup", { body: { name: "Rivet A" } });
  const b = await users("groups", "createGroup", { body: { name: "Rivet B" } });
  expect([a.statusCode, a.data["total_members"]]).toEqual([201, 0]);
  const [from, to] = [String(a.data["id"]), String(b.data["id"])];
  await users("groups", "addGroupMembers", {
    path: { groupId: from },
    body: { members: [{ id: memberId }] },
  });
  const body = {
    id: "",
    policy_name: "Rivet",
    assigned_group_id: from,
    to_group_id: to,
    status: 1,
    type: 0,
    settings,
  };
  const policy = await accounts("informationBarriers", "createInformationBarrierPolicy", { body });
  expect([policy.statusCode, policy.data["effective_state"]]).toEqual([201, "in_force"]);
  const path = { policyId: String(policy.data["id"]) };
  const renamed = { ...policy.data, policy_name: "renamed" };
  const update = await accounts("informationBarriers", "updateInformationBarriersPolicy", {
    path,
    body: renamed,
  });
  expect(update.statusCode).toBe(204);
  const read = await accounts("informationBarriers", "getInformationBarrierPolicyByID", { path });
  expect(read.data["policy_name"]).toBe("renamed");
  await expect(accounts("informationBarriers", "createInformationBarrierPolicy", { body })).rejects.toThrow(
    "[409/93001]",
  );
  const moved = await users("groups", "updateGroupMember", {
    path: { groupId: from, memberId },
    body: { action: "move", target_group_id: to },
  });
  expect(moved.statusCode).toBe(204);
  const user = await users("users", "getUser", { path: { userId: email } });
  expect(user.data["group_ids"]).toEqual([to]);
  expect((await accounts("informationBarriers", "removeInformationBarrierPolicy", { path })).statusCode).toBe(
    204,
  );
  const start = new Date(Date.now() + 3_600_000).toISOString();
  const meeting = await meetings("meetings", "createMeeting", {
    path: { userId: "me" },
    body: { topic: "Rivet", type: 2, start_time: start, timezone: "Asia/Tokyo" },
  });
  expect(meeting.statusCode).toBe(201);
  const meetingId = Number(meeting.data["id"]);
  expect((await meetings("meetings", "getMeeting", { path: { meetingId } })).data["topic"]).toBe("Rivet");
  expect((await meetings("meetings", "deleteMeeting", { path: { meetingId } })).statusCode).toBe(204);
});

test("[BAR-12] @zoom/rivet's receiver takes our challenge and our signatures", async ({ skip }) => {
  const { users, receive } = await rivet(skip);
  const port = await receiverPort();
  const hook = await owner.ok<{ webhook: { id: string }; secretToken: string }>(
    "POST",
    "/api/integrations/webhooks",
    { url: `http://127.0.0.1:${port}/zoom/events`, events: webhookEvents },
  );
  await using received = await receive(port, hook.secretToken, "group.created");
  const verified = await owner.ok<{ state: string; lastProblem: string | null }>(
    "POST",
    `/api/integrations/webhooks/${hook.webhook.id}/verify`,
  );
  expect(verified).toMatchObject({ state: "active", lastProblem: null });
  await users("groups", "createGroup", { body: { name: "Rivet C" } });
  await expect.poll(() => received.payloads).toHaveLength(1);
  expect(received.payloads[0]).toMatchObject({ object: { name: "Rivet C" } });
});
