import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { checkoutRoot } from "../platform/embedded/checkout.ts";
import type { Config } from "./config.ts";
import { configurationDocument } from "./document.ts";
import { loadConfig } from "./load-config.ts";
import { settings } from "./settings.ts";
import { StartProblem } from "./start-problem.ts";
import { problemTexts } from "./start-messages.ts";
import { startTexts } from "./start-texts.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "sekisho-config-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

type Given = { argv?: string[]; env?: Record<string, string>; file?: unknown };

function load({ argv = [], env = {}, file }: Given): Config {
  if (file !== undefined) writeFileSync(join(root, "sekisho.config.json"), JSON.stringify(file));
  return loadConfig({ argv: ["--data", root, ...argv], env, root });
}

function refusal(given: Given): string {
  try {
    load(given);
  } catch (error) {
    if (error instanceof StartProblem) return `${error.code} ${error.sentence("en")} ${error.sentence("ja")}`;
    throw error;
  }
  return "accepted";
}

test("the document says what the settings say (write it with scripts/write-configuration.ts)", () => {
  const written = readFileSync(join(checkoutRoot(), "docs", "CONFIGURATION.md"), "utf8");
  expect(written).toBe(configurationDocument());
  expect(Object.keys(settings).length).toBeLessThan(60);
});

test("without any setting the server serves this machine only, over plain HTTP", () => {
  const config = load({});
  expect(config).toMatchObject({ host: "127.0.0.1", port: 7700, exposure: "loopback" });
  expect(config).toMatchObject({ publicOrigin: "http://127.0.0.1:7700", keysDir: join(root, "keys") });
  expect(config.gateLimits).toMatchObject({ dropGraceMs: 120_000, hostsAwayMs: 300_000 });
});

test("flags win over the environment, the environment over the file, the file over defaults", () => {
  const file = { port: 1001, hostAwayMinutes: 7, logLevel: "warn" };
  const env = { SEKISHO_PORT: "1002", SEKISHO_LOG_LEVEL: "error" };
  expect(load({ file })).toMatchObject({ port: 1001, logLevel: "warn" });
  expect(load({ file, env })).toMatchObject({ port: 1002, logLevel: "error", hostAwayMinutes: 7 });
  expect(load({ file, env, argv: ["--port=1003"] })).toMatchObject({ port: 1003, logLevel: "error" });
});

const mail = { smtpHost: "mail.example.jp", smtpFrom: "sekisho@example.jp" };

test.each([
  [{ argv: ["--prt", "80"] }, "did you mean --port?"],
  [{ env: { SEKISHO_LIVKIT_URL: "http://x" } }, "did you mean SEKISHO_LIVEKIT_URL?"],
  [{ file: { hostAwayMinute: 5 } }, "did you mean hostAwayMinutes?"],
  [{ file: { __proto__x: 1 } }, "__proto__x is not a setting"],
  [{ file: { dataDir: "/elsewhere" } }, "dataDir is not a setting"],
  [{ file: [] }, "must hold one JSON object"],
  [{ env: { SEKISHO_PORT: "70000" } }, "port (SEKISHO_PORT): expected number, 0–65535"],
  [{ file: { port: "x" } }, "port (SEKISHO_PORT) の値が正しくありません"],
  [{ file: { hostAwayMinutes: 0 } }, "hostAwayMinutes"],
  [{ env: { SEKISHO_LOG_LEVEL: "loud" } }, "expected debug, info, warn, error"],
  [{ env: { SEKISHO_DOMAIN: "no dots" } }, "domain (SEKISHO_DOMAIN): expected host name"],
  [{ argv: ["--port"] }, "--port needs a value"],
  [{ argv: ["now"] }, "now is not understood"],
  [{ env: { SEKISHO_LIVEKIT_URL: "http://127.0.0.1:1" } }, "livekitUrl needs livekitKey"],
  [{ env: { SEKISHO_SMTP_HOST: "mail.example.jp" } }, "smtpHost and smtpFrom belong together"],
  [{ file: { ...mail, smtpTls: "off" } }, "smtpTls can be off only"],
  [{ file: { ...mail, smtpUser: "sekisho" } }, "smtpUser and smtpPasswordFile belong together"],
  [{ file: { ...mail, smtpFrom: "a@example.jp>\r\nBcc: b@example.jp" } }, "smtpFrom"],
  [{ env: { SEKISHO_TLS: "off" } }, "publicUrl (SEKISHO_PUBLIC_URL) must be the https address"],
])("a mistake is named, with the nearest right word: %o", (given, expected) => {
  const told = refusal(given);
  expect(told).toContain("config_invalid");
  expect(told).toContain(expected);
});

