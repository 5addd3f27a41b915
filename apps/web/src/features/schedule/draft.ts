import type { MeetingDetail, MeetingInput, MeetingPreview, OrganisationRulesView } from "@sekisho/contract";
import { fromRule, toRule, type Recurrence } from "./recurrence.ts";
import { nextHalfHour } from "./zoned.ts";

export type Level = MeetingInput["confidentiality"];

/** The form as it is being filled in. */
export interface Draft extends Omit<MeetingInput, "confidentiality" | "recurrence"> {
  /** Not chosen for anybody unless the organisation has a default (product.md, 1). */
  readonly confidentiality: Level | undefined;
  readonly recurrence: Recurrence;
}

export type SetDraft = (change: Partial<Draft>) => void;

/** MTG-7: the safe ones, then the organisation's defaults, then one's own (AUD-3). */
export function newDraft(
  rules: Pick<OrganisationRulesView, "defaults">,
  now: number,
  timeZone: string,
): Draft {
  const { defaults } = rules;
  return {
    topic: "",
    description: "",
    confidentiality: defaults.confidentiality ?? undefined,
    encryption: "transport",
    transportRiskAccepted: false,
    visibility: "private",
    start: nextHalfHour(now, timeZone),
    timeZone,
    durationMinutes: defaults.durationMinutes,
    recurrence: null,
    meetingNumber: "automatic",
    passcodeRequired: true,
    waitingRoom: true,
    joinBeforeHost: false,
    muteOnEntry: defaults.muteOnEntry,
    whoMayJoin: "anyoneWithLink",
    allowedDomains: [],
    hostVideo: defaults.hostVideo,
    participantVideo: defaults.participantVideo,
    audio: "computer",
    screenShare: "everyone",
    chat: "everyone",
    rename: "nobody",
    unmute: "everyone",
    invitees: [],
    coHosts: [],
    verifier: null,
    agreement: false,
    guestProof: "none",
    nameRule: "free",
    registration: "none",
  };
}

export function draftOf(settings: NonNullable<MeetingDetail["settings"]>): Draft {
  return { ...settings, recurrence: fromRule(settings.recurrence, settings.start, settings.timeZone) };
}

/** What is sent, or undefined while no class has been chosen. */
export function toInput(draft: Draft): MeetingInput | undefined {
  if (draft.confidentiality === undefined) return undefined;
  return {
    ...draft,
    topic: draft.topic.trim(),
    description: draft.description.trim(),
    allowedDomains: draft.allowedDomains.filter((one) => one !== ""),
    confidentiality: draft.confidentiality,
    recurrence: toRule(draft.recurrence, draft.start, draft.timeZone),
  };
}

export type Contradiction = MeetingPreview["contradictions"][number];
export type Resolution = Contradiction["resolutions"][number];

/** What a button of a contradiction does. Nothing is changed without such a press (§4.2). */
export function resolve(resolution: Resolution, selfId: string): Partial<Draft> {
  switch (resolution) {
    case "set_confidentiality_medium":
      return { confidentiality: "medium", encryption: "transport" };
    case "set_confidentiality_low":
      return { confidentiality: "low" };
    case "accept_transport_risk":
      return { transportRiskAccepted: true };
    case "set_visibility_private":
      return { visibility: "private" };
    case "set_registration_off":
      return { registration: "none" };
    case "set_guest_proof_off":
      return { guestProof: "none" };
    case "set_who_anyone":
      return { whoMayJoin: "anyoneWithLink" };
    case "set_who_signed_in":
      return { whoMayJoin: "signedIn" };
    case "set_name_rule_affiliation":
      return { nameRule: "withAffiliation" };
    case "set_encryption_transport":
      return { encryption: "transport" };
    case "set_waiting_room_on":
      return { waitingRoom: true };
    case "set_join_before_host_off":
      return { joinBeforeHost: false };
    case "remove_verifier":
      return { verifier: null };
    case "verify_myself":
      return { verifier: selfId };
    case "set_number_automatic":
      return { meetingNumber: "automatic" };
    case "set_passcode_on":
      return { passcodeRequired: true };
  }
}
