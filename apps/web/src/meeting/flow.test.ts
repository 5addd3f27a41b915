import type { AdmissionView, EntryView } from "@sekisho/contract";
import { expect, test } from "vitest";
import { needsStream, screenOf, type FlowInput } from "./flow.ts";

const entry: EntryView = {
  organisation: { name: "みどり野銀行" },
  meeting: null,
  me: { kind: "nobody" },
  provedDomain: null,
  addressProof: false,
  knownAs: null,
  admission: { state: "none" },
  serverTime: 0,
  minimumBuild: 1,
};
const facts = (): NonNullable<EntryView["meeting"]> => ({
  ...{ confidentiality: "high", encryption: "e2ee", visibility: "private", topic: null, region: null },
  ...{ startsAt: 0, endsAt: 1, timeZone: "Asia/Tokyo", recording: "none", verification: "person" },
  ...{ waitingRoom: true, signInNeeded: false, passcodeNeeded: true, addressNeeded: true },
  ...{ registrationNeeded: false, participantVideo: false, nameRule: "free" },
  toSay: { agreement: null, device: false },
});
const own = { admissionId: "a000000000000000", displayName: "名", affiliation: "" };
const base: FlowInput = {
  device: "fine",
  protects: true,
  entry,
  build: 1,
  admission: { state: "none" },
  failure: null,
  mayTakeSeat: false,
  evicted: false,
  again: false,
  wasHere: false,
  roomThere: false,
};
const at = (admission: AdmissionView, change: Partial<FlowInput> = {}) =>
  screenOf({ ...base, admission, ...change });
const admitted = (connected: boolean): AdmissionView => ({
  state: "admitted",
  ...own,
  connected,
  sfuIdentity: "stay000000000000",
  breakoutId: null,
});

test("the device, the server and the build come before everything else", () => {
  expect(screenOf({ ...base, device: "unsupported" })).toMatchObject({ stop: { kind: "unsupported" } });
  expect(screenOf({ ...base, failure: "unreachable" })).toMatchObject({ stop: { kind: "unreachable" } });
  expect(screenOf({ ...base, entry: null })).toEqual({ kind: "opening" });
  expect(screenOf({ ...base, entry: { ...entry, minimumBuild: 2 } })).toMatchObject({
    stop: { kind: "old" },
  });
});

test("[OPS-1] a page that has become too old stops where it is, seat or no seat, and asks for no stream", () => {
  const old: Partial<FlowInput> = { entry: { ...entry, minimumBuild: 2 }, roomThere: true, wasHere: true };
  expect(at(admitted(true), old)).toMatchObject({ stop: { kind: "old" } });
  expect(needsStream({ ...base, admission: admitted(true), mayTakeSeat: true })).toBe(true);
  expect(needsStream({ ...base, admission: admitted(true), mayTakeSeat: true, ...old })).toBe(false);
});

test("[ENC-1] a browser that cannot protect frames has no way into an end-to-end encrypted meeting, and every other one", () => {
  const meeting = (encryption: "e2ee" | "transport") => ({ ...entry, meeting: { ...facts(), encryption } });
  const unable = { protects: false } as const;
  for (const admission of [{ state: "none" }, admitted(false)] as const)
    expect(at(admission, { ...unable, entry: meeting("e2ee") })).toMatchObject({
      stop: { kind: "unprotected" },
    });
  expect(at({ state: "none" }, { ...unable, entry: meeting("transport") })).toEqual({ kind: "entry" });
  expect(at({ state: "none" }, { entry: meeting("e2ee") })).toEqual({ kind: "entry" });
  expect(at({ state: "none" }, { ...unable, entry })).toEqual({ kind: "entry" });
});

test("[ADM-1] a seat in use elsewhere is taken over only when the person asks for it", () => {
  expect(at(admitted(true))).toMatchObject({ stop: { kind: "elsewhere" } });
  expect(needsStream({ ...base, admission: admitted(true) })).toBe(false);
  expect(at(admitted(true), { mayTakeSeat: true })).toEqual({ kind: "entering" });
  expect(at(admitted(true), { mayTakeSeat: true, evicted: true })).toMatchObject({
    stop: { kind: "elsewhere" },
  });
});

test("a reload, and a seat that nobody uses, lead straight in", () => {
  expect(at(admitted(false))).toEqual({ kind: "entering" });
  expect(at(admitted(true), { mayTakeSeat: true, roomThere: true })).toEqual({ kind: "room" });
});

test("[ADM-8] removed and refused are ends with a reference, whatever else is known", () => {
  const screen = at({ state: "removed", reference: "R7K-24WD" }, { roomThere: true, again: true });
  expect(screen).toEqual({ kind: "stop", stop: { kind: "removed", reference: "R7K-24WD" } });
  expect(needsStream({ ...base, admission: { state: "removed", reference: "" } })).toBe(false);
});

test("having left shows an end on this page and a form on a new one", () => {
  const left: AdmissionView = { state: "left", reason: "own" };
  expect(at(left)).toEqual({ kind: "entry" });
  expect(at(left, { wasHere: true })).toMatchObject({ stop: { kind: "left" } });
  expect(at(left, { wasHere: true, again: true })).toEqual({ kind: "entry" });
});
