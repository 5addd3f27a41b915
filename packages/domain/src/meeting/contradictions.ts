/** What cannot be saved, why, and what would resolve it (CNF-4). */
import type { MeetingSettings } from "./settings.ts";
import type { EffectivePolicy } from "../policy/combine.ts";

export type ContradictionCode =
  /** The class or the host wants E2EE and this server has none (issue of its own). */
  | "e2ee_not_available"
  | "waiting_room_needed_for_verifier"
  | "external_without_verifier"
  | "personal_number_at_high"
  /** Without waiting room, passcode and sign-in, the link alone would let anybody in. */
  | "nothing_guards_the_link";

export type Resolution =
  | "set_confidentiality_medium"
  | "set_encryption_transport"
  | "set_waiting_room_on"
  | "remove_verifier"
  | "verify_myself"
  | "set_number_automatic"
  | "set_passcode_on";

export type Contradiction = {
  readonly code: ContradictionCode;
  /** The form field beside which it is shown. */
  readonly field: keyof MeetingSettings;
  readonly resolutions: readonly Resolution[];
};

export type ServerAbilities = { readonly e2ee: boolean };

export function contradictionsOf(
  settings: MeetingSettings,
  policy: EffectivePolicy,
  server: ServerAbilities,
): readonly Contradiction[] {
  const found: Contradiction[] = [];
  if (policy.values.encryption === "e2ee" && !server.e2ee) found.push(missingE2ee(settings));
  if (settings.verifier !== null && !policy.values.waitingRoom)
    found.push({
      code: "waiting_room_needed_for_verifier",
      field: "waitingRoom",
      resolutions: ["set_waiting_room_on", "remove_verifier"],
    });
  const external = settings.invitees.some((invitee) => invitee.accountId === null);
  if (external && settings.verifier === null && settings.confidentiality !== "low")
    found.push({ code: "external_without_verifier", field: "verifier", resolutions: ["verify_myself"] });
  if (settings.meetingNumber === "personal" && policy.values.personalNumber === "forbidden")
    found.push({
      code: "personal_number_at_high",
      field: "meetingNumber",
      resolutions: ["set_number_automatic"],
    });
  const { waitingRoom, passcodeRequired, whoMayJoin } = policy.values;
  if (!waitingRoom && !passcodeRequired && whoMayJoin === "anyoneWithLink")
    found.push({
      code: "nothing_guards_the_link",
      field: "passcodeRequired",
      resolutions: ["set_passcode_on", "set_waiting_room_on"],
    });
  return found;
}

function missingE2ee(settings: MeetingSettings): Contradiction {
  const byClass = settings.confidentiality === "high";
  return {
    code: "e2ee_not_available",
    field: byClass ? "confidentiality" : "encryption",
    resolutions: [byClass ? "set_confidentiality_medium" : "set_encryption_transport"],
  };
}
