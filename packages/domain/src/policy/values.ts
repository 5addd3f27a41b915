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
