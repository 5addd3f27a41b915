/** Versions from the parts themselves, lists from servers that nobody has to believe, and marks (OPS-1, DAT-5). */
import type { Posture } from "@sekisho/contract";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { colleague, type Colleague } from "../../../../../packages/testkit/src/colleagues.ts";
import { startProduct, type Client, type Product } from "../../../../../packages/testkit/src/index.ts";
import { openDatabase, type DatabaseHandle } from "../../platform/db/database.ts";

let product: Product;
let owner: Client;
let member: Colleague;
let behind: DatabaseHandle;
let server: Server;
let origin = "";
const asked: IncomingMessage[] = [];
let answer: (request: IncomingMessage, response: ServerResponse) => void;

beforeAll(async () => {
  product = await startProduct({ page: false });
  behind = openDatabase(product.database.adminConnectionString, () => undefined, 1);
  owner = await product.setUp();
  member = await colleague(product, owner);
  server = createServer((request, response) => {
    asked.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
}, 300_000);
afterAll(async () => {
  server?.closeAllConnections();
  server?.close();
  await behind?.close();
  await product?.[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await behind.pool.query("delete from feed; delete from advisory");
  asked.length = 0;
});

const read = () => owner.ok<Posture>("GET", "/api/posture");
const offer = (text: string) => {
  answer = (_request, response) => void response.writeHead(200, { "content-type": "x/y" }).end(text);
};
const set = (kind: "releases" | "vulnerabilities", change: object = {}) =>
  owner.ok<Posture>("PUT", `/api/posture/feeds/${kind}`, {
    ...{ url: `${origin}/list`, publicKey: null },
    ...{ keywords: kind === "vulnerabilities" ? ["livekit"] : [] },
    ...change,
  });
const check = (kind: string) => owner.ok<Posture>("POST", `/api/posture/feeds/${kind}/check`);
const mark = (id: string, as: string | null) =>
  owner.send("POST", "/api/posture/advisories/mark", { id, as });
const list = (...items: readonly (readonly [id: string, title: string, modified: string])[]) =>
  `<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    xmlns:dcterms="http://purl.org/dc/terms/" xmlns:sec="http://jvn.jp/rss/mod_sec/3.0/">${items
      .map(
        ([id, title, modified]) =>
          `<item><title>${title}</title><sec:identifier>${id}</sec:identifier><dcterms:modified>${modified}</dcterms:modified></item>`,
      )
      .join("")}</rdf:RDF>`;
const releases = (issuedAt: string, version = "9.0.0") =>
  JSON.stringify({
    ...{ format: "sekisho-releases", issuedAt },
    releases: [{ version, date: "2026-11-20", security: true, notes: null }],
  });

test("[OPS-1] versions come from what runs: the media server, the database, this process", async () => {
  const { parts } = await read();
  const versions = Object.fromEntries(parts.map(({ part, version }) => [part, version]));
  const { rows } = await behind.pool.query<{ version: string }>("select version()");
  expect(rows[0]?.version).toContain(`PostgreSQL ${versions["postgresql"]}`);
  expect(versions).toMatchObject({ livekit: "1.13.5", node: process.versions.node });
  expect(versions["sekisho"]).toMatch(/^\d+\.\d+\.\d+$/u);
  for (const path of ["/api/posture"]) expect((await member.client.send("GET", path)).status).toBe(403);
});

test("[ENC-6] the way this request came is told as it was, and nothing is claimed of one without TLS", async () => {
  const { transport } = await read();
  expect(transport).toMatchObject({ via: "plain", tls: null, profile: null });
  expect(Math.abs(transport.at - Date.now())).toBeLessThan(600_000);
});

test("[OPS-1] [DAT-5] nobody is asked before a list is named, and nobody after it was taken away", async () => {
  expect(await read()).toMatchObject({ releases: null, vulnerabilities: null, update: null });
  offer(releases("2026-11-21T00:00:00Z"));
  await set("releases");
  expect(asked).toHaveLength(1);
  expect(asked[0]?.headers).toMatchObject({ "user-agent": "Sekisho" });
  expect(asked[0]?.headers.cookie ?? asked[0]?.headers.authorization).toBeUndefined();
  expect(await owner.ok("DELETE", "/api/posture/feeds/releases")).toMatchObject({ releases: null });
  expect((await owner.send("POST", "/api/posture/feeds/releases/check")).status).toBe(404);
  expect((await owner.send("DELETE", "/api/posture/feeds/releases")).status).toBe(404);
  expect(asked).toHaveLength(1);
});

test("[OPS-1] an update is told; a list that fails, or is older, changes nothing of what was known", async () => {
  offer(releases("2026-11-21T00:00:00Z"));
  const first = await set("releases");
  expect(first.update).toMatchObject({ version: "9.0.0", security: true });
  const { lastContactAt } = first.releases ?? expect.fail("no list");
  offer(releases("2026-11-20T00:00:00Z", "0.0.1"));
  expect(await check("releases")).toMatchObject({
    update: { version: "9.0.0" },
    releases: { lastProblem: "older_version", lastContactAt },
  });
});

test("[OPS-1] whatever a hostile server does is a code, soon, and what was known stays", async () => {
  offer(list(["JVNDB-2026-000001", "LiveKit の脆弱性", "2026-11-20T00:00:00Z"]));
  await set("vulnerabilities");
  const bomb = `<!DOCTYPE x [<!ENTITY a "${"x".repeat(1000)}"><!ENTITY b "${"&a;".repeat(1000)}">]>`;
  const hostile: Record<string, typeof answer> = {
    wrong_shape: (_request, response) =>
      void response.end(bomb + list(["J", "livekit &b;", "2026-11-20T00:00:00Z"])),
    too_large: (_request, response) => {
      const more = () => {
        while (response.write(Buffer.alloc(256 * 1024, " ")));
        response.once("drain", more);
      };
      more();
    },
    redirected: (_request, response) =>
      void response.writeHead(302, { location: "http://169.254.169.254/latest/meta-data/" }).end(),
    http_error: (_request, response) => void response.writeHead(500).end("no"),
    unauthorised: (_request, response) => void response.writeHead(403).end(),
    unreachable: (_request, response) => void response.destroy(),
  };
  for (const [problem, how] of Object.entries(hostile)) {
    answer = how;
    const page = await check("vulnerabilities");
    expect([problem, page.vulnerabilities?.lastProblem]).toEqual([problem, problem]);
    expect(page.advisories.map(({ id }) => id)).toEqual(["JVNDB-2026-000001"]);
  }
});

test("[OPS-1] an address of this machine's cloud, one with a secret in it, or one without TLS is not taken", async () => {
  const urls = [
    "http://169.254.169.254/",
    "https://user:word@lists.example/",
    "http://lists.example/",
    "http://10.0.0.1/list",
    "https://[::ffff:169.254.169.254]/",
  ];
  for (const url of urls) {
    const body = { url, publicKey: null, keywords: ["livekit"] };
    const refused = await owner.send("PUT", "/api/posture/feeds/vulnerabilities", body);
    expect([url, refused.status]).toEqual([url, 422]);
  }
  for (const change of [{ url: "file:///etc/passwd" }, { publicKey: `${"A".repeat(59)}=` }, { more: 1 }]) {
    const body = { url: origin, publicKey: null, keywords: [], ...change };
    expect((await owner.send("PUT", "/api/posture/feeds/releases", body)).status).toBe(400);
  }
  expect((await read()).vulnerabilities).toBeNull();
});

test("[OPS-1] a mark says who and when; what its publisher changes afterwards asks again", async () => {
  const id = "JVNDB-2026-000002";
  offer(list([id, "LiveKit の脆弱性", "2026-11-20T00:00:00Z"], ["JVNDB-2026-000003", "別の製品", "x"]));
  expect((await set("vulnerabilities")).advisories).toMatchObject([{ id, mark: null, changed: false }]);
  expect((await mark(id, "handled")).status).toBe(200);
  const handled = { as: "handled", by: "佐久間 里奈" };
  expect((await check("vulnerabilities")).advisories).toMatchObject([{ id, mark: handled, changed: false }]);
  offer(list([id, "LiveKit の脆弱性（更新）", "2026-11-22T00:00:00Z"]));
  expect((await check("vulnerabilities")).advisories).toMatchObject([{ mark: handled, changed: true }]);
  // Other words: what was marked stays, so that nothing that somebody dealt with is forgotten.
  expect((await set("vulnerabilities", { keywords: ["openssl"] })).advisories).toMatchObject([{ id }]);
  expect((await mark(id, null)).status).toBe(200);
  expect((await read()).advisories).toMatchObject([{ mark: null, changed: false }]);
  expect((await mark("JVNDB-0", "seen")).status).toBe(404);
  const { rows } = await behind.pool.query<{ type: string }>(
    "select type from organisation_event where type like 'advisory.%' or type like 'feed.%' order by seq desc limit 1",
  );
  expect(rows[0]?.type).toBe("advisory.marked");
});

test("[OPS-1] a list is read by itself when its time has come, by one process", async () => {
  offer(list());
  await set("vulnerabilities");
  await behind.pool.query("update feed set next_at = now() - interval '1 hour'");
  const second = await product.startProcess();
  await expect.poll(() => asked.length, { timeout: 150_000, interval: 200 }).toBe(2);
  await second.stop();
  expect(asked).toHaveLength(2);
}, 180_000);
