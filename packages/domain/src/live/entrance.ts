/**
 * The one function that decides every entrance (ADM-1): a new request, a second tab or device, the first connect, a
 * resume, a reconnect, the renewal of a ticket. It sees the state of this moment and nothing that a client says about
 * itself except through facts that the server has checked. Checks run in the order of ADM-1; unknown → no.
 */
import type { BarrierContext } from "../barrier/context.ts";
import { isWalledOff, sweepOf } from "./barrier.ts";
import { callStands } from "./call-standing.ts";
import { callWith } from "./calls.ts";
import { isKeyed } from "./keys.ts";
import { isHosting } from "./capabilities.ts";
import type { GateLimits } from "./decide/command.ts";
import { canReturn, presence } from "./presence.ts";
import { isInvitedAccount } from "./standing.ts";
import type { RefusalReason } from "./events.ts";
import type { AdmissionId, GuestId } from "../ids.ts";
import { keepsNameRule, type GivenName } from "../names/name-rule.ts";
import { looksLike, nameProblem } from "../names/skeleton.ts";
import { unsaidWord } from "./said-before.ts";
import {
  personKey,
  type Admission,
  type Ban,
  type FactSheetVersion,
  type InstanceState,
  type Principal,
  type Role,
} from "./state.ts";

/** What the server found out before asking; each is false or "wrong" unless it was proved. */
export type EntranceFacts = {
  readonly clientAccepted: boolean;
  /** The link or number names this instance's meeting, and an occurrence of it is open or to come. */
  readonly linkKnown: boolean;
  readonly withinRate: boolean;
  /** `by: "number"`: the 10–11 digits were used, which admit nobody without a passcode (MTG-4). */
  readonly by: "link" | "number";
  readonly passcode: "matched" | "wrong" | "notGiven";
  /** The account is named for this meeting by invitation or by its address's domain. */
  readonly named: boolean;
  /** The browser has proved an address by code that is excepted from having to sign in (BAR-8). */
  readonly excepted: boolean;
  /** The session of this account has proved a second factor (IDN-2). */
  readonly secondFactor: boolean;
  /** The organisation demands one of hosts and co-hosts of meetings of class high. */
  readonly factorOfHosts?: boolean;
  /** The browser has proved an address that was invited to or registered for this meeting (IDN-4). */
  readonly addressProved: boolean;
  /** Registered for this meeting, by the own account or by an address that this browser has proved (INV-5). */
  readonly registered: boolean;
  /** The fact sheet as it stands now (INV-4); null: none was made, and nobody can have agreed to it. */
  readonly factSheet: FactSheetVersion | null;
  /** This request says that the person agrees to that version. */
  readonly agreed: boolean;
  /** This request says that the device is permitted (SEC-8). */
  readonly deviceDeclared: boolean;
};

export type RequestEntrance = {
  readonly principal: Principal;
  readonly displayName: string;
  readonly affiliation: string;
  readonly facts: EntranceFacts;
};

/** What is missing is asked for and not refused. */
export type AskedFactor =
  | "update"
  | "passcode"
  | "signIn"
  | "secondFactor"
  | "address"
  | "registration"
  | "agreement"
  | "device"
  | "name";

export type RequestOutcome =
  | { readonly kind: "ask"; readonly factor: AskedFactor }
  /** One answer for: no such meeting, ended, not invited, wrong passcode (MTG-4). */
  | { readonly kind: "notAccepted" }
  | { readonly kind: "tooManyTries" }
  | { readonly kind: "nameNotAccepted" }
  /** Not as the meeting's rule for names wants it (INV-6). */
  | { readonly kind: "nameAgainstRule" }
  | { readonly kind: "refused"; readonly reason: RefusalReason }
  /** The same person on the same device is in already, or waits already. */
  | { readonly kind: "existing"; readonly admission: Admission }
  | {
      readonly kind: "register";
      readonly role: Role;
      readonly enter: boolean;
      readonly replaces: AdmissionId | null;
    };

