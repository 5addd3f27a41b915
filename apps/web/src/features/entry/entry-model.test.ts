import type { EntryView, MeetingFacts } from "@sekisho/contract";
import { expect, test } from "vitest";
import {
  clock,
  entryFields,
  missing,
  nextKey,
  problemOfFailure,
  proofNeeded,
  proofOfFailure,
} from "./entry-model.ts";

const facts: MeetingFacts = {
  confidentiality: "medium",
  encryption: "transport",
  visibility: "private",
  startsAt: 0,
  endsAt: 1,
  timeZone: "Asia/Tokyo",
  topic: null,
  region: null,
  recording: "none",
  verification: "person",
  waitingRoom: true,
  signInNeeded: false,
  passcodeNeeded: true,
  addressNeeded: false,
  registrationNeeded: false,
  participantVideo: false,
  nameRule: "free",
  toSay: { agreement: null, device: false },
};

const view: EntryView = {
  organisation: { name: "みどり野銀行" },
  meeting: facts,
  me: { kind: "nobody" },
  provedDomain: null,
  addressProof: false,
  knownAs: null,
  admission: { state: "none" },
  serverTime: 0,
  minimumBuild: 1,
};
const account = {
  kind: "account",
  displayName: "佐久間 里奈",
  affiliation: "みどり野銀行",
  hosting: false,
  meetingId: null,
  riskOpen: false,
} as const;
const failure = (code: Parameters<typeof problemOfFailure>[0]["code"], retryAfter: number | null = null) =>
  problemOfFailure({ code, retryAfter, reference: null, fields: [] }, 1000);

test("[MTG-4] an unknown, an ended and a numbered link show one bare form", () => {
  expect(entryFields({ ...view, meeting: null }, false)).toEqual({ passcode: true, name: true });
  expect(nextKey({ ...view, meeting: null })).toBe("next.bare");
});

test("[MTG-4] not invited and wrong passcode are one sentence at one place", () => {
  expect(failure("entry_not_accepted")).toMatchObject({ field: "passcode" });
});

test("a signed-in person types no name, and a passcode only where one is asked for", () => {
  const open = { ...view, me: account, meeting: { ...facts, passcodeNeeded: false } };
  expect(entryFields(open, false)).toEqual({ passcode: false, name: false });
  expect(entryFields(open, true).passcode).toBe(true);
  expect(failure("passcode_needed")).toMatchObject({ field: "passcode" });
});

test("what is missing is said before asking, in the order of the form", () => {
  const fields = entryFields(view, false);
  const empty = { passcode: "", name: " ", affiliation: "" };
  expect(missing(fields, empty, true)).toMatchObject({ field: "passcode" });
  expect(missing(fields, empty, false)).toMatchObject({ field: "name" });
  expect(missing(fields, { ...empty, passcode: "A", name: "名" }, true)).toBeNull();
});

test("[BAR-8] an account or a proved address is asked for, by the link's facts or by the server's answer", () => {
  const needed = { ...view, meeting: { ...facts, signInNeeded: true } };
  expect(proofNeeded(view, null)).toBeNull();
  expect(proofNeeded(needed, null)).toBe("signIn");
  expect(proofNeeded({ ...view, meeting: null }, "signIn")).toBe("signIn");
  expect(proofNeeded({ ...needed, me: account }, null)).toBeNull();
});

test("[IDN-4] [INV-5] a proof of the address or a registration is asked for, and says the name", () => {
  const asking = (change: Partial<MeetingFacts>) => ({ ...view, meeting: { ...facts, ...change } });
  expect(proofNeeded(asking({ addressNeeded: true }), null)).toBe("address");
  expect(proofNeeded(asking({ registrationNeeded: true, addressNeeded: true }), null)).toBe("registration");
  expect(proofNeeded({ ...asking({ registrationNeeded: true }), me: account }, null)).toBe("registration");
  const code = (one: Parameters<typeof problemOfFailure>[0]["code"]) => proofOfFailure({ code: one });
  expect([code("address_proof_needed"), code("registration_needed"), code("passcode_needed")]).toEqual([
    ...["address", "registration", null],
  ]);
  const knownAs = { displayName: "大庭 修一郎", affiliation: "", proved: true };
  expect(entryFields({ ...view, knownAs }, false).name).toBe(false);
});

test("[ADM-6] too many tries give the time that is left", () => {
  expect(failure("too_many_tries", 45)).toEqual({ kind: "wait", until: 46_000 });
  expect(clock(44_001)).toBe("0:45");
  expect(clock(125_000)).toBe("2:05");
  expect(clock(-5)).toBe("0:00");
});

test("refusals are a page and never words on the form", () => {
  expect(failure("entry_refused")).toBeNull();
  expect(failure("client_too_old")).toBeNull();
});

test("what happens next is always said", () => {
  const at = (change: Partial<MeetingFacts>) => nextKey({ ...view, meeting: { ...facts, ...change } });
  expect(at({})).toBe("next.person");
  expect(at({ verification: "none" })).toBe("next.waiting");
  expect(at({ verification: "none", waitingRoom: false })).toBe("next.direct");
});

test("a host is not told of a waiting room", () => {
  expect(nextKey({ ...view, me: { ...account, hosting: true } })).toBe("next.host");
  expect(nextKey({ ...view, me: account })).toBe("next.person");
});
