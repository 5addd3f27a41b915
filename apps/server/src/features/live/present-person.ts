/** What each kind of viewer sees of one person. Pure; nothing of an applicant reaches another applicant (ADM-2). */
import { createHash } from "node:crypto";
import type { AdmissionView, Badge, BanView, LobbyRowView, PersonView } from "@sekisho/contract";
import {
  groupOf,
  hasOffered,
  hasToAskAnew,
  isEndToEnd,
  isKeyed,
  isPassedOn,
  looksLike,
  matchesRegistration,
  needsVerification,
  skeletonOf,
  type Admission,
  type Ban,
  type InstanceState,
  type LeftReason,
} from "@sekisho/domain";

/** How many admitted and waiting people bear each look-alike name (ADM-10). */
export type NameCounts = {
  readonly inside: { get(skeleton: string): number | undefined };
  readonly waiting: { get(skeleton: string): number | undefined };
};

const skeletons = new WeakMap<Admission, string>();

/** A skeleton costs some microseconds; an admission object never changes, so it is made once for each. */
export function skeletonOfPerson(person: Admission): string {
  const known = skeletons.get(person);
  if (known !== undefined) return known;
  const made = skeletonOf(person.displayName);
  skeletons.set(person, made);
  return made;
}

export function badgeOf(person: Admission): Badge {
  if (person.principal.kind === "account") return "account";
  return isKnown(person) ? "verified" : "unverified";
}

/** By a person's word, or because the name is that of an address which was proved (IDN-4). */
function isKnown(person: Admission): boolean {
  return person.verification !== null || hasProvedName(person);
}

/** SEC-6: at high only who was verified in person counts as verified. */
export function countsAsVerified({ settings }: InstanceState, person: Admission): boolean {
  return person.verification !== null || (settings.confidentiality !== "high" && hasProvedName(person));
}

function hasProvedName({ principal }: Admission): boolean {
  return principal.kind === "guest" && principal.nameProved === true;
}

export function personView(person: Admission, names: NameCounts): PersonView {
  const connected = person.status.kind === "admitted" && person.status.connection.kind === "connected";
  return {
    id: person.id,
    sfuIdentity: person.sfuIdentity ?? "",
    displayName: person.displayName,
    affiliation: person.affiliation,
    role: person.role,
    external: person.external,
    badge: badgeOf(person),
    method: person.verification?.method ?? (hasProvedName(person) ? "address" : null),
    connected,
    breakoutId: person.breakoutId,
    handRaisedAt: person.handRaisedAt,
    similarName: (names.inside.get(skeletonOfPerson(person)) ?? 0) > 1,
  };
}

export function lobbyRowView(state: InstanceState, person: Admission, names: NameCounts): LobbyRowView {
  const skeleton = skeletonOfPerson(person);
  return {
    id: person.id,
    revision: person.revision,
    displayName: person.displayName,
    affiliation: person.affiliation,
    requestedAt: person.requestedAt,
    external: person.external,
    badge: badgeOf(person),
    invited: isInvited(state, person) ? "invited" : "notInvited",
    registration: registrationOf(state, person),
    nameProved: hasProvedName(person),
    registrationMatch: matchesRegistration(state, person.principal),
    similarName: similar(skeleton, names),
    methodNeeded: needsVerification(state, person),
    agreed: person.agreed,
    agreementMissing: person.external && state.settings.policy.values.agreement && person.agreed === null,
    deviceDeclaredAt: person.deviceDeclaredAt,
    call: callView(state, person),
    ...(isEndToEnd(state) ? { keys: hasOffered(state, "main", person.id) ? "offered" : "none" } : {}),
    shown:
      person.callCheck === null
        ? null
        : { toId: person.callCheck.by, voice: person.callCheck.voice, face: person.callCheck.face },
  };
}

type CallRunning = NonNullable<NonNullable<LobbyRowView["call"]>["running"]>;

function callView(state: InstanceState, person: Admission): LobbyRowView["call"] {
  const call = state.calls.get(person.id);
  if (call === undefined) return null;
  const { verifierId, running } = call;
  return {
    verifierId,
    verifierName: state.admissions.get(verifierId)?.displayName ?? "",
    running:
      running === null
        ? null
        : { since: running.since, sfuIdentity: person.sfuIdentity ?? "", ...callKeys(state, person) },
  };
}

function callKeys(state: InstanceState, { id }: Admission): Pick<CallRunning, "keys"> {
  if (!isEndToEnd(state)) return {};
  const group = state.keyGroups.get(id);
  const offered = hasOffered(state, id, id) ? "offered" : "none";
  return {
    keys: {
      generation: group?.generation ?? 0,
      applicant: group?.members.has(id) === true ? "in" : offered,
    },
  };
}

