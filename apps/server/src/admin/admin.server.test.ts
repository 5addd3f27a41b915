import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { openDatabase } from "../platform/db/database.ts";
import { startEmbeddedPostgres } from "../platform/embedded/postgres.ts";
import { createKeys } from "../platform/keys/keys.ts";
import { readMasterKey } from "../platform/keys/master-key.ts";
import { createOutbox } from "../platform/mail/outbox.ts";
import { runAdmin } from "./run-admin.ts";
import { seed } from "./seed.ts";

let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "sekisho-admin-"));
  chmodSync(root, 0o711);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

type Done = { readonly code: number; readonly out: string; readonly errors: string };

async function admin(data: string, words: readonly string[], password = "a long enough one"): Promise<Done> {
  const out: string[] = [];
  const errors: string[] = [];
  const code = await runAdmin([...words, "--data", join(root, data), "--lang", "en"], {
    env: {},
    root,
    print: (line) => out.push(line),
    printError: (line) => errors.push(line),
    askPassword: async () => password,
  });
  return { code, out: out.join("\n"), errors: errors.join("\n") };
}

const owner = ["owner", "create", "--email", "rina@example.jp", "--name", "佐久間 里奈"];

test("[IDN-1] an owner is made without the web, with the same rules for the password", async () => {
  expect((await admin("one", owner)).errors).toContain("--organisation");
  const found = [...owner, "--organisation", "みどり野銀行"];
  expect((await admin("one", found, "short")).errors).toContain("12 characters");
  expect(await admin("one", found)).toMatchObject({ code: 0, errors: "" });
  expect((await admin("one", owner)).errors).toContain("already");
  for (const words of [["nonsense"], ["owner", "create", "more"], ["audit"], [...owner, "--unknown"]])
    expect((await admin("one", words)).code).toBe(1);
  expect((await admin("one", ["help"])).out).toContain("backup <file>");
}, 120_000);

test("[BAR-12] an API client's secret is printed once; scopes of the two kinds are not mixed", async () => {
  const create = (...scopes: readonly string[]) =>
    admin("one", ["service", "create", "--name", "台帳", ...scopes.flatMap((scope) => ["--scope", scope])]);
  const made = await create("group:read:admin", "user:read:user:admin");
  expect(made.code).toBe(0);
  const secret = /Client secret: +([A-Za-z0-9_-]{43})/u.exec(made.out)?.[1] ?? "";
  expect(secret).toHaveLength(43);
  expect(made.out).toContain("/oauth/token");
  expect((await create("group:read:admin", "metrics:read")).code).toBe(1);
  expect((await create("group:read:admin", "root")).code).toBe(1);
  expect((await admin("one", ["service", "list"])).out).not.toContain(secret);
});

test("[AUD-1] a machine's token is printed once and the log verifies and exports, names only on demand", async () => {
  const made = await admin("one", ["service", "create", "--name", "monitor", "--scope", "metrics:read"]);
  const token = /Bearer ([A-Za-z0-9_-]{43})/u.exec(made.out)?.[1] ?? "";
  expect(token).toHaveLength(43);
  expect((await admin("one", ["service", "create", "--name", "x", "--scope", "root"])).code).toBe(1);
  const list = await admin("one", ["service", "list"]);
  expect(list.out).toContain("metrics:read  monitor");
  expect(list.out).not.toContain(token);
  const id = made.out.split("\n")[0] ?? "";
  expect((await admin("one", ["service", "revoke", id])).code).toBe(0);
  expect((await admin("one", ["service", "revoke", id])).code).toBe(1);
  expect((await admin("one", ["service", "revoke", "x"])).code).toBe(1);
  expect(await admin("one", ["audit", "verify"])).toMatchObject({ code: 0 });
  expect((await admin("one", ["audit", "export", "--format", "jsonl"])).out).not.toContain("rina@");
  const open = await admin("one", ["audit", "export", "--format", "csv", "--personal"]);
  expect(open.out).toContain("rina@");
  expect(open.out.match(/audit\.exported/gu)).toHaveLength(2);
}, 120_000);

