import { expect, test } from "vitest";
import { meetingSettings, noLocks } from "../../../testkit/src/arbitraries/index.ts";
import { contradictionsOf, type ContradictionCode } from "./contradictions.ts";
import { effectivePolicy } from "./effective.ts";
import type { MeetingSettings } from "./settings.ts";
import { id } from "../unsafe.ts";

const external = { name: "山田", organisation: "", email: "y@example.jp", accountId: null };
const verifier = id.account("verifier");

function found(patch: Partial<MeetingSettings>, e2ee = false) {
  const settings = meetingSettings(patch);
  return contradictionsOf(settings, effectivePolicy(settings, noLocks), { e2ee });
}
function codes(patch: Partial<MeetingSettings>, e2ee = false): readonly ContradictionCode[] {
  return found(patch, e2ee).map(({ code }) => code);
}

test("[CNF-4] the safe defaults contradict nothing at medium and low", () => {
  expect([codes({ confidentiality: "medium" }), codes({ confidentiality: "low" })]).toEqual([[], []]);
});

test("[CNF-4] high cannot be saved while the server has no E2EE; the way out stands beside it", () => {
  expect(found({ confidentiality: "high", verifier })).toEqual([
    {
      code: "e2ee_not_available",
      field: "confidentiality",
      resolutions: ["set_confidentiality_medium"],
    },
  ]);
  expect(found({ encryption: "e2ee" })[0]).toMatchObject({
    field: "encryption",
    resolutions: ["set_encryption_transport"],
  });
  expect(codes({ confidentiality: "high", verifier }, true)).toEqual([]);
});

test("[CNF-4] a verifier needs the waiting room that is in force, not the one that was ticked", () => {
  expect(codes({ verifier, waitingRoom: false })).toEqual(["waiting_room_needed_for_verifier"]);
  expect(codes({ verifier, waitingRoom: false, confidentiality: "medium" })).toEqual([]);
});

test("[CNF-4] people from outside need somebody who verifies them, except at low", () => {
  expect(codes({ confidentiality: "medium", invitees: [external] })).toEqual(["external_without_verifier"]);
  expect(codes({ confidentiality: "medium", invitees: [external], verifier })).toEqual([]);
  expect(codes({ confidentiality: "low", invitees: [external] })).toEqual([]);
});

test("[MTG-8] the personal number is not for high", () => {
  expect(codes({ confidentiality: "high", verifier, meetingNumber: "personal" }, true)).toEqual([
    "personal_number_at_high",
  ]);
  expect(codes({ confidentiality: "medium", meetingNumber: "personal" })).toEqual([]);
});

test("[CNF-4] something has to guard the link", () => {
  const unguarded = { waitingRoom: false, passcodeRequired: false } as const;
  expect(codes(unguarded)).toEqual(["nothing_guards_the_link"]);
  expect(codes({ ...unguarded, whoMayJoin: "signedIn" })).toEqual([]);
  expect(codes({ ...unguarded, waitingRoom: true })).toEqual([]);
  expect(codes({ ...unguarded, confidentiality: "medium" })).toEqual([]);
});

test("[CNF-4] every contradiction says what would resolve it", () => {
  for (const one of found({ encryption: "e2ee", verifier, waitingRoom: false, passcodeRequired: false }))
    expect(one.resolutions.length).toBeGreaterThan(0);
});
