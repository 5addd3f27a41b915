/** The way in: what a link tells, and the request to join (ADM-1, ADM-2, ADM-6, MTG-4). */
import type { AdmissionView, EntryView, MeetingFacts } from "@sekisho/contract";
import { build } from "@sekisho/contract";
import {
  agreementOf,
  decideRequest,
  declarationOf,
  isInvitedAccount,
  roleOf,
  waitingRoomOn,
  type EntranceFacts,
  type GateLimits,
  type InstanceState,
  type Principal,
  type RequestOutcome,
  type RequestResult,
} from "@sekisho/domain";
import type { Caller } from "../../platform/http/caller.ts";
import { principalOf } from "../../platform/http/caller.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import type { Instances } from "./instances.ts";
import { knownAs, knownPersonOf, principalWith, type KnownPerson } from "./known-person.ts";
import { ownView, viewOnArrival } from "./own-view.ts";
import type { PasscodeTries } from "./passcode-tries.ts";
import type {
  BarrierSource,
  FactSheets,
  GuestProof,
  GuestProofs,
  MeetingDescription,
  MeetingDirectory,
  Occurrence,
  RegionView,
  Registrants,
} from "./ports.ts";
import type { Runner } from "./runner.ts";
import { isRequestResult } from "./results.ts";

export type EntryDeps = {
  readonly directory: MeetingDirectory;
  readonly instances: Instances;
  readonly runner: Runner;
  readonly barriers: BarrierSource;
  readonly proofs: GuestProofs;
  readonly factSheets: FactSheets;
  readonly factorOfHosts: () => Promise<boolean>;
  readonly registrants: Registrants;
  readonly tries: PasscodeTries;
  readonly clock: { now(): number };
  readonly region: RegionView;
  readonly minimumBuild: number;
  readonly gateLimits: GateLimits;
  /** Name of the organisation, which an account shows as its affiliation. */
  readonly organisationName: () => Promise<string>;
};

export type EntryInput = {
  readonly link: string;
  readonly caller: Caller;
  readonly ip: string;
  readonly displayName: string;
  readonly affiliation: string;
  readonly passcode: string | null;
  readonly build: number;
  readonly agreement?: { readonly version: number } | null | undefined;
  readonly deviceDeclared?: boolean | undefined;
};

export type Entry = {
  read(link: string, caller: Caller): Promise<EntryView>;
  request(input: EntryInput): Promise<AdmissionView>;
};

/** No answer of a refused try comes sooner, so that its time does not tell why (MTG-4). */
const refusalFloorMs = 250;
const numberFloorMs = 60;