test("[OPS-3] health says that no server answers, and is an error then", async () => {
  const asked = await admin("one", ["health"]);
  expect([asked.code, asked.out]).toEqual([1, "Database: good\nServer: no answer"]);
  const ready = createServer((request, answer) =>
    answer.writeHead(request.url === "/readyz" ? 200 : 404).end(),
  );
  onTestFinished(() => void ready.close());
  await new Promise<void>((resolve) => ready.listen(0, "127.0.0.1", resolve));
  const address = ready.address();
  const port = typeof address === "object" && address !== null ? String(address.port) : "";
  const there = await admin("one", ["health", "--port", port, "--host", "127.0.0.1"]);
  expect([there.code, there.out]).toEqual([0, "Database: good\nServer: good"]);
  expect((await admin("one", ["health", "--port", "x"])).errors).toContain("port");
});

test("[DAT-3] a back-up comes back whole into an empty database, and without its keys and master key opens nothing", async () => {
  const file = join(root, "copy.gz");
  await plantInstance("one");
  expect((await admin("one", ["backup", file])).out).toContain("master.key");
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(existsSync(`${file}.keys`)).toBe(true);
  expect((await admin("one", ["backup", file])).errors).toContain("already");
  expect((await admin("one", ["restore", file])).errors).toContain("not empty");
  expect((await admin("two", ["restore", file])).out).toContain("master key is not the one");
  mkdirSync(join(root, "three", "keys"), { recursive: true });
  chmodSync(join(root, "three"), 0o711);
  chmodSync(join(root, "three", "keys"), 0o700);
  copyFileSync(join(root, "one", "keys", "master.key"), join(root, "three", "keys", "master.key"));
  chmodSync(join(root, "three", "keys", "master.key"), 0o600);
  const restored = await admin("three", ["restore", file]);
  expect([restored.code, restored.errors]).toEqual([0, ""]);
  expect(await dump("three")).toEqual(await dump("one"));
  writeFileSync(join(root, "not.gz"), "not a back-up");
  expect((await admin("four", ["restore", join(root, "not.gz")])).errors).toContain("not a back-up");
  expect((await admin("four", ["restore", join(root, "absent.gz")])).code).toBe(1);
  const header = {
    format: "sekisho-backup",
    version: 1,
    at: "",
    migrations: ["0001-organisation", "9999-later"],
  };
  writeFileSync(join(root, "later.gz"), gzipSync(`${JSON.stringify(header)}\n`));
  const later = await admin("four", ["restore", join(root, "later.gz")]);
  expect([later.code, later.errors.split("\n")]).toEqual([1, [expect.stringContaining("9999-later")]]);
}, 240_000);

test("a command that fails for any reason says so in one line, without a stack trace", async () => {
  const nowhere = await admin("one", ["backup", join(root, "no", "such", "folder")]);
  expect([nowhere.code, nowhere.errors.split("\n")]).toEqual([1, [expect.stringContaining("ENOENT")]]);
  await admin("six", ["audit", "verify"]);
  {
    await using postgres = await opened("six");
    await postgres.handle.pool.query("insert into kysely_migration values ('9999-later', '2027-01-01')");
  }
  const newer = await admin("six", ["audit", "verify"]);
  expect([newer.code, newer.errors.split("\n")]).toEqual([1, [expect.stringContaining("9999-later")]]);
});

test("seeds grow once, in an empty database, and the log verifies", async () => {
  await admin("five", ["audit", "verify"]);
  await using postgres = await opened("five");
  const parts = { config: { keysDir: join(root, "five", "keys") }, database: postgres.server };
  expect(await seed(parts)).toContain("rina@midorino.example");
  expect(await seed(parts)).toBeUndefined();
  const { rows } = await postgres.handle.pool.query("select settings->>'topic' as topic from meeting");
  expect(rows).toHaveLength(3);
});

