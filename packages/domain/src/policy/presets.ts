/** What each class of confidentiality fixes (CNF-1; seed 002 chapter 5). Data, versioned (CNF-2). */
import type { Confidentiality, PolicyValues } from "./values.ts";

export const presetVersion = 1;

export type Preset = Partial<PolicyValues>;

/**
 * `screenShareAtMedium`: the organisation's choice; at medium sharing is off unless it allows it.
 * Pre-registration does not exist here yet, so at low the passcode stays a choice of the host.
 */
export function presetOf(confidentiality: Confidentiality, choice: { screenShareAtMedium: boolean }): Preset {
  switch (confidentiality) {
    case "high":
      return {
        encryption: "e2ee",
        visibility: "private",
        passcodeRequired: true,
        waitingRoom: true,
        joinBeforeHost: false,
        admitAll: false,
        verifierRequired: true,
        screenShare: "nobody",
        recording: "off",
        files: "off",
        personalNumber: "forbidden",
        agreement: true,
        deviceDeclaration: true,
      };
    case "medium":
      return {
        passcodeRequired: true,
        waitingRoom: true,
        joinBeforeHost: false,
        screenShare: choice.screenShareAtMedium ? "everyone" : "nobody",
        recording: "off",
        files: "off",
        agreement: true,
      };
    case "low":
      return {};
  }
}