export function createEntry(deps: EntryDeps): Entry {
  const { directory, instances, runner, clock } = deps;

  async function stateOf(meeting: MeetingDescription): Promise<InstanceState | null> {
    const row = await instances.current(meeting, clock.now());
    return row === null ? null : runner.read(row.instanceId);
  }

  return {
    async read(link, caller) {
      // By number, found and not found take the same time to the eye of a guesser (MTG-4).
      const floor = /^\d+$/u.test(link) ? pause(numberFloorMs) : null;
      const view = await readNow(link, caller);
      await floor;
      return view;
    },
    async request(input) {
      const started = performance.now();
      try {
        return await requestNow(input);
      } catch (error) {
        const left = refusalFloorMs - (performance.now() - started);
        if (error instanceof HttpError && left > 0) await pause(left);
        throw error;
      }
    },
  };

  async function readNow(link: string, caller: Caller): Promise<EntryView> {
    const [name, found, proof] = await Promise.all([
      deps.organisationName(),
      directory.find(link),
      proofOf(caller),
    ]);
    const state = found === null ? null : await stateOf(found.meeting);
    const known = await knownPersonOf(deps.registrants, { meeting: found?.meeting ?? null, caller, proof });
    const principal = principalWith(principalOf(caller), { proof, known });
    const occurrence = found?.meeting.occurrenceAt(clock.now()) ?? null;
    const over = state === null ? occurrence === null : state.phase === "ended";
    const shown = found !== null && found.by === "link" && !found.meeting.cancelled && !over;
    return {
      organisation: { name },
      meeting:
        shown && occurrence !== null
          ? await factsOf(found.meeting, occurrence, state, { principal, proof, known })
          : null,
      me:
        caller.kind === "account"
          ? {
              kind: "account",
              displayName: caller.displayName,
              affiliation: name,
              ...hostingOf(found?.meeting ?? null, principal),
            }
          : { kind: "nobody" },
      provedDomain: proof?.domain ?? null,
      addressProof: deps.proofs.offered() || (shown && takesAddresses(found.meeting)),
      // By number nothing may show whether there is such a meeting (MTG-4).
      knownAs: shown ? knownAs(caller, known) : null,
      admission: viewOnArrival(state, principal),
      serverTime: clock.now(),
      minimumBuild: deps.minimumBuild,
    };
  }

  async function requestNow(input: EntryInput): Promise<AdmissionView> {
    const [found, proof] = await Promise.all([directory.find(input.link), proofOf(input.caller)]);
    const meeting = found?.meeting ?? null;
    const known = await knownPersonOf(deps.registrants, { meeting, caller: input.caller, proof });
    const principal = principalWith(principalOf(input.caller), { proof, known });
    if (principal === null) throw new HttpError("bad_request");
    const passcode = await deps.tries.check(input, meeting);
    const factSheet = meeting === null ? null : await sheetFor(meeting, principal);
    const facts: EntranceFacts = {
      clientAccepted: input.build >= deps.minimumBuild && input.build <= build,
      linkKnown: meeting !== null && !meeting.cancelled,
      withinRate: true,
      by: found?.by ?? "link",
      passcode,
      named: meeting !== null && isNamed(meeting, input.caller, proof),
      excepted: proof?.excepted ?? false,
      secondFactor: input.caller.kind === "account" && input.caller.strength === "secondFactor",
      factorOfHosts: meeting?.settings.confidentiality === "high" && (await deps.factorOfHosts()),
      addressProved: known.addressProved,
      registered: known.registration !== null,
      factSheet,
      agreed: factSheet !== null && input.agreement?.version === factSheet.version,
      deviceDeclared: input.deviceDeclared ?? false,
    };
    if (facts.clientAccepted && meeting !== null) await requireBegun(meeting, principal);
    const entrance = { principal, facts, ...(await nameOf(input, known)) };
    const row = meeting === null || !facts.clientAccepted ? null : await instances.open(meeting, clock.now());
    if (row === null)
      throw refusalOf(decideRequest(null, entrance, deps.gateLimits, deps.barriers.current()), null);
    const decision = await runner.run(row.instanceId, { type: "gate.request", entrance }, principal);
    if (decision.kind === "rejected" || !isRequestResult(decision.result))
      throw new HttpError("entry_not_accepted");
    await requireStillRegistered(
      row.instanceId,
      { meeting, caller: input.caller, proof },
      { principal, known },
    );
    return answer(row.instanceId, decision.result, principal);
  }

  /** Whoever would begin the meeting has to accept its risk first; everybody else waits for that, and is told nothing. */
  async function requireBegun(meeting: MeetingDescription, principal: Principal): Promise<void> {
    if (!meeting.riskOpen || meeting.cancelled || !isHost(meeting, principal)) return;
    if ((await stateOf(meeting))?.phase !== "live") throw new HttpError("risk_not_accepted");
  }

  /** Whoever was taken off the list while the request was under way was not there yet to be found (ADM-1, INV-5). */
  async function requireStillRegistered(
    instanceId: string,
    asker: Parameters<typeof knownPersonOf>[1],
    { principal, known }: { readonly principal: Principal; readonly known: KnownPerson },
  ): Promise<void> {
    if (known.registration === null) return;
    const now = await knownPersonOf(deps.registrants, asker);
    if (now.registration === known.registration) return;
    await runner.run(instanceId, { type: "gate.deviceEnded", device: principal.device }, null);
    throw new HttpError("registration_needed");
  }

  /** What this browser has said in this instance is not asked for again (INV-4, SEC-8). */
  async function toSay(
    meeting: MeetingDescription,
    state: InstanceState | null,
    principal: Principal | null,
  ): Promise<MeetingFacts["toSay"]> {
    const sheet = await sheetFor(meeting, principal);
    const known = state === null || principal === null ? null : { state, principal };
    const agreed = known === null ? null : agreementOf(known.state, known.principal);
    const declared = known !== null && declarationOf(known.state, known.principal) !== null;
    return {
      agreement: sheet === null || agreed?.version === sheet.version ? null : sheet.version,
      device: meeting.settings.policy.values.deviceDeclaration && !declared,
    };
  }

  /** Null where nobody is asked to agree. */
  async function sheetFor(meeting: MeetingDescription, principal: Principal | null) {
    if (!meeting.settings.policy.values.agreement || principal?.kind === "account") return null;
    const { view, digest } = await deps.factSheets.of(meeting);
    return { version: view.version, digest };
  }

  /** Of a browser nobody is signed in at: an account is never less than an account (BAR-8). */
  async function proofOf(caller: Caller): Promise<GuestProof | null> {
    return caller.kind === "guest" ? deps.proofs.of(caller.guestId) : null;
  }

  async function nameOf(input: EntryInput, known: KnownPerson) {
    if (input.caller.kind !== "account") {
      const { displayName, affiliation } = known.name ?? input;
      return { displayName, affiliation };
    }
    return { displayName: input.caller.displayName, affiliation: await deps.organisationName() };
  }

  function answer(instanceId: string, result: RequestResult, principal: Principal): AdmissionView {
    const { outcome } = result;
    if (outcome.kind !== "existing" && outcome.kind !== "register")
      throw refusalOf(outcome, result.reference);
    return ownView(runner.peek(instanceId), principal);
  }

  async function factsOf(
    meeting: MeetingDescription,
    occurrence: Occurrence,
    state: InstanceState | null,
    who: {
      readonly principal: Principal | null;
      readonly proof: GuestProof | null;
      readonly known: KnownPerson;
    },
  ): Promise<MeetingFacts> {
    const { principal, proof, known } = who;
    const { policy, confidentiality } = meeting.settings;
    const byName = principal !== null && isByName(meeting, principal);
    return {
      confidentiality,
      encryption: policy.values.encryption,
      visibility: meeting.visibility,
      startsAt: occurrence.startsAt,
      endsAt: occurrence.endsAt,
      timeZone: meeting.timeZone,
      topic: confidentiality === "high" ? null : meeting.topic,
      region: deps.region,
      recording: "none",
      verification: policy.values.verifierRequired ? "person" : "none",
      waitingRoom: state === null ? policy.values.waitingRoom : waitingRoomOn(state),
      signInNeeded: principal?.kind !== "account" && needsSignIn(meeting, proof),
      passcodeNeeded: policy.values.passcodeRequired && !byName,
      addressNeeded:
        principal?.kind !== "account" && policy.values.guestProof === "address" && !known.addressProved,
      registrationNeeded: policy.values.registration === "required" && !byName && known.registration === null,
      participantVideo: meeting.participantVideo,
      nameRule: policy.values.nameRule,
      toSay: await toSay(meeting, state, principal),
    };
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function isHost(meeting: MeetingDescription, principal: Principal): boolean {
  const role = roleOf({ settings: meeting.settings }, principal);
  return role === "host" || role === "coHost";
}

/** A host at the door may go on to the meeting's own page and have things tried; nobody else learns its id. */
function hostingOf(meeting: MeetingDescription | null, principal: Principal | null) {
  if (meeting === null || principal === null || !isHost(meeting, principal))
    return { hosting: false, meetingId: null, riskOpen: false };
  return { hosting: true, meetingId: meeting.meetingId, riskOpen: meeting.riskOpen };
}

function isByName(meeting: MeetingDescription, principal: Principal): boolean {
  const seen = { settings: meeting.settings };
  return roleOf(seen, principal) !== "participant" || isInvitedAccount(seen, principal);
}

/** Codes go to addresses that were invited to this meeting or registered for it (IDN-4, INV-5). */
function takesAddresses({ settings }: MeetingDescription): boolean {
  const { guestProof, registration } = settings.policy.values;
  return guestProof === "address" || registration === "required";
}

function needsSignIn(meeting: MeetingDescription, proof: GuestProof | null): boolean {
  const { whoMayJoin } = meeting.settings.policy.values;
  if (whoMayJoin === "anyoneWithLink") return false;
  return proof?.excepted !== true || (whoMayJoin === "named" && !proof.named(meeting));
}

function isNamed(meeting: MeetingDescription, caller: Caller, proof: GuestProof | null): boolean {
  if (caller.kind !== "account") return proof?.named(meeting) ?? false;
  const address = caller.email.toLowerCase();
  const domain = address.slice(address.lastIndexOf("@") + 1);
  return meeting.invitedEmails.includes(address) || meeting.allowedDomains.includes(domain);
}

function refusalOf(outcome: RequestOutcome, reference: string | null): HttpError {
  switch (outcome.kind) {
    case "ask":
      return new HttpError(askCodes[outcome.factor]);
    case "tooManyTries":
      return new HttpError("too_many_tries");
    case "nameNotAccepted":
      return new HttpError("name_not_accepted");
    case "nameAgainstRule":
      return new HttpError("name_against_rule");
    case "refused":
      return new HttpError("entry_refused", reference === null ? {} : { reference });
    default:
      return new HttpError("entry_not_accepted");
  }
}

const askCodes = {
  update: "client_too_old",
  passcode: "passcode_needed",
  signIn: "sign_in_required",
  secondFactor: "second_factor_needed",
  address: "address_proof_needed",
  registration: "registration_needed",
  agreement: "agreement_needed",
  device: "device_declaration_needed",
  name: "name_needed",
} as const;