function registrationOf(state: InstanceState, { principal }: Admission): LobbyRowView["registration"] {
  if (principal.registration === undefined)
    return state.settings.policy.values.registration === "required" ? "notRegistered" : "none";
  return isPassedOn(state, principal) ? "sameLink" : "registered";
}

function similar(skeleton: string, names: NameCounts): LobbyRowView["similarName"] {
  if ((names.inside.get(skeleton) ?? 0) > 0) return "inMeeting";
  return (names.waiting.get(skeleton) ?? 0) > 1 ? "waiting" : "none";
}

/** For a guest only the name can be compared: it is a hint for the host's eyes, never a proof. */
function isInvited(state: InstanceState, person: Admission): boolean {
  const { principal } = person;
  if (principal.kind === "account") {
    const { host, coHosts, verifier, invitedAccounts } = state.settings.appointments;
    return [host, verifier, ...coHosts, ...invitedAccounts].includes(principal.accountId);
  }
  if (principal.nameProved === true) return true;
  return state.names.invited.some((name) => looksLike(name, person.displayName));
}

export function banView(state: InstanceState, ban: Ban): BanView {
  const person = state.admissions.get(ban.admissionId);
  return {
    id: ban.id,
    kind: ban.kind,
    displayName: person?.displayName ?? "",
    affiliation: person?.affiliation ?? "",
    at: ban.at,
  };
}

/** The own admission, as its holder is told. `reference` belongs to the refusal page; it is made by the caller. */
export function admissionView(state: InstanceState, person: Admission, reference: string): AdmissionView {
  const own = {
    admissionId: person.id,
    displayName: person.displayName,
    affiliation: person.affiliation,
    ...(isEndToEnd(state) ? { keys: ownKeys(state, person) } : {}),
  };
  const { status } = person;
  switch (status.kind) {
    case "waiting":
      return {
        state: "waiting",
        ...own,
        badge: badgeOf(person),
        requestedAt: person.requestedAt,
        hostStarted: state.phase === "live",
        sentBack: person.revision > 1 && person.wasInside,
        ...(person.sentBackByRules ? { byRules: true } : {}),
        ...(person.sentBackByRules && hasToAskAnew(state, person) ? { askAnew: true } : {}),
        hostMessage: state.hostMessage,
        call: ownCall(state, person),
      };
    case "admitted":
      return {
        state: "admitted",
        ...own,
        connected: status.connection.kind === "connected",
        sfuIdentity: person.sfuIdentity ?? "",
        breakoutId: person.breakoutId,
        ...keying(state, person),
      };
    case "withdrawn":
      return { state: "left", reason: "withdrawn" };
    case "barred":
    case "denied":
      return { state: "refused", reference };
    case "removed":
      return { state: "removed", reference };
    case "left":
      return leftView(person, status.reason, reference);
  }
}

function ownKeys(state: InstanceState, person: Admission) {
  const { id, principal } = person;
  const account = principal.kind === "account" ? accountName(principal.accountId) : null;
  return {
    instance: state.instanceId,
    account,
    offered: hasOffered(state, "main", id),
    group: groupOf(state, person),
  };
}

/** Others see it in the leaf: it says that two leaves are of one account, and not which (IDN-5). */
function accountName(accountId: string): string {
  return createHash("sha256").update(`sekisho leaf ${accountId}`).digest("base64url").slice(0, 22);
}

type OwnCall = Extract<AdmissionView, { state: "waiting" }>["call"];

/** ADM-2: that there is one, and nothing of who asks. */
function ownCall(state: InstanceState, person: Admission): OwnCall {
  const call = state.calls.get(person.id);
  if (call === undefined) return null;
  return call.running === null
    ? { state: "asked" }
    : { state: "running", sfuIdentity: person.sfuIdentity ?? "", ...keying(state, person) };
}

function keying(state: InstanceState, person: Admission): { readonly keying?: true } {
  return isKeyed(state, person) ? {} : { keying: true };
}

/** MTG-4: "ended" is told only to people who had been admitted. */
function leftView(person: Admission, reason: LeftReason, reference: string): AdmissionView {
  // Looks like any removal (BAR-3, BAR-5).
  if (reason === "policy") return { state: "removed", reference };
  if (reason === "replaced") return { state: "replaced" };
  if (reason === "ended") return person.wasInside ? { state: "ended" } : { state: "refused", reference };
  return { state: "left", reason };
}
