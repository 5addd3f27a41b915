/** What cannot be saved, why, and what would resolve it (CNF-4). */
import type { MeetingSettings } from "./settings.ts";
import { regionFit } from "../policy/countries.ts";
import type { EffectivePolicy } from "../policy/combine.ts";

export const contradictionCodes = [
  /** The class or the host wants E2EE and this server has none. */
  "e2ee_not_available",
  /** The media server stands in a country that the class does not allow. */
  "region_not_allowed",
  /** At medium the host accepts in so many words that the server could decrypt (CNF-1). */
  "risk_not_accepted",
  "waiting_room_needed_for_verifier",
  "external_without_verifier",
  "personal_number_at_high",
  "public_at_high",
  /** Without waiting room, passcode and sign-in, the link alone would let anybody in. */
  "nothing_guards_the_link",
  /** Keys are handed on by a host’s own device (ENC-7): before one is there, nobody could be let in. */
  "join_before_host_with_e2ee",
  /** Whoever is named needs no registration, and nobody else may come. */
  "registration_for_named",
  "proof_without_mail",
  /** Only names that were invited or registered are taken, and there is none. */
  "name_rule_without_names",
] as const;
export type ContradictionCode = (typeof contradictionCodes)[number];

export const resolutions = [
  "set_confidentiality_medium",
  "set_confidentiality_low",
  "set_encryption_transport",
  "accept_transport_risk",
  "set_waiting_room_on",
  "set_join_before_host_off",
  "remove_verifier",
  "verify_myself",
  "set_number_automatic",
  "set_visibility_private",
  "set_passcode_on",
  "set_registration_off",
  "set_guest_proof_off",
  "set_who_anyone",
  "set_who_signed_in",
  "set_name_rule_affiliation",
] as const;
export type Resolution = (typeof resolutions)[number];

export type Contradiction = {
  readonly code: ContradictionCode;
  /** The form field beside which it is shown. */
  readonly field: keyof MeetingSettings;
  readonly resolutions: readonly Resolution[];
};

/** What this server can do, and where it stands. */
export type ServerAbilities = {
  readonly e2ee: boolean;
  /** A mail server is set up. */
  readonly mail: boolean;
  /** Of the media server, ISO 3166-1 alpha-2; null where the operator has not said. */
  readonly country: string | null;
  /** The organisation's own country. */
  readonly home: string;
};

type Check = (
  settings: MeetingSettings,
  policy: EffectivePolicy["values"],
  server: ServerAbilities,
) => Contradiction | null;

export function contradictionsOf(
  settings: MeetingSettings,
  policy: EffectivePolicy,
  server: ServerAbilities,
): readonly Contradiction[] {
  return checks.flatMap((check) => check(settings, policy.values, server) ?? []);
}

const checks: readonly Check[] = [
  missingE2ee,
  foreignRegion,
  unacceptedRisk,
  verifierWithoutWaitingRoom,
  externalWithoutVerifier,
  personalNumber,
  publicAtHigh,
  unguarded,
  beforeHostWithE2ee,
  registrationForNamed,
  proofWithoutMail,
  namesOfNobody,
];

function missingE2ee(
  settings: MeetingSettings,
  { encryption }: EffectivePolicy["values"],
  server: ServerAbilities,
): Contradiction | null {
  if (encryption !== "e2ee" || server.e2ee) return null;
  const byClass = settings.confidentiality === "high";
  return {
    code: "e2ee_not_available",
    field: byClass ? "confidentiality" : "encryption",
    resolutions: [byClass ? "set_confidentiality_medium" : "set_encryption_transport"],
  };
}

function foreignRegion(
  { confidentiality }: MeetingSettings,
  { regions }: EffectivePolicy["values"],
  { country, home }: ServerAbilities,
): Contradiction | null {
  if (regionFit(regions, country, home) !== "notAllowed") return null;
  const lower = confidentiality === "high" && regionFit("groupA", country, home) === "allowed";
  return {
    code: "region_not_allowed",
    field: "confidentiality",
    resolutions: [lower ? "set_confidentiality_medium" : "set_confidentiality_low"],
  };
}

/** CNF-1: of a meeting that was saved before anybody was asked, too. It does not begin before its host has said so. */
export function isRiskOpen(
  { confidentiality, transportRiskAccepted }: MeetingSettings,
  { encryption }: EffectivePolicy["values"],
): boolean {
  return confidentiality === "medium" && encryption === "transport" && !transportRiskAccepted;
}

