import { id } from "@sekisho/domain";
import type { FastifyInstance } from "fastify";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { at } from "../../../../../packages/testkit/src/answers.ts";
import { insertPerson } from "../../../../../packages/testkit/src/barriers-world.ts";
import {
  featureApp,
  featureBase,
  type FeatureBase,
} from "../../../../../packages/testkit/src/feature-app.ts";
import { startPostgres, type TestPostgres } from "../../../../../packages/testkit/src/postgres.ts";
import { verifyExport } from "../../admin/verify-export.ts";
import { createAuditFeature } from "./audit-feature.ts";

let postgres: TestPostgres;
let base: FeatureBase;
let app: FastifyInstance;
let auditor: string;
let seen: string;
let walled: string;
let duties: readonly ("auditor" | "compliance")[];

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

beforeEach(async () => {
  base = await featureBase(postgres);
  duties = ["auditor"];
  auditor = await insertPerson(base, { name: "監査 太郎", duties: ["auditor"] });
  seen = await insertPerson(base, { name: "桐生 真帆" });
  walled = await insertPerson(base, { name: "外山 恵" });
  const { db } = base.handle;
  const { routes } = createAuditFeature({
    ...{ db, keys: base.keys, log: base.log },
    hiddenFrom: async () => (who) => who.kind === "account" && who.accountId === walled,
  });
  app = featureApp(base, {
    routes,
    serviceOf: async () => ({
      ...{ kind: "account", accountId: id.account(auditor), sessionId: "s", role: "member", duties },
      ...{ displayName: "監査 太郎", email: "a@example.jp", strength: "password" },
    }),
  });
  return async () => {
    await app.close();
    await base[Symbol.asyncDispose]();
  };
});

async function append(accountId: string, type: string, personal?: object): Promise<void> {
  await base.handle.db.transaction().execute((trx) =>
    base.log.append(trx, {
      ...{ type, actor: { kind: "account", id: accountId }, data: { accountId } },
      ...(personal === undefined ? {} : { personal: { ...personal } }),
    }),
  );
}

async function get(url: string, method: "GET" | "POST" = "GET") {
  const answer = await app.inject({ method, url, headers: { authorization: "Auditor" } });
  const isJson = String(answer.headers["content-type"]).startsWith("application/json");
  const body: unknown = isJson ? answer.json() : answer.body;
  return { status: answer.statusCode, body, text: answer.body, type: String(answer.headers["content-type"]) };
}

test("[BAR-14] a record that names somebody behind a wall by address alone, or a meeting of theirs, is not there", async () => {
  const { db } = base.handle;
  const { email } = await db
    .selectFrom("account")
    .select("email")
    .where("id", "=", walled)
    .executeTakeFirstOrThrow();
  await append(seen, "meeting.scheduled", { invitees: [{ name: "外山", email: email.toUpperCase() }] });
  await append(seen, "invitation.sent", { to: [email] });
  await append(seen, "invitation.sent", { to: ["oba@tokiwagi.example"] });
  expect(at(await get("/api/audit/log?type=meeting."), "records", "length")).toBe(0);
  expect(at(await get("/api/audit/log?type=invitation."), "records", "length")).toBe(1);
  expect((await get("/api/audit/log/export/csv")).text).not.toContain(email);
});

test("[AUD-1] newest first, opened, filtered, in pages that leave nothing out; reading is on record", async () => {
  for (let n = 0; n < 60; n++) await append(seen, "account.changed", { displayName: `名 ${n}` });
  await append(seen, "session.opened");
  const first = await get("/api/audit/log?type=account.");
  expect(first.status, first.text).toBe(200);
  expect([at(first, "records", "length"), at(first, "records", 0, "seq"), at(first, "next")]).toEqual([
    50, 60, 11,
  ]);
  expect(at(first, "records", 0)).toMatchObject({
    type: "account.changed",
    actor: { kind: "account", name: "桐生 真帆" },
    personal: '{"displayName":"名 59"}',
  });
  const rest = await get(`/api/audit/log?type=account.&before=${String(at(first, "next"))}`);
  expect([at(rest, "records", "length"), at(rest, "next")]).toEqual([10, null]);
  const about = await get(`/api/audit/log?about=${seen}&type=session.`);
  expect(at(about, "records", "length")).toBe(1);
  expect(at(await get(`/api/audit/log?until=1`), "records", "length")).toBe(0);
  const reads = await get("/api/audit/log?type=audit.read");
  // Each first page but this one, which is noted before it is read.
  expect(at(reads, "records", "length")).toBe(4);
  expect(at(reads, "records", 0, "actor", "name")).toBe("監査 太郎");
});

