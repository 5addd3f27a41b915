/** People and settings that tests of a meeting share. */
import {
  effectivePolicy,
  id,
  initialRules,
  safeDefaults,
  standardClasses,
  type InstanceSettings,
  type MeetingSettings,
  type OrganisationRules,
  type PolicyValues,
  type Principal,
} from "@sekisho/domain";

export function account(name: string, device = "desk"): Principal {
  return { kind: "account", accountId: id.account(name), device: `${name}-${device}` };
}

/** A guest has one device only: the cookie is the person. */
export function guest(name: string): Principal {
  return { kind: "guest", guestId: id.guest(name), device: name };
}

/** Who has proved an address that was invited. */
export function provedGuest(name: string): Principal {
  return { kind: "guest", guestId: id.guest(name), device: name, addressProved: true, provedAddress: name };
}

export const people = {
  host: account("host"),
  coHost: account("coHost"),
  verifier: account("verifier"),
  colleague: account("colleague"),
  invited: account("invited"),
  customer: guest("customer"),
  stranger: guest("stranger"),
} as const;

export const hostNames = ["佐藤 花子", "Ken Tanaka"] as const;

export function meetingSettings(patch: Partial<MeetingSettings> = {}): MeetingSettings {
  return {
    ...safeDefaults,
    transportRiskAccepted: true,
    topic: "Loan",
    description: "",
    confidentiality: "low",
    allowedDomains: [],
    invitees: [],
    coHosts: [id.account("coHost")],
    verifier: null,
    ...patch,
  };
}

export const noLocks: OrganisationRules = {
  locks: {},
  classes: standardClasses,
  home: "JP",
  barriers: initialRules,
};

/** `verifier: true` appoints the account `verifier`. */
export type RoomChoice = Partial<Omit<MeetingSettings, "verifier">> & {
  readonly verifier?: boolean;
  readonly locks?: Partial<PolicyValues>;
};

export function instanceSettings(choice: RoomChoice = {}): InstanceSettings {
  const { verifier = false, locks = {}, ...patch } = choice;
  const settings = meetingSettings({ ...patch, verifier: verifier ? id.account("verifier") : null });
  return {
    version: JSON.stringify(choice),
    confidentiality: settings.confidentiality,
    policy: effectivePolicy(settings, { ...noLocks, locks }),
    appointments: {
      host: id.account("host"),
      coHosts: settings.coHosts,
      verifier: settings.verifier,
      invitedAccounts: [id.account("invited")],
    },
  };
}
