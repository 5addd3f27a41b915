import { generateKeyPairSync, sign } from "node:crypto";
import { expect, test } from "vitest";
import { compareVersions, readReleases, signingKey, updateOf } from "./read-releases.ts";

const keys = generateKeyPairSync("ed25519");
const publicKey = keys.publicKey.export({ format: "der", type: "spki" }).toString("base64");
const release = (version: string, security = false) => ({
  ...{ version, date: "2026-11-20", security },
  notes: "https://updates.example/notes",
});
const document = (change: object = {}) => ({
  format: "sekisho-releases",
  issuedAt: "2026-11-21T00:00:00Z",
  releases: [release("0.1.0"), release("0.10.0"), release("0.2.0", true)],
  ...change,
});
const plain = (change?: object) => JSON.stringify(document(change));
function signed(text: string, by = keys.privateKey): string {
  const payload = Buffer.from(text);
  return JSON.stringify({
    payload: payload.toString("base64"),
    signature: sign(null, payload, by).toString("base64"),
  });
}
const read = (text: string, key: string | null = null, before = 0) =>
  readReleases(text, { publicKey: key, before: before === 0 ? null : { issuedAt: before, releases: [] } });

test("[OPS-1] the newest release above the own version is an update, and mends what those in between mend", () => {
  const answer = read(plain());
  if (answer.kind !== "list") throw new Error(answer.problem);
  expect(updateOf(answer.list, "0.1.0")).toMatchObject({ version: "0.10.0", security: true });
  expect(updateOf(answer.list, "0.9.9")).toMatchObject({ version: "0.10.0", security: false });
  expect(updateOf(answer.list, "0.10.0")).toBeNull();
  expect(updateOf(null, "0.1.0")).toBeNull();
  expect(compareVersions("1.2.10", "1.2.9")).toBeGreaterThan(0);
});

test("[OPS-1] with a key, only what it has signed is taken", () => {
  expect(signingKey(publicKey)).not.toBeNull();
  expect(read(signed(plain()), publicKey)).toMatchObject({ kind: "list" });
  expect(read(signed(plain()))).toMatchObject({ kind: "list" });
  const other = generateKeyPairSync("ed25519").privateKey;
  const moved = { ...Object(JSON.parse(signed(plain()))), payload: Buffer.from("{}").toString("base64") };
  for (const text of [plain(), signed(plain(), other), JSON.stringify(moved), "", "null"])
    expect(read(text, publicKey)).toEqual({ kind: "failed", problem: "bad_signature" });
  const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey;
  expect(signingKey(rsa.export({ format: "der", type: "spki" }).toString("base64"))).toBeNull();
  expect(signingKey("A".repeat(59) + "=")).toBeNull();
});

test("[OPS-1] nobody is led back to an older list, which would hide what a newer one told", () => {
  const issued = Date.parse("2026-11-21T00:00:00Z");
  expect(read(plain(), null, issued)).toMatchObject({ kind: "list" });
  expect(read(plain(), null, issued + 1)).toEqual({ kind: "failed", problem: "older_version" });
});

test("[OPS-1] what has another shape is no list", () => {
  const wrong = [
    plain({ format: "other" }),
    plain({ releases: [{ ...release("1.0.0"), notes: "javascript:alert(1)" }] }),
    plain({ releases: [{ ...release("1.0.0"), notes: "http://updates.example/" }] }),
    plain({ releases: [release("1.0.0-beta")] }),
    plain({ issuedAt: "yesterday" }),
    "[]",
    "<rss/>",
  ];
  for (const text of wrong) expect(read(text)).toEqual({ kind: "failed", problem: "wrong_shape" });
  expect(read(plain({ added: "later" }))).toMatchObject({ kind: "list" });
});
