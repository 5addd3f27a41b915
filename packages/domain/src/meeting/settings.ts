/** What a host chooses when scheduling (MTG-1); times are the schedule's business, not this record's. */
import type { AccountId } from "../ids.ts";
import type { Audience, Confidentiality, PolicyValues } from "../policy/values.ts";
import type { PolicyLayer } from "../policy/combine.ts";

export type Invitee = {
  readonly name: string;
  /** 所属; empty where unknown. */
  readonly organisation: string;
  readonly email: string;
  /** Where the passcode may go, apart from the link (INV-1): another mailbox, a number as in E.164. */
  readonly secondEmail: string | null;
  readonly phone: string | null;
  /** Language of what is sent to them; null: the host's. */
  readonly locale: "ja" | "en" | null;
  /** Set when the address belongs to an account of this organisation. */
  readonly accountId: AccountId | null;
};

export type MeetingSettings = {
  readonly topic: string;
  readonly description: string;
  readonly confidentiality: Confidentiality;
  readonly encryption: PolicyValues["encryption"];
  /** At medium: whoever saved this has accepted, in so many words, that the server could decrypt (CNF-1). */
  readonly transportRiskAccepted: boolean;
  readonly visibility: PolicyValues["visibility"];
  readonly meetingNumber: "automatic" | "personal";
  readonly passcodeRequired: boolean;
  readonly waitingRoom: boolean;
  readonly joinBeforeHost: boolean;
  readonly muteOnEntry: boolean;
  readonly whoMayJoin: PolicyValues["whoMayJoin"];
  /** With `whoMayJoin: "named"`: besides invitees, accounts whose address ends in one of these domains. */
  readonly allowedDomains: readonly string[];
  readonly hostVideo: boolean;
  readonly participantVideo: boolean;
  readonly audio: "computer";
  readonly screenShare: Audience;
  readonly chat: Audience;
  readonly rename: Audience;
  readonly unmute: Audience;
  readonly invitees: readonly Invitee[];
  readonly coHosts: readonly AccountId[];
  readonly verifier: AccountId | null;
  readonly agreement: boolean;
  readonly guestProof: PolicyValues["guestProof"];
  readonly nameRule: PolicyValues["nameRule"];
  readonly registration: PolicyValues["registration"];
  /** What the class fixed when this was saved: what an organisation loosens later does not loosen this (CNF-2). */
  readonly madeWith?: Partial<PolicyValues>;
};

/** MTG-7: the safe ones. The class is not among them: it is asked for first (product.md, 1). */
export const safeDefaults = {
  encryption: "transport",
  transportRiskAccepted: false,
  visibility: "private",
  meetingNumber: "automatic",
  passcodeRequired: true,
  waitingRoom: true,
  joinBeforeHost: false,
  muteOnEntry: true,
  whoMayJoin: "anyoneWithLink",
  hostVideo: false,
  participantVideo: false,
  audio: "computer",
  screenShare: "everyone",
  chat: "everyone",
  rename: "nobody",
  unmute: "everyone",
  agreement: false,
  guestProof: "none",
  nameRule: "free",
  registration: "none",
} as const satisfies Partial<MeetingSettings>;

/** The part of the settings that is policy, as a layer of the lattice (CNF-3). */
export function meetingLayer(settings: MeetingSettings): PolicyLayer {
  return {
    source: "meeting",
    values: {
      encryption: settings.encryption,
      visibility: settings.visibility,
      passcodeRequired: settings.passcodeRequired,
      waitingRoom: settings.waitingRoom,
      joinBeforeHost: settings.joinBeforeHost,
      muteOnEntry: settings.muteOnEntry,
      whoMayJoin: settings.whoMayJoin,
      screenShare: settings.screenShare,
      chat: settings.chat,
      rename: settings.rename,
      unmute: settings.unmute,
      verifierRequired: settings.verifier !== null,
      agreement: settings.agreement,
      guestProof: settings.guestProof,
      nameRule: settings.nameRule,
      registration: settings.registration,
    },
  };
}