async function opened(data: string) {
  const server = await startEmbeddedPostgres({ dataDir: join(root, data) });
  const handle = openDatabase(server.adminConnectionString, () => undefined, 2);
  return {
    server,
    handle,
    async [Symbol.asyncDispose]() {
      await handle.close();
      await server.stop();
    },
  };
}

/** A meeting with an instance, so that wrapped keys and microseconds are in the copy. */
async function plantInstance(data: string): Promise<void> {
  await using postgres = await opened(data);
  await postgres.handle.pool.query(
    `insert into meeting (id, host_id, settings, start_local, time_zone, duration_minutes, first_start, link, preset_version)
     select '00000000-0000-4000-8000-000000000001', id, '{"a": 1.10}', '2026-11-24T16:00', 'Asia/Tokyo', 60,
            '2026-11-24T07:00:00.123456Z', 'link', 1 from account`,
  );
  await postgres.handle.pool.query(
    `insert into meeting_instance (id, meeting_id, occurrence, sfu_room, starts_at, ends_at, head, evidence_key)
     values ('i', '00000000-0000-4000-8000-000000000001', 'once', 'r', now(), now(),
             sha256('sekisho chain i'), '\\xdeadbeef')`,
  );
}

async function dump(data: string): Promise<readonly unknown[]> {
  await using postgres = await opened(data);
  const all: unknown[] = [];
  for (const table of [
    "organisation",
    "account",
    "meeting",
    "meeting_instance",
    "organisation_event",
    "chain_head",
  ]) {
    const { rows } = await postgres.handle.pool.query<{ row: string }>(
      `select to_jsonb(t)::text as row from ${table} t order by 1`,
    );
    all.push(...rows.map((one) => `${table} ${one.row}`));
  }
  return all;
}

test("[IDN-2] an operator takes the factors of an account away; that stands in the log", async () => {
  expect((await admin("one", ["account", "reset-factors", "nobody@example.jp"])).errors).toContain(
    "no account",
  );
  expect(await admin("one", ["account", "reset-factors", "RINA@example.jp"])).toMatchObject({ code: 0 });
  expect((await admin("one", ["audit", "export", "--format", "jsonl"])).out).toContain(
    "account.factorsReset",
  );
}, 120_000);

test("[IDN-2] an operator makes a link for a new password, also for an owner; that stands in the log", async () => {
  const made = await admin("one", ["account", "recovery-link", "RINA@example.jp"]);
  expect(made.out).toMatch(/\/recover\/[\w-]{43}$/mu);
  expect((await admin("one", ["audit", "export", "--format", "jsonl"])).out).toContain(
    "account.recoveryLinkMade",
  );
}, 120_000);

test("[INV-3] the outbox tells where a message went and what it met, never what it says", async () => {
  const before = await admin("one", ["outbox", "list"]);
  expect(before).toMatchObject({ code: 0 });
  expect(before.out).toMatch(/^[^\n]* accountNotice [^\n]*\n[^\n]* accountNotice [^\n]*$/u);
  {
    await using postgres = await opened("one");
    const keys = createKeys(readMasterKey(join(root, "one", "keys")));
    const outbox = createOutbox({
      ...{ db: postgres.handle.db, keys, transport: null, now: Date.now },
      fromName: async () => "",
      onFailure: () => undefined,
    });
    const message = { kind: "addressCode", to: "ohba@tokiwagi.example", subject: "s", secret: true } as const;
    await outbox.put(postgres.handle.db, { ...message, text: "042917", goodUntil: null });
    await outbox.stop();
  }
  const { out } = await admin("one", ["outbox", "list"]);
  expect(out).toMatch(/ {2}noTransport {2}addressCode {2}ohba@tokiwagi\.example {2}0 {2}-$/mu);
  expect(out).not.toContain("042917");
}, 120_000);
