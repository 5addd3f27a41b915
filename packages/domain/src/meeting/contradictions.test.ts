import { expect, test } from "vitest";
import { meetingSettings, noLocks } from "../../../testkit/src/arbitraries/index.ts";
import { contradictionsOf, type ContradictionCode, type ServerAbilities } from "./contradictions.ts";
import { effectivePolicy } from "./effective.ts";
import type { MeetingSettings } from "./settings.ts";
import type { Confidentiality } from "../policy/values.ts";
import { id } from "../unsafe.ts";

const external = {
  ...{ name: "山田", organisation: "", email: "y@example.jp", accountId: null },
  ...{ secondEmail: null, phone: null, locale: null },
};
const verifier = id.account("verifier");

const here: ServerAbilities = { e2ee: false, mail: true, country: "JP", home: "JP" };

function found(patch: Partial<MeetingSettings>, e2ee = false) {
  const settings = meetingSettings(patch);
  return contradictionsOf(settings, effectivePolicy(settings, noLocks), { ...here, e2ee });
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

test("[CNF-4] [ENC-7] nobody can be given keys before a host is there", () => {
  const early = { joinBeforeHost: true, encryption: "e2ee" } as const;
  expect(found({ confidentiality: "low", ...early }, true)).toEqual([
    {
      code: "join_before_host_with_e2ee",
      field: "joinBeforeHost",
      resolutions: ["set_join_before_host_off", "set_encryption_transport"],
    },
  ]);
  expect(codes({ confidentiality: "low", ...early, joinBeforeHost: false }, true)).toEqual([]);
  expect(codes({ confidentiality: "low", joinBeforeHost: true }, true)).toEqual([]);
  // At high the class holds it off, so that nothing contradicts.
  expect(codes({ confidentiality: "high", verifier, joinBeforeHost: true }, true)).toEqual([]);
});

test("[CNF-4] [ENC-3] where the organisation holds encryption, only joining before the host can give way", () => {
  const settings = meetingSettings({ confidentiality: "low", joinBeforeHost: true });
  const locked = { ...noLocks, locks: { encryption: "e2ee" } } as const;
  const found = contradictionsOf(settings, effectivePolicy(settings, locked), { ...here, e2ee: true });
  expect(found).toMatchObject([
    { code: "join_before_host_with_e2ee", resolutions: ["set_join_before_host_off"] },
  ]);
});

test("[CNF-1] at medium the host has accepted that the server could decrypt, or nothing is saved", () => {
  const medium = { confidentiality: "medium", transportRiskAccepted: false } as const;
  expect(found(medium)).toEqual([
    { code: "risk_not_accepted", field: "transportRiskAccepted", resolutions: ["accept_transport_risk"] },
  ]);
  expect(codes({ ...medium, transportRiskAccepted: true })).toEqual([]);
  expect(codes({ ...medium, confidentiality: "low" })).toEqual([]);
  // End to end there is nothing to accept.
  expect(codes({ ...medium, encryption: "e2ee" }, true)).toEqual([]);
});

test("[CNF-1] a class is refused where the media server stands in a country that it does not allow", () => {
  const at = (confidentiality: Confidentiality, country: string | null, home = "JP") => {
    const settings = meetingSettings({ confidentiality, verifier });
    const server = { e2ee: true, mail: true, country, home };
    return contradictionsOf(settings, effectivePolicy(settings, noLocks), server);
  };
  const refused = (resolution: string) => [
    { code: "region_not_allowed", field: "confidentiality", resolutions: [resolution] },
  ];
  expect([at("high", "JP"), at("medium", "JP"), at("medium", "DE"), at("low", "BR")]).toEqual([
    [],
    [],
    [],
    [],
  ]);
  expect(at("high", "DE")).toEqual(refused("set_confidentiality_medium"));
  expect(at("medium", "BR")).toEqual(refused("set_confidentiality_low"));
  expect(at("high", "BR")).toEqual(refused("set_confidentiality_low"));
  expect(at("high", "BR", "BR")).toEqual([]);
  // Nobody has said where the server stands: that is shown, and refuses nothing.
  expect([at("high", null), at("medium", null)]).toEqual([[], []]);
});

/** Each row: settings that exclude each other, the code that says so, and each single change that makes them possible. */
const pairs: readonly (readonly [Partial<MeetingSettings>, ContradictionCode, Partial<MeetingSettings>[]])[] =
  [
    [
      { confidentiality: "high", visibility: "public", verifier },
      "public_at_high",
      [{ visibility: "private" }],
    ],
    [
      { confidentiality: "high", meetingNumber: "personal", verifier },
      "personal_number_at_high",
      [{ meetingNumber: "automatic" }],
    ],
    [
      { registration: "required", whoMayJoin: "named" },
      "registration_for_named",
      [{ registration: "none" }, { whoMayJoin: "anyoneWithLink" }],
    ],
    [
      { nameRule: "registered" },
      "name_rule_without_names",
      [{ nameRule: "withAffiliation" }, { whoMayJoin: "signedIn" }, { invitees: [external] }],
    ],
    [
      { verifier, waitingRoom: false },
      "waiting_room_needed_for_verifier",
      [{ waitingRoom: true }, { verifier: null }],
    ],
    [
      { confidentiality: "medium", invitees: [external] },
      "external_without_verifier",
      [{ verifier }, { invitees: [] }, { confidentiality: "low" }],
    ],
    [
      { waitingRoom: false, passcodeRequired: false },
      "nothing_guards_the_link",
      [{ passcodeRequired: true }, { waitingRoom: true }, { registration: "required" }],
    ],
  ];

test.each(pairs)("[CNF-4] %o: %s, and each way out ends it", (together, code, ways) => {
  expect(codes(together, true)).toEqual([code]);
  for (const way of ways) expect(codes({ ...together, ...way }, true)).toEqual([]);
});

test("[CNF-4] a proof by mail is refused where no mail can be sent", () => {
  const settings = meetingSettings({ guestProof: "address" });
  const policy = effectivePolicy(settings, noLocks);
  expect(contradictionsOf(settings, policy, { ...here, mail: false })).toEqual([
    {
      code: "proof_without_mail",
      field: "guestProof",
      resolutions: ["set_guest_proof_off", "set_who_signed_in"],
    },
  ]);
  expect(contradictionsOf(settings, policy, here)).toEqual([]);
});

test("[CNF-4] what the host opened and the class holds is tightened, with its reason, and contradicts nothing", () => {
  const settings = meetingSettings({ confidentiality: "medium", waitingRoom: false, joinBeforeHost: true });
  const policy = effectivePolicy(settings, noLocks);
  expect(contradictionsOf(settings, policy, here)).toEqual([]);
  expect([policy.values.waitingRoom, policy.reasons.waitingRoom]).toEqual([true, ["preset"]]);
});

test("[CNF-4] every contradiction says what would resolve it", () => {
  for (const one of found({ encryption: "e2ee", verifier, waitingRoom: false, passcodeRequired: false }))
    expect(one.resolutions.length).toBeGreaterThan(0);
});
