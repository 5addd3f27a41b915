/** What no page of ours sends: a clear code, never a 500, nothing lost. */
import { allRoutes, errorStatus } from "@sekisho/contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startProduct, type Client, type Product } from "../../../../../packages/testkit/src/index.ts";
import { asked, schedule, type TestMeeting } from "../../../../../packages/testkit/src/meetings.ts";

let product: Product;
let host: Client;
let meeting: TestMeeting;

beforeAll(async () => {
  product = await startProduct({ page: false });
  host = await product.setUp();
  meeting = await schedule(host);
  await asked(host, meeting);
}, 300_000);
afterAll(() => product?.[Symbol.asyncDispose]());

const bodies: readonly string[] = [
  "",
  "null",
  "[]",
  "0",
  '"text"',
  "{",
  '{"__proto__":{"admin":true}}',
  '{"constructor":{"prototype":{"admin":true}}}',
  '{"unknown":1}',
  `{"displayName":"${"あ".repeat(5000)}","affiliation":"","passcode":null,"build":1}`,
  '{"displayName":"\\u0000","affiliation":"","passcode":null,"build":1}',
  '{"displayName":"\\ud800","affiliation":"","passcode":"\\ud800","build":1}',
  '{"displayName":{},"affiliation":[],"passcode":1e999,"build":-1}',
  '{"rows":[{"admissionId":"x","revision":1e308}],"method":"voice","standInReason":null}',
  `{"rows":${JSON.stringify(Array(5000).fill({ admissionId: "a".repeat(22), revision: 1 }))},"method":null,"standInReason":null}`,
  `{"a":${"[".repeat(20_000)}${"]".repeat(20_000)}}`,
];

function pathOf(path: string): string {
  return path
    .replace(":link", meeting.link)
    .replace(":meetingId", meeting.id)
    .replaceAll(/:[A-Za-z]+/gu, "A".repeat(22));
}

const codes: readonly string[] = Object.keys(errorStatus);

test("[OPS-3] every route answers every odd body with a code of the contract", async () => {
  const stranger = product.client();
  const writing = allRoutes.filter(
    (route) =>
      route.method !== "GET" &&
      route.id !== "meeting.cancel" &&
      !route.id.startsWith("session.") &&
      route.id !== "meeting.end",
  );
  for (const route of writing)
    for (const client of [stranger, host])
      for (const body of bodies) {
        const answer = await client.send(route.method, pathOf(route.path), body);
        const where = `${route.id} ${body.slice(0, 40)}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 200)}`;
        expect(answer.status, where).toBeLessThan(500);
        if (answer.status >= 400) {
          expect(codes, where).toContain(Reflect.get(Object(answer.body), "code"));
          expect(JSON.stringify(answer.body), where).not.toMatch(/at |node_modules|Error:/u);
        }
      }
  expect(await host.ok("GET", `/api/m/${meeting.link}`)).toMatchObject({ admission: { state: "admitted" } });
}, 120_000);

test("[OPS-3] path tricks, compressed and foreign bodies are refused with a code", async () => {
  const tries: readonly (readonly [string, string, string | undefined, Record<string, string>])[] = [
    ["GET", "/api/m/..%2f..%2fetc%2fpasswd", undefined, {}],
    ["GET", "/assets/..%2f..%2fpackage.json", undefined, {}],
    ["GET", "/assets/%00", undefined, {}],
    ["GET", `/api/m/${"A".repeat(3000)}`, undefined, {}],
    ["GET", "/api/m/%E0%A4%A", undefined, {}],
    ["GET", "/internal/livekit-webhook", undefined, {}],
    ["POST", "/internal/livekit-webhook", "{}", { "content-type": "application/webhook+json" }],
    [
      "POST",
      "/internal/livekit-webhook",
      "{}",
      { "content-type": "application/webhook+json", authorization: "Bearer x.y.z" },
    ],
    ["POST", "/api/sign-in", "{}", { "content-encoding": "gzip" }],
    ["POST", "/api/sign-in", "a=b", { "content-type": "application/x-www-form-urlencoded" }],
    ["POST", "/api/sign-in", "x".repeat(400_000), {}],
    ["POST", "/api/sign-in", "{}", { origin: "https://evil.example" }],
    ["GET", "/api/me", undefined, { authorization: "Bearer nonsense" }],
    ["GET", "/metrics", undefined, {}],
    ["TRACE", "/api/me", undefined, {}],
    ["GET", "/sfu/twirp/livekit.RoomService/ListRooms", undefined, {}],
    ["POST", "/sfu/twirp/livekit.RoomService/ListRooms", "{}", {}],
    ["GET", "/sfu/rtc/v1", undefined, {}],
    ["GET", "/sfu/rtc/v1/validate?access_token=%00", undefined, {}],
  ];
  for (const [method, path, body, headers] of tries) {
    if (method === "TRACE") continue;
    const answer = await host.send(method, path, body, headers);
    const where = `${method} ${path.slice(0, 60)}: ${answer.status}`;
    expect(answer.status, where).toBeGreaterThanOrEqual(400);
    expect(answer.status, where).toBeLessThan(500);
    expect(JSON.stringify(answer.body), where).not.toMatch(/node_modules|Error:/u);
  }
});

test("[ADM-1] a state change from another site's page is refused, whatever cookies come with it", async () => {
  for (const headers of [
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: product.origin.replace("http", "https") },
  ]) {
    const answer = await host.send("POST", `/api/m/${meeting.link}/lock`, { locked: true }, headers);
    expect([answer.status, Reflect.get(Object(answer.body), "code")]).toEqual([403, "origin_not_allowed"]);
  }
});
