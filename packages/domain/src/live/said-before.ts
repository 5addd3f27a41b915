/** What is said before asking to join, and stays said: the agreement and the declaration (INV-4, SEC-8). */
import type { EntranceFacts, RequestEntrance } from "./entrance.ts";
import type { MeetingEvent } from "./events.ts";
import type { AdmissionId } from "../ids.ts";
import { personKey, type Admission, type Agreement, type InstanceState, type Principal } from "./state.ts";

type Known = Pick<InstanceState, "byPerson" | "admissions">;

/**
 * What is still to be said, or null. An agreement holds for one browser, one instance and one version of the fact sheet;
 * a declaration for one device and instance.
 */
export function unsaidWord(
  state: InstanceState,
  { facts, principal }: RequestEntrance,
): "agreement" | "device" | null {
  const { values } = state.settings.policy;
  if (principal.kind === "guest" && values.agreement && !hasAgreed(state, principal, facts))
    return "agreement";
  const declared = facts.deviceDeclared || declarationOf(state, principal) !== null;
  return values.deviceDeclaration && !declared ? "device" : null;
}

function hasAgreed(state: Known, principal: Principal, { agreed, factSheet }: EntranceFacts): boolean {
  if (factSheet === null) return false;
  return agreed || agreementOf(state, principal)?.version === factSheet.version;
}

/** The newest agreement of this person in this instance. */
export function agreementOf(state: Known, principal: Principal): Agreement | null {
  return earlier(state, principal).find((one) => one.agreed !== null)?.agreed ?? null;
}

/** When this person last declared that this device is permitted. */
export function declarationOf(state: Known, principal: Principal): number | null {
  const here = earlier(state, principal).filter((one) => one.principal.device === principal.device);
  return here.find((one) => one.deviceDeclaredAt !== null)?.deviceDeclaredAt ?? null;
}

/** Newest first. */
function earlier(state: Known, principal: Principal): readonly Admission[] {
  const ids = state.byPerson.get(personKey(principal)) ?? [];
  return ids.flatMap((admissionId) => state.admissions.get(admissionId) ?? []).toReversed();
}

/** For the log: what this very request says. What was said before stands there already. */
export function saidNow(
  admissionId: AdmissionId,
  { facts, principal }: RequestEntrance,
  before: Agreement | null = null,
): readonly MeetingEvent[] {
  const { agreed, factSheet, deviceDeclared } = facts;
  const said: MeetingEvent[] = [];
  if (principal.kind === "guest" && agreed && factSheet !== null && before?.version !== factSheet.version)
    said.push({ type: "admission.agreed", admissionId, factSheet });
  if (deviceDeclared) said.push({ type: "admission.deviceDeclared", admissionId });
  return said;
}

export type AgreementOf = Agreement & { readonly displayName: string; readonly affiliation: string };

/** Who of those without an account has agreed in this instance, the newest agreement of each (CNF-6). */
export function agreementsIn(state: InstanceState): readonly AgreementOf[] {
  const byPerson = new Map<string, AgreementOf>();
  for (const { principal, agreed, displayName, affiliation } of state.admissions.values())
    if (agreed !== null) byPerson.set(personKey(principal), { ...agreed, displayName, affiliation });
  return [...byPerson.values()];
}
