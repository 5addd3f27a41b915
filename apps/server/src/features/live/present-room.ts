/** The room as one admitted person sees it, apart from the list of people. Pure. */
import type { KeysView, RightsView, RoomMeta } from "@sekisho/contract";
import {
  audienceOf,
  awaitingKeys,
  capabilitiesOf,
  isEndToEnd,
  isMasked,
  presence,
  skeletonOf,
  waitingRoomOn,
  type Admission,
  type AdmissionId,
  type InstanceState,
  type PolicySource,
  type Rights,
} from "@sekisho/domain";
import { countsAsVerified } from "./present-person.ts";
import { breakoutsView } from "./present-breakouts.ts";
import type { MeetingDescription, RegionView } from "./ports.ts";

export type RoomContext = {
  readonly meeting: MeetingDescription;
  readonly scheduledEnd: number;
  readonly region: RegionView;
  readonly hostsAwayMs: number;
};

/** What is the same for everybody in the room, counted once for each change. */
export type RoomCounts = { readonly externals: { readonly present: number; readonly unverified: number } };

export function countRoom(state: InstanceState): RoomCounts {
  let present = 0;
  let unverified = 0;
  for (const admissionId of state.inside) {
    const person = state.admissions.get(admissionId);
    if (person === undefined || !person.external) continue;
    present += 1;
    if (!countsAsVerified(state, person)) unverified += 1;
  }
  return { externals: { present, unverified } };
}

export function roomMeta(
  state: InstanceState,
  person: Admission,
  context: RoomContext,
  counts: RoomCounts,
): RoomMeta {
  const able = capabilitiesOf(state, person);
  const { policy, confidentiality } = state.settings;
  const away = presence(state).hostsAwaySince;
  const startsAsHost = person.role === "host" || person.role === "coHost";
  return {
    selfId: person.id,
    role: person.role,
    topic: context.meeting.topic,
    confidentiality,
    encryption: policy.values.encryption,
    region: context.region,
    recording: "none",
    phase: state.phase,
    startedAt: state.startedAt,
    scheduledEnd: context.scheduledEnd,
    locked: since(state, state.locked),
    suspended: since(state, state.suspended),
    hostsAwayUntil: away === null || policy.values.joinBeforeHost ? null : away + context.hostsAwayMs,
    capabilities: [...able],
    rights: rightsView(state),
    ...(isEndToEnd(state) ? { keys: keysView(state) } : {}),
    muteOnEntry: policy.values.muteOnEntry,
    startWithVideo: startsAsHost ? context.meeting.hostVideo : context.meeting.participantVideo,
    externals: counts.externals,
    askedToUnmuteAt: person.askedToUnmuteAt,
    breakouts: breakoutsView(state, person),
    lobby: able.has("lobby.view") ? lobbyMeta(state, person, context) : null,
  };
}

function keysView(state: InstanceState): KeysView {
  const main = state.keyGroups.get("main");
  return {
    generation: main?.generation ?? 0,
    epoch: main?.epoch ?? 0,
    awaiting: awaitingKeys(state).map(({ admissionId, ready }) => ({ id: admissionId, ready })),
  };
}

function since(state: InstanceState, what: { readonly by: AdmissionId; readonly at: number } | null) {
  return what === null ? null : { at: what.at, byName: state.admissions.get(what.by)?.displayName ?? "" };
}

function rightsView(state: InstanceState): RightsView {
  const { values, reasons } = state.settings.policy;
  const one = (right: keyof Rights): RightsView[keyof Rights] => {
    const value = audienceOf(state, right);
    // BAR-4: off for everybody while certain people are here; of whom and why nothing is said.
    if (isMasked(state, right)) return { value, limit: "nobody", fixedBy: ["barrier"] };
    return { value, limit: values[right], fixedBy: [...reasons[right]] };
  };
  return { screenShare: one("screenShare"), chat: one("chat"), rename: one("rename"), unmute: one("unmute") };
}

function lobbyMeta(state: InstanceState, person: Admission, context: RoomContext): RoomMeta["lobby"] {
  const { policy, appointments } = state.settings;
  const { verifier } = appointments;
  const fixedBy: PolicySource[] = policy.reasons.waitingRoom.filter((source) => source !== "meeting");
  return {
    waitingRoom: { on: waitingRoomOn(state), fixedBy: policy.values.waitingRoom ? fixedBy : [] },
    admitAll: policy.values.admitAll,
    linkClosedToUnproved: state.linkClosedToUnproved,
    hostMessage: state.hostMessage,
    verifier:
      verifier === null
        ? null
        : {
            name: context.meeting.verifierName ?? "",
            present: accountsInside(state).has(verifier),
            me: person.principal.kind === "account" && person.principal.accountId === verifier,
          },
    everybodyInvitedIsIn: everybodyInvitedIsIn(state),
  };
}

function accountsInside(state: InstanceState): ReadonlySet<string> {
  const accounts = new Set<string>();
  for (const admissionId of state.inside) {
    const principal = state.admissions.get(admissionId)?.principal;
    if (principal?.kind === "account") accounts.add(principal.accountId);
  }
  return accounts;
}

/** SEC-1: then the menu offers to lock. People without an account are known by the names they were invited under. */
function everybodyInvitedIsIn(state: InstanceState): boolean {
  const { coHosts, invitedAccounts } = state.settings.appointments;
  const accounts = accountsInside(state);
  const named = [...coHosts, ...invitedAccounts];
  if (named.length + state.names.invited.length === 0) return false;
  const present = new Set<string>();
  for (const admissionId of state.inside) {
    const one = state.admissions.get(admissionId);
    if (one !== undefined) present.add(skeletonOf(one.displayName));
  }
  return (
    named.every((account) => accounts.has(account)) &&
    state.names.invited.every((name) => present.has(skeletonOf(name)))
  );
}
