/** A meeting in progress seen from outside: begun by its host, told by webhook, ended by API (BAR-12). */
import { classicApiScopes, webhookEvents } from "@sekisho/contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startProduct, type Client, type Product } from "../../../../../packages/testkit/src/index.ts";
import { asked, schedule } from "../../../../../packages/testkit/src/meetings.ts";
import {
  field,
  startReceiver,
  type WebhookReceiver,
} from "../../../../../packages/testkit/src/webhook-receiver.ts";

let product: Product;
let owner: Client;
let receiver: WebhookReceiver;
let token: string;

beforeAll(async () => {
  product = await startProduct({ page: false });
  receiver = await startReceiver();
  owner = await product.setUp();
  const made = await owner.ok<{
    accountId: string;
    clientSecret: string;
    client: { clientId: string };
  }>("POST", "/api/integrations/clients", { name: "台帳", scopes: classicApiScopes });
  const basic = Buffer.from(`${made.client.clientId}:${made.clientSecret}`).toString("base64");
  const answer = await fetch(`${product.origin}/oauth/token`, {
    method: "POST",
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams({ grant_type: "account_credentials", account_id: made.accountId }),
  });
  token = String(field(await answer.json(), "access_token"));
}, 300_000);
afterAll(async () => {
  await receiver?.[Symbol.asyncDispose]();
  await product?.[Symbol.asyncDispose]();
});

function api(method: string, path: string, body?: object) {
  return fetch(product.origin + path, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

test("[BAR-12] a meeting that begins and is ended by API is told, each thing once, by whichever of two processes", async () => {
  await product.startProcess();
  const hook = await owner.ok<{ webhook: { id: string }; secretToken: string }>(
    "POST",
    "/api/integrations/webhooks",
    { url: receiver.url, events: webhookEvents },
  );
  receiver.secret = hook.secretToken;
  await owner.ok("POST", `/api/integrations/webhooks/${hook.webhook.id}/verify`);
  const meeting = await schedule(owner);
  const path = `/v2/meetings/${meeting.number}`;
  expect((await api("PUT", `${path}/status`, { action: "end" })).status).toBe(400);
  await asked(owner, meeting);
  expect(field(await (await api("GET", path)).json(), "status")).toBe("started");
  const told = () => receiver.received.map(({ event }) => event);
  await expect.poll(told).toContain("meeting.started");
  expect((await api("PUT", `${path}/status`, { action: "end" })).status).toBe(204);
  await expect.poll(told).toContain("meeting.ended");
  expect(told().toSorted()).toEqual(
    ["endpoint.url_validation", "meeting.created", "meeting.ended", "meeting.started"].toSorted(),
  );
  expect(receiver.received.every(({ signed }) => signed)).toBe(true);
  const ended = receiver.received.find(({ event }) => event === "meeting.ended")?.body;
  expect(ended).toMatchObject({ payload: { object: { id: meeting.number, topic: meeting.detail.topic } } });
});

test("[BAR-12] [SEC-2] a page's session is nobody at /v2, and a client's token is nobody at /api", async () => {
  const session = await fetch(`${product.origin}/v2/users/me`, { headers: { cookie: owner.cookieHeader() } });
  expect(session.status).toBe(401);
  for (const path of ["/api/me", "/api/integrations", "/api/accounts", "/api/barriers"])
    expect((await api("GET", path)).status).toBe(401);
  const page = await fetch(`${product.origin}/v2/nothing`, { headers: { accept: "text/html" } });
  expect([page.status, page.headers.get("content-security-policy")]).toEqual([
    401,
    "default-src 'none'; frame-ancestors 'none'",
  ]);
  await Promise.all([session, page].map((one) => one.text()));
});