test("[INV-3] mail without TLS is for a mail server on this machine alone", () => {
  const file = { ...mail, smtpHost: "127.0.0.1", smtpTls: "off" };
  expect(load({ file })).toMatchObject({ smtpTls: "off", smtpPort: 587 });
});

test("a file that is no JSON is named", () => {
  writeFileSync(join(root, "sekisho.config.json"), "{ port: 1 }");
  expect(refusal({})).toContain("cannot be read as JSON");
});

const goodSecret = "kJ8dPq2LmZ7vXc4RtY9wBn6HsF3aGe1U";
const livekit = { SEKISHO_LIVEKIT_URL: "http://10.0.0.2:7880", SEKISHO_LIVEKIT_KEY: "APIx7Kd92" };

test.each([
  [{ ...livekit, SEKISHO_LIVEKIT_SECRET: "secret" }, "SEKISHO_LIVEKIT_SECRET"],
  [{ ...livekit, SEKISHO_LIVEKIT_KEY: "devkey", SEKISHO_LIVEKIT_SECRET: goodSecret }, "SEKISHO_LIVEKIT_KEY"],
  [{ DATABASE_URL: "postgres://sekisho:password@db/sekisho" }, "DATABASE_URL"],
  [{ DATABASE_URL: "postgres://sekisho@db/sekisho" }, "DATABASE_URL"],
  [{ SEKISHO_TURN_HOST: "turn.example.jp", SEKISHO_TURN_SECRET: "change-me" }, "SEKISHO_TURN_SECRET"],
])("[IDN-1] missing and example secrets keep a public address closed: %o", (env, name) => {
  for (const open of [{ SEKISHO_HOST: "0.0.0.0" }, { SEKISHO_DOMAIN: "meet.example.jp" }]) {
    expect(refusal({ env: { ...env, ...open } })).toMatch(new RegExp(`^unsafe_secrets .*${name}`));
  }
  expect(refusal({ env })).toBe("accepted");
});

test("[IDN-1] real secrets open it", () => {
  const env = {
    ...livekit,
    SEKISHO_LIVEKIT_SECRET: goodSecret,
    DATABASE_URL: `postgres://sekisho_app:${goodSecret}@db/sekisho`,
    SEKISHO_DOMAIN: "meet.example.jp",
  };
  expect(load({ env })).toMatchObject({
    exposure: "domain",
    publicOrigin: "https://meet.example.jp",
    port: 443,
  });
});

test.each([
  [{}, "loopback", "http://127.0.0.1:7700"],
  [{ SEKISHO_HOST: "192.168.1.5" }, "house", "https://192.168.1.5:7700"],
  [{ SEKISHO_DOMAIN: "meet.example.jp", SEKISHO_PORT: "8443" }, "domain", "https://meet.example.jp:8443"],
  [
    { SEKISHO_PUBLIC_URL: "https://meet.example.jp/", SEKISHO_TRUSTED_PROXIES: "127.0.0.1" },
    "proxy",
    "https://meet.example.jp",
  ],
])("who can reach the server decides how it speaks: %o", (env, exposure, publicOrigin) => {
  expect(load({ env })).toMatchObject({ exposure, publicOrigin });
});

test("what a start says exists in both languages, with the same values in both", () => {
  const blanks = (text: string) => (text.match(/\{\w+\}/g) ?? []).toSorted();
  for (const [code, { en, ja }] of Object.entries({ ...problemTexts, ...startTexts })) {
    if (code === "config_invalid") continue;
    expect(new Set(blanks(ja)), code).toEqual(new Set(blanks(en)));
    expect(ja === en && code !== "stopAbout", code).toBe(false);
  }
});
