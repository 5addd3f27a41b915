/**
 * The settings that decide what may happen in a meeting, as one lattice (CNF-3).
 * Each field is a chain from strict to open; combining is taking the stricter end of each chain.
 */
import { keysOf } from "../unsafe.ts";

export const confidentialities = ["high", "medium", "low"] as const;
/** 機密性 高・中・低 */
export type Confidentiality = (typeof confidentialities)[number];

/** Who of the admitted people may do a thing; hosts are host and co-hosts. */
export type Audience = "nobody" | "hosts" | "everyone";

export type PolicyValues = {
  readonly encryption: "e2ee" | "transport";
  readonly whoMayJoin: "named" | "signedIn" | "anyoneWithLink";
  readonly visibility: "private" | "public";
  readonly passcodeRequired: boolean;
  readonly waitingRoom: boolean;
  readonly joinBeforeHost: boolean;
  readonly muteOnEntry: boolean;
  readonly verifierRequired: boolean;
  /** Where this is false people are admitted one by one (ADM-4: no "all" at high). */
  readonly admitAll: boolean;
  readonly screenShare: Audience;
  readonly chat: Audience;
  readonly rename: Audience;
  readonly unmute: Audience;
  readonly recording: "off" | "allowed";
  readonly files: "off" | "allowed";
  readonly personalNumber: "forbidden" | "allowed";
  /** In whose country media may be processed: the organisation's own, one of export-control group A, any (CNF-1). */
  readonly regions: "home" | "groupA" | "any";
  /** People without an account read the fact sheet and agree before they can ask to join (INV-4). */
  readonly agreement: boolean;
  /** People without an account prove an address that was invited or registered (CNF-1, IDN-4). */
  readonly guestProof: "address" | "none";
  /** Accounts come with a second factor (IDN-2). */
  readonly secondFactor: boolean;
  /** Everybody declares that the device is issued or permitted by the own organisation (SEC-8). */
  readonly deviceDeclaration: boolean;
  /** `registered`: the name that was invited or registered; `withAffiliation`: 氏名（所属） (INV-6). */
  readonly nameRule: "registered" | "withAffiliation" | "free";
  /** Only those who have registered, besides the accounts that are named for the meeting (INV-5). */
  readonly registration: "required" | "none";
};

export type PolicyField = keyof PolicyValues;

/** Each field's values, strictest first. */
export const chains: { readonly [F in PolicyField]: readonly PolicyValues[F][] } = {
  encryption: ["e2ee", "transport"],
  whoMayJoin: ["named", "signedIn", "anyoneWithLink"],
  visibility: ["private", "public"],
  passcodeRequired: [true, false],
  waitingRoom: [true, false],
  joinBeforeHost: [false, true],
  muteOnEntry: [true, false],
  verifierRequired: [true, false],
  admitAll: [false, true],
  screenShare: ["nobody", "hosts", "everyone"],
  chat: ["nobody", "hosts", "everyone"],
  rename: ["nobody", "hosts", "everyone"],
  unmute: ["nobody", "hosts", "everyone"],
  recording: ["off", "allowed"],
  files: ["off", "allowed"],
  personalNumber: ["forbidden", "allowed"],
  regions: ["home", "groupA", "any"],
  agreement: [true, false],
  guestProof: ["address", "none"],
  secondFactor: [true, false],
  deviceDeclaration: [true, false],
  nameRule: ["registered", "withAffiliation", "free"],
  registration: ["required", "none"],
};

export const policyFields: readonly PolicyField[] = keysOf(chains);

/** How open a value is: 0 is the strictest. An unknown value counts as the strictest. */
export function openness<F extends PolicyField>(field: F, value: PolicyValues[F]): number {
  return Math.max(0, chains[field].indexOf(value));
}

/** The stricter of two values of one field. */
export function stricter<F extends PolicyField>(
  field: F,
  a: PolicyValues[F],
  b: PolicyValues[F],
): PolicyValues[F] {
  return openness(field, a) <= openness(field, b) ? a : b;
}
