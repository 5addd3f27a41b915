/**
 * The real server against docs/ACCESS.md: every route as every kind of principal. A body that no route takes is sent,
 * so that whoever passes the guard meets `bad_request` and nothing changes.
 */
import { allRoutes, type Route } from "@sekisho/contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { answerTo, principalKinds, type PrincipalKind } from "../../../packages/testkit/src/access-matrix.ts";
import { colleague } from "../../../packages/testkit/src/colleagues.ts";
import { startProduct, type Client, type Product } from "../../../packages/testkit/src/index.ts";
import { asked, idOf, schedule, type TestMeeting } from "../../../packages/testkit/src/meetings.ts";
import { openDatabase } from "./platform/db/database.ts";
import { hashToken, newToken, newUuid } from "./platform/random.ts";

let product: Product;
let meeting: TestMeeting;
const callers = new Map<PrincipalKind, (method: string, path: string, body?: string) => Promise<number>>();

beforeAll(async () => {
  product = await startProduct({ page: false });
  const owner = await product.setUp();
  const [admin, member, invited, host, coHost, verifier, disabled, auditor, compliance] = await Promise.all([
    colleague(product, owner, "admin"),
    ...Array.from({ length: 8 }, () => colleague(product, owner)),
  ]);
  if (!admin || !member || !invited || !host || !coHost || !verifier || !disabled || !auditor || !compliance)
    throw new Error("accounts");
  meeting = await schedule(host.client, {
    rename: "nobody",
    coHosts: [coHost.me.id],
    verifier: verifier.me.id,
    invitees: [{ name: invited.me.displayName, organisation: "", email: invited.me.email }],
  });
  for (const one of [host, coHost, verifier]) await asked(one.client, meeting);
  const guests = await guestsOf(verifier.client, host.client);
  await owner.ok("PATCH", `/api/accounts/${disabled.me.id}`, { disabled: true });
  await owner.ok("PATCH", `/api/accounts/${auditor.me.id}`, { duties: ["auditor"] });
  await owner.ok("PATCH", `/api/accounts/${compliance.me.id}`, { duties: ["compliance"] });
  const bare = product.client();
  await bare.send("POST", `/api/m/${meeting.link}/requests`, {
    displayName: "",
    affiliation: "",
    passcode: null,
    build: 1,
  });
  const people: [PrincipalKind, Client][] = [
    ["nobody", product.client()],
    ["guest", bare],
    ["guest waiting", guests.waiting],
    ["guest admitted", guests.admitted],
    ["guest removed", guests.removed],
    ["member", member.client],
    ["member invited", invited.client],
    ["admin", admin.client],
    ["owner", owner],
    ["auditor", auditor.client],
    ["compliance", compliance.client],
    ["host", host.client],
    ["co-host", coHost.client],
    ["verifier", verifier.client],
    ["disabled account", disabled.client],
  ];
  for (const [kind, client] of people)
    callers.set(kind, (method, path, body) =>
      statusOf(method, path, body, { cookie: client.cookieHeader() }),
    );
  for (const [kind, scope] of [
    ["service", "metrics:read"],
    ["other service", "audit:read"],
  ] as const) {
    const authorization = `Bearer ${await credential(scope)}`;
    callers.set(kind, (method, path, body) => statusOf(method, path, body, { authorization }));
  }
}, 300_000);
afterAll(() => product?.[Symbol.asyncDispose]());

async function guestsOf(verifier: Client, host: Client) {
  const [waiting, admitted, removed] = [product.client(), product.client(), product.client()];
  const ids = await Promise.all(
    [admitted, removed, waiting].map(async (client, index) =>
      idOf(await asked(client, meeting, { name: `客 ${index}` })),
    ),
  );
  await verifier.ok("POST", `/api/m/${meeting.link}/admit`, {
    rows: ids.slice(0, 2).map((admissionId) => ({ admissionId, revision: 1 })),
    method: "document",
    standInReason: null,
  });
  await host.ok("POST", `/api/m/${meeting.link}/participants/${ids[1]}/remove`, { report: false });
  return { waiting, admitted, removed };
}

async function credential(scope: string): Promise<string> {
  const token = newToken();
  const database = openDatabase(product.database.connectionString, () => undefined, 1);
  await database.db
    .insertInto("service_credential")
    .values({ id: newUuid(), name: scope, token_hash: hashToken(token), scopes: [scope] })
    .execute();
  await database.close();
  return token;
}

/** Headers are enough: a stream is let go as soon as it was granted. */
async function statusOf(
  method: string,
  path: string,
  body: string | undefined,
  who: Record<string, string>,
): Promise<number> {
  const abort = new AbortController();
  const response = await fetch(product.origin + path, {
    method,
    signal: abort.signal,
    headers: {
      origin: product.origin,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...who,
    },
    ...(body === undefined ? {} : { body }),
  });
  const isStream = response.headers.get("content-type")?.includes("event-stream") === true;
  if (!isStream) await response.text();
  abort.abort();
  return response.status;
}

/** The first of some values that the route's own schema takes. */
function pathOf(route: Route): string {
  const values = [newUuid(), "A".repeat(22), "A".repeat(43), "policies", "releases", "csv", "1"];
  const names = [...route.path.matchAll(/:([A-Za-z]+)/gu)].map(([, name = ""]) => name);
  const known: Record<string, string> = { link: meeting.link, meetingId: meeting.id };
  const fitting = values.find(
    (value) =>
      route.params.safeParse(Object.fromEntries(names.map((name) => [name, known[name] ?? value]))).success,
  );
  return route.path.replaceAll(/:([A-Za-z]+)/gu, (_all, name: string) => known[name] ?? fitting ?? "");
}

const tested = principalKinds.filter((kind) => kind !== "media server");

test.each(tested)(
  "[ADM-1] [SEC-2] the server answers %s as docs/ACCESS.md says, on every route",
  async (kind) => {
    const call = callers.get(kind);
    if (call === undefined) throw new Error(`nobody plays ${kind}`);
    const wrong: string[] = [];
    for (const route of allRoutes) {
      const expected = answerTo(route.access, kind);
      const status = await call(
        route.method,
        pathOf(route),
        route.method === "GET" ? undefined : '{"no_route_takes_this":1}',
      );
      const refused = status === 401 || status === 403 || (status === 404 && route.access.kind === "meeting");
      // The meeting runs: there is no report of it yet, and the host is told so.
      const absent = status === 404 && route.path.includes("/reports/:instanceId");
      const fits =
        expected === "allowed"
          ? (!refused || absent) && status < 500
          : refused && (expected !== "sign-in" || status === 401);
      // A removed guest or somebody who waits may reach the lobby's routes, which then find no place for them.
      const lobby = route.access.kind === "lobby" && route.id === "live.ticket" && status === 403;
      if (!fits && !lobby) wrong.push(`${route.id}: ${status}, expected ${expected}`);
    }
    expect(wrong).toEqual([]);
  },
);