/** Most people inside at a time, and most unproved people who wait: a crowd at the door must not blind the host. */
export function decideRequest(
  state: InstanceState | null,
  entrance: RequestEntrance,
  { capacity, waitingCapacity }: Pick<GateLimits, "capacity" | "waitingCapacity">,
  barrier: BarrierContext,
): RequestOutcome {
  const { facts, principal } = entrance;
  if (!facts.clientAccepted) return { kind: "ask", factor: "update" };
  if (!facts.withinRate) return { kind: "tooManyTries" };
  if (!facts.linkKnown || state === null) return { kind: "notAccepted" };
  const role = currentRole(state, principal);
  const proof =
    passcodeProblem(state, entrance, role) ??
    signInProblem(state, entrance, role) ??
    factorProblem(state, entrance, role);
  if (proof !== null) return proof;
  const known = admissionOf(state, principal);
  const ban = banFor(state, principal);
  if (ban !== null)
    return { kind: "refused", reason: ban.kind === "denied" ? "denied_before" : "removed_before" };
  // BAR-3, before every other limit: "full" or "locked" would tell that no barrier stands in the way.
  const walled = barrierRefusal(state, principal, barrier);
  if (walled !== null) return walled;
  if (state.phase === "ended" && role !== "host" && role !== "coHost") return { kind: "notAccepted" };
  if (known !== null && known.principal.device === principal.device && isOpen(known))
    return nameOutcome(state, entrance) ?? { kind: "existing", admission: known };
  if (principal.kind === "guest" && state.linkClosedToUnproved && !facts.addressProved)
    return { kind: "refused", reason: "link_closed" };
  const unsaid = unsaidWord(state, entrance);
  if (unsaid !== null) return { kind: "ask", factor: unsaid };
  const name = nameOutcome(state, entrance);
  if (name !== null) return name;
  const full = state.inside.size >= capacity && seatOf(state, principal) === null;
  const crowded = state.waiting.size >= waitingCapacity && principal.kind === "guest";
  if ((full || crowded) && role === "participant") return { kind: "refused", reason: "capacity" };
  return register(state, principal, role);
}

function barrierRefusal(
  state: InstanceState,
  principal: Principal,
  barrier: BarrierContext,
): RequestOutcome | null {
  if (barrier.denyNew) return { kind: "refused", reason: "barrier_unknown" };
  return isWalledOff(state, principal, barrier) ? { kind: "refused", reason: "barrier" } : null;
}

/**
 * Whether somebody may hold media now: who was admitted, and an applicant in a verification call. Asked at every connect,
 * resume, reconnect and ticket.
 */
export function mayConnect(
  state: InstanceState | null,
  seat: { readonly admissionId: AdmissionId; readonly principal: Principal },
  at: { readonly now: number; readonly dropGraceMs: number; readonly barrier: BarrierContext },
): Admission | null {
  if (state === null || state.phase !== "live") return null;
  const person = state.admissions.get(seat.admissionId);
  if (person === undefined) return null;
  if (!samePerson(person.principal, seat.principal) || person.principal.device !== seat.principal.device)
    return null;
  if (banOf(state, person.principal)) return null;
  const call = callWith(state, person);
  // ENC-7: the order is decision, keys, ticket.
  if (!isKeyed(state, person)) return null;
  // Whoever is in a call is there as long as it may stand, and nowhere else (ADM-13).
  if (call?.running && !callStands(state, call, at.barrier)) return null;
  if (person.status.kind === "waiting") return call?.running ? person : null;
  if (person.status.kind !== "admitted") return null;
  // A version that this meeting has not been swept for yet counts already (BAR-5).
  if (sweepOf(state, at.barrier).removed.includes(person.id)) return null;
  return canReturn(person, at.now, at.dropGraceMs) ? person : null;
}

function samePerson(a: Principal, b: Principal): boolean {
  return personKey(a) === personKey(b);
}

/** The newest admission of a person that is still open, else the newest at all. */
export function admissionOf(state: InstanceState, principal: Principal): Admission | null {
  let newest: Admission | null = null;
  for (const admissionId of state.byPerson.get(personKey(principal)) ?? []) {
    const person = state.admissions.get(admissionId);
    if (person !== undefined && preferred(person, newest, principal)) newest = person;
  }
  return newest;
}

function preferred(person: Admission, best: Admission | null, principal: Principal): boolean {
  if (best === null) return true;
  const rank = (one: Admission) =>
    (isOpen(one) ? 2 : 0) + (one.principal.device === principal.device ? 1 : 0);
  return rank(person) >= rank(best);
}

export function isOpen(person: Admission): boolean {
  return person.status.kind === "waiting" || person.status.kind === "admitted";
}

/** The role that the meeting's settings give. */
export function roleOf(state: Pick<InstanceState, "settings">, principal: Principal): Role {
  if (principal.kind !== "account") return "participant";
  const { host, coHosts, verifier } = state.settings.appointments;
  if (principal.accountId === host) return "host";
  if (coHosts.includes(principal.accountId)) return "coHost";
  return principal.accountId === verifier ? "verifier" : "participant";
}

/** The role at this moment: what a host gave or took in the meeting stands over the settings, but for the host (SEC-7). */
export function currentRole(
  state: Pick<InstanceState, "settings" | "appointed">,
  principal: Principal,
): Role {
  const named = roleOf(state, principal);
  const appointed = state.appointed.get(personKey(principal));
  if (named === "host" || appointed === undefined) return named;
  if (appointed === "coHost") return "coHost";
  return named === "coHost" ? "participant" : named;
}