function unacceptedRisk(settings: MeetingSettings, values: EffectivePolicy["values"]): Contradiction | null {
  if (!isRiskOpen(settings, values)) return null;
  return {
    code: "risk_not_accepted",
    field: "transportRiskAccepted",
    resolutions: ["accept_transport_risk"],
  };
}

function verifierWithoutWaitingRoom(
  settings: MeetingSettings,
  { verifierRequired, waitingRoom }: EffectivePolicy["values"],
): Contradiction | null {
  if (waitingRoom || (settings.verifier === null && !verifierRequired)) return null;
  return {
    code: "waiting_room_needed_for_verifier",
    field: "waitingRoom",
    resolutions:
      settings.verifier === null ? ["set_waiting_room_on"] : ["set_waiting_room_on", "remove_verifier"],
  };
}

function externalWithoutVerifier(
  { invitees, verifier, confidentiality }: MeetingSettings,
  { verifierRequired }: EffectivePolicy["values"],
): Contradiction | null {
  const external = invitees.some((invitee) => invitee.accountId === null);
  if (!external || verifier !== null || (confidentiality === "low" && !verifierRequired)) return null;
  return { code: "external_without_verifier", field: "verifier", resolutions: ["verify_myself"] };
}

function personalNumber(
  { meetingNumber }: MeetingSettings,
  values: EffectivePolicy["values"],
): Contradiction | null {
  if (meetingNumber !== "personal" || values.personalNumber === "allowed") return null;
  return {
    code: "personal_number_at_high",
    field: "meetingNumber",
    resolutions: ["set_number_automatic"],
  };
}

/** Refused and not only tightened: whoever asks for both has misunderstood one of them. */
function publicAtHigh({ confidentiality, visibility }: MeetingSettings): Contradiction | null {
  if (confidentiality !== "high" || visibility !== "public") return null;
  return { code: "public_at_high", field: "visibility", resolutions: ["set_visibility_private"] };
}

function unguarded(_settings: MeetingSettings, values: EffectivePolicy["values"]): Contradiction | null {
  const { waitingRoom, passcodeRequired, whoMayJoin, registration } = values;
  if (waitingRoom || passcodeRequired || whoMayJoin !== "anyoneWithLink" || registration === "required")
    return null;
  return {
    code: "nothing_guards_the_link",
    field: "passcodeRequired",
    resolutions: ["set_passcode_on", "set_waiting_room_on"],
  };
}

function beforeHostWithE2ee(
  settings: MeetingSettings,
  { encryption, joinBeforeHost }: EffectivePolicy["values"],
): Contradiction | null {
  if (encryption !== "e2ee" || !joinBeforeHost) return null;
  const own = settings.encryption === "e2ee" && settings.confidentiality !== "high";
  return {
    code: "join_before_host_with_e2ee",
    field: "joinBeforeHost",
    resolutions: own
      ? ["set_join_before_host_off", "set_encryption_transport"]
      : ["set_join_before_host_off"],
  };
}

function registrationForNamed(
  _settings: MeetingSettings,
  { registration, whoMayJoin }: EffectivePolicy["values"],
): Contradiction | null {
  if (registration !== "required" || whoMayJoin !== "named") return null;
  return {
    code: "registration_for_named",
    field: "registration",
    resolutions: ["set_registration_off", "set_who_anyone"],
  };
}

/** A proof that needs a mail which nobody can send would keep everybody out. */
function proofWithoutMail(
  settings: MeetingSettings,
  { guestProof, whoMayJoin }: EffectivePolicy["values"],
  server: ServerAbilities,
): Contradiction | null {
  if (server.mail || guestProof !== "address" || whoMayJoin !== "anyoneWithLink") return null;
  const own = settings.guestProof === "address";
  return {
    code: "proof_without_mail",
    field: "guestProof",
    resolutions: own ? ["set_guest_proof_off", "set_who_signed_in"] : ["set_who_signed_in"],
  };
}

function namesOfNobody(
  { invitees }: MeetingSettings,
  { nameRule, registration, whoMayJoin }: EffectivePolicy["values"],
): Contradiction | null {
  const external = invitees.some((invitee) => invitee.accountId === null);
  if (nameRule !== "registered" || registration === "required" || whoMayJoin !== "anyoneWithLink" || external)
    return null;
  return {
    code: "name_rule_without_names",
    field: "nameRule",
    resolutions: ["set_name_rule_affiliation", "set_who_signed_in"],
  };
}