test("[AUD-1] [BAR-14] a duty is no exemption: what names somebody behind a wall is neither listed nor exported", async () => {
  await append(seen, "account.changed", { displayName: "見える" });
  await append(walled, "account.changed", { displayName: "見えない" });
  const list = await get("/api/audit/log");
  const files = [await get("/api/audit/log/export/csv"), await get("/api/audit/log/export/jsonl")];
  for (const { text } of [list, ...files]) {
    expect(text).toContain("見える");
    expect(text).not.toContain("見えない");
    expect(text).not.toContain(walled);
  }
});

test("[AUD-1] exports: JSON Lines and a CSV that runs nothing, and each export is on record", async () => {
  await append(seen, "account.changed", { displayName: '=HYPERLINK("http://x")' });
  const csv = await get("/api/audit/log/export/csv?type=account.");
  expect(csv.type).toBe("text/csv; charset=utf-8; header=present");
  const lines = csv.text.split("\r\n");
  expect(lines[0]).toBe('\uFEFF"seq","at","type","actor","name","data","personal","hash"');
  await base.handle.db.updateTable("account").set({ display_name: "=1+1" }).where("id", "=", seen).execute();
  const again = await get("/api/audit/log/export/csv?type=account.");
  expect(again.text).toContain('"\'=1+1"');
  const jsonl = await get("/api/audit/log/export/jsonl");
  const records = jsonl.text
    .trim()
    .split("\n")
    .map((one): unknown => JSON.parse(one));
  expect(records.map((one) => at({ body: one }, "type"))).toEqual([
    ...["account.changed", "audit.exported", "audit.exported", "audit.exported", undefined],
  ]);
  expect(await verifyExport(jsonl.text.trim().split("\n"))).toMatchObject({
    ...{ ok: true, kind: "part", records: 4, opened: 1, unjudged: 0 },
  });
  expect((await get("/api/audit/log/export/xml")).status).toBe(400);
});

test("[AUD-1] the check says that the chains hold, and where one does not", async () => {
  await append(seen, "account.changed", { displayName: "名" });
  const fine = await get("/api/audit/verify", "POST");
  expect(fine.body).toMatchObject({ ok: true, records: 1, chains: 1, problems: [], head: { seq: 1 } });
  const admin = new pg.Client({ connectionString: base.database.adminConnectionString });
  await admin.connect();
  await admin.query("set session_replication_role = replica");
  await admin.query("update organisation_event set type = 'account.created' where seq = 1");
  await admin.end();
  const broken = await get("/api/audit/verify", "POST");
  expect(broken.body).toMatchObject({
    ok: false,
    problems: [{ chain: "organisation", seq: 1, kind: "changed" }],
  });
});

test("[AUD-1] [OPS-3] nobody without the duty, and no filter that is none", async () => {
  for (const query of ["before=0", "before=x", "type=%27", "about=1", "from=-1", "x=1", "about=%00"])
    expect([query, (await get(`/api/audit/log?${query}`)).status]).toEqual([query, 400]);
  duties = ["compliance"];
  for (const path of ["log", "reports", "log/export/csv"])
    expect([path, (await get(`/api/audit/${path}`)).status]).toEqual([path, 403]);
  expect((await get("/api/audit/verify", "POST")).status).toBe(403);
});