export function banOf(state: InstanceState, principal: Principal): boolean {
  return banFor(state, principal) !== null;
}

function banFor(state: InstanceState, principal: Principal): Ban | null {
  for (const ban of state.bans.values()) if (holdsFor(state, ban, principal)) return ban;
  return null;
}

/** ADM-8: account, guest, proved address and browser. Only the host is never barred by whoever else used the same browser. */
function holdsFor(state: InstanceState, ban: Ban, principal: Principal): boolean {
  if (samePerson(ban.principal, principal)) return true;
  if (holdsForRegistration(ban.principal, principal)) return true;
  const address = addressOf(principal);
  if (address !== null && address === addressOf(ban.principal)) return true;
  const browser = browserOf(principal);
  return browser !== null && browser === browserOf(ban.principal) && roleOf(state, principal) !== "host";
}

/** Somebody who had the link from others is barred with it, and not the one who has proved to be the registrant. */
function holdsForRegistration(barred: Principal, { registration, ...principal }: Principal): boolean {
  if (registration === undefined || barred.registration !== registration) return false;
  return isRegistrant(barred) || !isRegistrant(principal);
}

/** By the own account, or by a proof of the address; a link alone may have come from somebody else. */
export function isRegistrant(principal: Omit<Principal, "registration">): boolean {
  return principal.kind === "account" || ("nameProved" in principal && principal.nameProved === true);
}

function addressOf(principal: Principal): string | null {
  return principal.kind === "guest" ? (principal.provedAddress ?? null) : null;
}

/** Nothing but this browser's own cookie ties the person to the next request (ADM-8). */
export function isUnproved(principal: Principal): boolean {
  return (
    principal.kind === "guest" &&
    principal.provedAddress === undefined &&
    principal.registration === undefined
  );
}

function browserOf(principal: Principal): GuestId | null {
  return principal.kind === "guest" ? principal.guestId : (principal.browser ?? null);
}

/** MTG-8: who is signed in and invited by name needs no passcode; everybody else does. */
function passcodeProblem(state: InstanceState, entrance: RequestEntrance, role: Role): RequestOutcome | null {
  const { facts, principal } = entrance;
  const { passcodeRequired } = state.settings.policy.values;
  const byName = role !== "participant" || isInvitedAccount(state, principal);
  if (byName) return null;
  // By number nothing may show whether such a meeting exists: not even that it wants a passcode (MTG-4).
  if (facts.by === "number" && (!passcodeRequired || facts.passcode !== "matched"))
    return { kind: "notAccepted" };
  if (!passcodeRequired || facts.passcode === "matched") return null;
  return facts.passcode === "notGiven" ? { kind: "ask", factor: "passcode" } : { kind: "notAccepted" };
}

function signInProblem(state: InstanceState, entrance: RequestEntrance, role: Role): RequestOutcome | null {
  const { whoMayJoin } = state.settings.policy.values;
  if (whoMayJoin === "anyoneWithLink") return null;
  if (entrance.principal.kind !== "account")
    return entrance.facts.excepted && (whoMayJoin === "signedIn" || entrance.facts.named)
      ? null
      : { kind: "ask", factor: "signIn" };
  if (whoMayJoin === "signedIn" || role !== "participant") return null;
  return entrance.facts.named || isInvitedAccount(state, entrance.principal) ? null : { kind: "notAccepted" };
}

/** What is demanded of whoever is signed in, or not, beyond passcode and sign-in (IDN-2, IDN-4, INV-5). */
function factorProblem(state: InstanceState, entrance: RequestEntrance, role: Role): RequestOutcome | null {
  const { facts, principal } = entrance;
  const { values } = state.settings.policy;
  const hosts = role === "host" || role === "coHost";
  const ofHosts = facts.factorOfHosts === true && hosts && state.settings.confidentiality === "high";
  if (principal.kind === "account" && (values.secondFactor || ofHosts) && !facts.secondFactor)
    return { kind: "ask", factor: "secondFactor" };
  if (principal.kind === "guest" && values.guestProof === "address" && !facts.addressProved)
    return { kind: "ask", factor: "address" };
  const byName = role !== "participant" || isInvitedAccount(state, principal);
  return values.registration === "required" && !byName && !facts.registered
    ? { kind: "ask", factor: "registration" }
    : null;
}

