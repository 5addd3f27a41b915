import { createHash } from "node:crypto";
import { AccessToken } from "livekit-server-sdk";
import { expect, test } from "vitest";
import { createWebhookParser } from "./webhook.ts";

const keys = { apiKey: "key-of-the-test", apiSecret: "secret-of-the-test-that-is-long-enough" };
const now = 1_900_000_000_000;
const clock = { now: () => now };
const parse = createWebhookParser({ ...keys, clock });

const event = {
  event: "participant_joined",
  room: { name: "room", turnPassword: "secret" },
  participant: { identity: "a" },
  createdAt: String(now / 1000),
};

async function signed(body: string, secret = keys.apiSecret, sha = sha256(body)): Promise<string> {
  const token = new AccessToken(keys.apiKey, secret, { ttl: "5m" });
  token.sha256 = sha;
  return await token.toJwt();
}

function sha256(body: string): string {
  return createHash("sha256").update(body).digest("base64");
}

async function outcome(body: string, authorization?: string): Promise<unknown> {
  const result = await parse(authorization === undefined ? {} : { authorization }, Buffer.from(body));
  return result.ok ? result.hint : result.reason;
}

test("a webhook of LiveKit's says where to look, and nothing else of it is kept", async () => {
  const body = JSON.stringify(event);
  expect(await outcome(body, await signed(body))).toEqual({
    event: "participant_joined",
    sfuRoom: "room",
    identity: "a",
  });
});

test("[ADM-11] a forged one is refused: no signature, another key, another body, a plain access token", async () => {
  const body = JSON.stringify(event);
  expect(await outcome(body)).toBe("unsigned");
  expect(await outcome(body, "nonsense")).toBe("forged");
  expect(await outcome(body, await signed(body, "another-secret-that-is-long-enough-too"))).toBe("forged");
  expect(await outcome(`${body} `, await signed(body))).toBe("forged");
  expect(await outcome(body, await new AccessToken(keys.apiKey, keys.apiSecret).toJwt())).toBe("forged");
  const none = Buffer.from('{"alg":"none"}').toString("base64url");
  const claims = Buffer.from(JSON.stringify({ iss: keys.apiKey, sha256: sha256(body) })).toString(
    "base64url",
  );
  expect(await outcome(body, `${none}.${claims}.`)).toBe("forged");
});

test("a stale one and an oversized one are refused", async () => {
  const old = JSON.stringify({ ...event, createdAt: String(now / 1000 - 301) });
  expect(await outcome(old, await signed(old))).toBe("stale");
  const undated = JSON.stringify({ event: "room_started" });
  expect(await outcome(undated, await signed(undated))).toBe("stale");
  const big = JSON.stringify({ ...event, id: "x".repeat(70_000) });
  expect(await outcome(big, await signed(big))).toBe("oversized");
});

test("a signed body that is no event is refused, not thrown", async () => {
  for (const body of ["", "[]", "null", "{", '{"event":7}', '{"__proto__":{"a":1}}']) {
    expect(await outcome(body, await signed(body))).toMatch(/forged|stale/);
  }
});
