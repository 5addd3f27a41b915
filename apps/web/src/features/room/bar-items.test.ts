import { expect, test } from "vitest";
import { sampleMeta } from "../../api/live/samples.ts";
import type { KeysState } from "../../keys/keys-state.ts";
import { sampleKeysState } from "../../keys/samples.ts";
import { barItems } from "./bar-items.ts";

const keys = (fresh: boolean, change: Parameters<typeof sampleMeta>[0] = {}) =>
  barItems(sampleMeta(change), fresh).map((item) => item.key);

test("[SEC-6] five items, always in one order, none disappears", () => {
  const order = ["encryption", "lock", "recording", "region", "verified"];
  for (const fresh of [true, false])
    expect(barItems(sampleMeta({ region: null }), fresh).map((item) => item.id)).toEqual(order);
});

test("[SEC-6] without the server's word nothing is claimed", () => {
  expect(keys(false)).toEqual([null, null, null, null, null]);
});

test("[ENC-6] a media connection on HMAC-SHA-1 warns; one on an AEAD profile, or an unknown one, does not", () => {
  const tone = (transport: { listed: boolean } | null) => barItems(sampleMeta(), true, transport)[0]?.tone;
  expect([tone({ listed: false }), tone({ listed: true }), tone(null)]).toEqual(["warn", "plain", "plain"]);
});

test("[ENC-1] that the server cannot decrypt is said once this device holds the keys, and while nothing is wrong with them", () => {
  const item = (keys: Partial<KeysState> | null) =>
    barItems(sampleMeta({ encryption: "e2ee" }), true, null, keys === null ? null : sampleKeysState(keys))[0];
  expect(item(null)).toMatchObject({ key: null, tone: "warn" });
  expect(item({ phase: "waiting" })).toMatchObject({ key: "encryption.e2ee.preparing", tone: "warn" });
  expect(item({ awaiting: 2 })).toMatchObject({ key: "encryption.e2ee.awaiting", params: { count: 2 } });
  expect(item({ awaiting: 2, alarms: ["clearMedia"] })).toMatchObject({
    key: "encryption.e2ee.alarm",
    tone: "danger",
  });
  expect(item({ phase: "broken" })).toMatchObject({ key: "encryption.e2ee.alarm" });
  expect(item({})).toMatchObject({ key: "encryption.e2ee", tone: "plain" });
});

test("[SEC-6] unverified people warn; all verified is not said while one is not", () => {
  expect(keys(true)[4]).toBe("verified.none");
  expect(keys(true, { externals: { present: 2, unverified: 0 } })[4]).toBe("verified.all");
  const [, , , , item] = barItems(sampleMeta({ externals: { present: 2, unverified: 1 } }), true);
  expect(item).toMatchObject({ key: "verified.some", params: { count: 1, present: 2 }, tone: "warn" });
  expect(keys(true, { locked: { at: 1, byName: "佐久間" }, region: null }).slice(1, 4)).toEqual([
    "lock.on",
    "recording.none",
    "region.unknown",
  ]);
});