/** An account's name is the organisation's business and is not refused. */
function nameOutcome(state: InstanceState, entrance: RequestEntrance): RequestOutcome | null {
  if (entrance.principal.kind === "account") return null;
  if (nameProblem(entrance.displayName) === "empty") return { kind: "ask", factor: "name" };
  const refused = nameRefusal(state, entrance, isOnRecord(entrance.principal));
  return refused === null ? null : { kind: refused };
}

/**
 * ADM-10, INV-6: for entering and for every rename alike. The rule comes before the hosts' names: under `registered` a
 * name that is on no list gets one answer, whosever it is.
 */
export function nameRefusal(
  state: InstanceState,
  name: GivenName,
  onRecord = false,
): "nameNotAccepted" | "nameAgainstRule" | null {
  const { displayName, affiliation } = name;
  if (nameProblem(displayName) !== null) return "nameNotAccepted";
  if (affiliation !== "" && nameProblem(affiliation) !== null) return "nameNotAccepted";
  const { nameRule } = state.settings.policy.values;
  if (!onRecord && !keepsNameRule(nameRule, name, state.names.people ?? [])) return "nameAgainstRule";
  return isHostsName(state, displayName) ? "nameNotAccepted" : null;
}

/** The name is that of a registration or invitation, and not this person's to say (IDN-4). */
function isOnRecord(principal: Principal): boolean {
  return (
    principal.registration !== undefined || (principal.kind === "guest" && principal.nameProved === true)
  );
}

/** The names of the settings, and those that hosts bear inside. */
export function isHostsName(state: InstanceState, displayName: string): boolean {
  if (state.names.hosts.some((name) => looksLike(name, displayName))) return true;
  for (const admissionId of state.inside) {
    const person = state.admissions.get(admissionId);
    if (person !== undefined && isHosting(person) && looksLike(person.displayName, displayName)) return true;
  }
  return false;
}

function register(state: InstanceState, principal: Principal, role: Role): RequestOutcome {
  const seat = seatOf(state, principal);
  const enter = entersAtOnce(state, role, principal);
  return { kind: "register", role, enter, replaces: enter ? (seat?.id ?? null) : null };
}

/** The one admission with which a person is inside, on whichever device. */
export function seatOf(state: InstanceState, principal: Principal): Admission | null {
  const seat = state.byPerson.get(personKey(principal))?.find((one) => state.inside.has(one));
  return seat === undefined ? null : (state.admissions.get(seat) ?? null);
}

/**
 * ADM-3, ADM-7: host and co-host enter at any time. Everybody else waits unless the meeting is live, unlocked, has its
 * waiting room off, and the person needs no verification.
 */
function entersAtOnce(state: InstanceState, role: Role, principal: Principal): boolean {
  if (role === "host" || role === "coHost") return true;
  if (state.locked !== null || state.suspended !== null) return false;
  const open = presence(state).hostsPresent || state.settings.policy.values.joinBeforeHost;
  if (!open) return false;
  if (role === "verifier") return presence(state).hostsPresent;
  if (principal.kind === "guest" && state.settings.policy.values.verifierRequired) return false;
  // INV-5: the personal link was passed on, whether the registrant is there yet or not; a person has to look.
  if (isPassedOn(state, principal)) return false;
  return !waitingRoomOn(state);
}

/** Whoever came by the registration is not the one it is known by, or somebody else is in or waits with it, too. */
export function isPassedOn(
  state: Pick<InstanceState, "admissions" | "inside" | "waiting">,
  principal: Principal,
): boolean {
  if (principal.registration === undefined) return false;
  return !isRegistrant(principal) || sharesRegistration(state, principal);
}

/** Another browser or account came with the same registration, and is in or waits: the link was passed on. */
export function sharesRegistration(
  state: Pick<InstanceState, "admissions" | "inside" | "waiting">,
  principal: Principal,
): boolean {
  if (principal.registration === undefined) return false;
  return [...state.inside, ...state.waiting].some((one) => {
    const other = state.admissions.get(one)?.principal;
    return (
      other !== undefined && other.registration === principal.registration && !samePerson(other, principal)
    );
  });
}

/** At low: the name is the registration's, its address was proved in this browser, and nobody else uses the link (ADM-4). */
export function matchesRegistration(state: InstanceState, principal: Principal): boolean {
  return (
    state.settings.confidentiality === "low" &&
    principal.kind === "guest" &&
    principal.registration !== undefined &&
    principal.nameProved === true &&
    !sharesRegistration(state, principal)
  );
}

/** The policy's waiting room cannot be switched off inside the meeting (CNF-3). */
export function waitingRoomOn(state: InstanceState): boolean {
  const { policy } = state.settings;
  if (!policy.values.waitingRoom) return false;
  const fixed = policy.reasons.waitingRoom.some((source) => source !== "meeting");
  return fixed || !state.waitingRoomOff;
}
