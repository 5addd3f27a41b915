/** state × event → state. Total: an event that is in the log has happened, so nothing here refuses. */
import { change, draftOf, emptyCollections, setStatus, type Draft } from "./draft.ts";
import type { EventOf, MeetingEvent, RecordedEvent } from "./events.ts";
import { applyToBreakouts, closeBreakouts } from "./evolve-breakouts.ts";
import { applyToCalls } from "./evolve-calls.ts";
import { applyToKeys } from "./evolve-keys.ts";
import { applyToPerson, noteHostGoing, sendBack } from "./evolve-person.ts";
import { noBreakouts } from "./breakouts.ts";
import { currentRole } from "./entrance.ts";
import { personKey, type InstanceState } from "./state.ts";

/** The first event of an instance is `instance.opened`; anything before it is ignored. Pure. */
export function evolve(state: InstanceState | null, recorded: RecordedEvent): InstanceState | null {
  return fold([recorded], state);
}

export function fold(
  events: readonly RecordedEvent[],
  from: InstanceState | null = null,
): InstanceState | null {
  let draft = from === null ? null : draftOf(from);
  for (const recorded of events) draft = applyTo(draft, recorded);
  return draft;
}

/** Changes `draft` in place and returns it; only for the draft's one owner. */
export function applyTo(draft: Draft | null, { event, seq, at }: RecordedEvent): Draft | null {
  if (event.type === "instance.opened") return opened(event, seq);
  if (draft === null) return null;
  const applied =
    applyToInstance(draft, event, at) ||
    applyToBreakouts(draft, event, at) ||
    applyToCalls(draft, event, at) ||
    applyToKeys(draft, event, at);
  if (!applied) applyToPerson(draft, event, at);
  draft.seq = seq;
  return draft;
}

function opened(event: EventOf<"instance.opened">, seq: number): Draft {
  const { values } = event.settings.policy;
  return {
    instanceId: event.instanceId,
    meetingId: event.meetingId,
    sfuRoom: event.sfuRoom,
    seq,
    phase: "scheduled",
    startedAt: null,
    endedAt: null,
    settings: event.settings,
    names: event.personal,
    locked: null,
    suspended: null,
    waitingRoomOff: false,
    rights: {
      screenShare: values.screenShare,
      chat: values.chat,
      rename: values.rename,
      unmute: values.unmute,
    },
    hostMessage: "",
    linkClosedToUnproved: false,
    hostLeftAt: null,
    breakouts: noBreakouts,
    keyGroups: new Map(),
    keyOffers: new Map(),
    barrier: { stamp: { version: 0, freshness: "fresh" }, mask: 0 },
    ...emptyCollections(),
  };
}

/** True if the event concerns the instance as a whole, and was applied. */
function applyToInstance(draft: Draft, event: MeetingEvent, at: number): boolean {
  switch (event.type) {
    case "instance.settingsChanged":
      settingsChanged(draft, event);
      return true;
    case "instance.started":
      draft.phase = "live";
      draft.startedAt ??= at;
      draft.hostLeftAt = null;
      return true;
    case "instance.hostsGone":
      hostsGone(draft, event, at);
      return true;
    case "instance.ended":
      ended(draft, at);
      return true;
    case "instance.reopened":
      draft.phase = "scheduled";
      draft.endedAt = null;
      return true;
    case "ban.lifted":
      draft.bans.delete(event.banId);
      return true;
    case "link.reopened":
      draft.linkClosedToUnproved = false;
      return true;
    default:
      return applyToControls(draft, event, at);
  }
}

function applyToControls(draft: Draft, event: MeetingEvent, at: number): boolean {
  switch (event.type) {
    case "meeting.locked":
      draft.locked = { by: event.by, at };
      return true;
    case "meeting.unlocked":
      draft.locked = null;
      return true;
    case "meeting.suspended":
      draft.suspended = { by: event.by, at };
      draft.locked ??= { by: event.by, at };
      return true;
    case "meeting.resumed":
      draft.suspended = null;
      return true;
    case "meeting.waitingRoomTurnedOff":
      draft.waitingRoomOff = true;
      return true;
    case "meeting.waitingRoomTurnedOn":
      draft.waitingRoomOff = false;
      return true;
    case "meeting.rightsChanged":
      draft.rights = event.rights;
      return true;
    case "barrier.masked":
      draft.barrier = { stamp: event.barrier, mask: event.mask };
      return true;
    case "barrier.swept":
      swept(draft, event, at);
      return true;
    case "meeting.hostMessageChanged":
      draft.hostMessage = event.personal.message;
      return true;
    default:
      return false;
  }
}

/** Who is named co-host now, or no longer, is so at once; a naming stands over what was taken before in the meeting. */
function settingsChanged(draft: Draft, event: EventOf<"instance.settingsChanged">): void {
  const before = draft.settings.appointments.coHosts;
  for (const accountId of event.settings.appointments.coHosts)
    if (!before.includes(accountId))
      draft.appointed.delete(personKey({ kind: "account", accountId, device: "" }));
  draft.settings = event.settings;
  draft.names = event.personal;
  for (const admissionId of [...draft.inside, ...draft.waiting]) {
    const person = draft.admissions.get(admissionId);
    if (person !== undefined) change(draft, admissionId, { role: currentRole(draft, person.principal) });
  }
}

/** ADM-9: everybody back to the waiting room; hosts who are not there lose nothing but their seat. */
function hostsGone(draft: Draft, event: EventOf<"instance.hostsGone">, at: number): void {
  draft.phase = "waiting_for_host";
  for (const admissionId of event.sentBack) sendBack(draft, admissionId, at);
  for (const admissionId of [...draft.inside])
    setStatus(draft, admissionId, { kind: "left", at, reason: "absent" });
  closeBreakouts(draft);
}

/** A removal by a barrier is not a ban: whoever went may ask again, and is decided anew (BAR-5). */
function swept(draft: Draft, event: EventOf<"barrier.swept">, at: number): void {
  draft.barrier = { ...draft.barrier, stamp: event.barrier };
  for (const admissionId of event.removed) {
    noteHostGoing(draft, admissionId, at);
    setStatus(draft, admissionId, { kind: "left", at, reason: "policy" });
  }
  for (const admissionId of event.barred)
    setStatus(draft, admissionId, { kind: "barred", at, version: event.barrier.version });
}

function ended(draft: Draft, at: number): void {
  draft.phase = "ended";
  draft.endedAt = at;
  // SEC-1: a lock or a stop outlasts the end, so that nobody undoes the host's by ending and starting again.
  draft.waitingRoomOff = false;
  for (const person of [...draft.admissions.values()])
    if (person.status.kind === "admitted" || person.status.kind === "waiting")
      setStatus(draft, person.id, { kind: "left", at, reason: "ended" });
  closeBreakouts(draft);
  // Whoever comes to the next part of it makes keys anew; of these nothing is left to be followed.
  draft.keyGroups = new Map();
  draft.keyOffers = new Map();
}
