/** Invented people and views, the smallest that type-check; for tests and for the gallery of states. */
import type {
  BreakoutsView,
  ChatMessage,
  LobbyRowView,
  PersonView,
  RoomMeta,
  StreamMessage,
} from "@sekisho/contract";
import { capabilities } from "@sekisho/domain";

export const sampleTime = Date.UTC(2026, 10, 24, 7, 4);

/** `id` is padded to the length that the contract asks for. */
export function sampleId(id: string): string {
  return id.padEnd(16, "0");
}

export function samplePerson(id: string, change: Partial<PersonView> = {}): PersonView {
  return {
    id: sampleId(id),
    sfuIdentity: sampleId(`s${id}`),
    displayName: id,
    affiliation: "",
    role: "participant",
    external: false,
    badge: "account",
    method: null,
    connected: true,
    breakoutId: null,
    handRaisedAt: null,
    similarName: false,
    ...change,
  };
}

export function sampleRow(id: string, change: Partial<LobbyRowView> = {}): LobbyRowView {
  return {
    id: sampleId(id),
    revision: 1,
    displayName: id,
    affiliation: "",
    requestedAt: sampleTime,
    external: true,
    badge: "unverified",
    invited: "invited",
    registration: "none",
    nameProved: false,
    registrationMatch: false,
    similarName: "none",
    methodNeeded: true,
    agreed: null,
    agreementMissing: false,
    deviceDeclaredAt: null,
    call: null,
    shown: null,
    ...change,
  };
}

const open = { value: "everyone", limit: "everyone", fixedBy: [] } as const;

export function sampleMeta(change: Partial<RoomMeta> = {}): RoomMeta {
  return {
    selfId: sampleId("self"),
    role: "host",
    topic: "融資条件のご説明",
    confidentiality: "medium",
    encryption: "transport",
    region: { label: "東京", country: "JP" },
    recording: "none",
    phase: "live",
    startedAt: sampleTime - 240_000,
    scheduledEnd: sampleTime + 3_360_000,
    locked: null,
    suspended: null,
    hostsAwayUntil: null,
    capabilities: [...capabilities],
    rights: {
      screenShare: { ...open, fixedBy: [] },
      chat: { ...open, fixedBy: [] },
      rename: { ...open, fixedBy: [] },
      unmute: { ...open, fixedBy: [] },
    },
    muteOnEntry: true,
    startWithVideo: false,
    externals: { present: 0, unverified: 0 },
    askedToUnmuteAt: null,
    breakouts: null,
    lobby: {
      waitingRoom: { on: true, fixedBy: [] },
      admitAll: true,
      linkClosedToUnproved: false,
      hostMessage: "",
      verifier: null,
      everybodyInvitedIsIn: false,
    },
    ...change,
  };
}

export function sampleRoom(
  change: Partial<Extract<StreamMessage, { type: "room" }>> = {},
): Extract<StreamMessage, { type: "room" }> {
  return { type: "room", seq: 1, meta: sampleMeta(), people: [], lobby: [], bans: [], ...change };
}

export function sampleChat(id: string, change: Partial<ChatMessage> = {}): ChatMessage {
  return {
    id: sampleId(id),
    at: sampleTime,
    fromId: sampleId("a"),
    fromName: "a",
    to: "everyone",
    breakoutId: null,
    toId: null,
    toName: null,
    text: id,
    ...change,
  };
}

/** Two rooms that are open, as a participant in the main meeting sees them. */
export function sampleBreakouts(change: Partial<BreakoutsView> = {}): BreakoutsView {
  return {
    phase: "open",
    closesAt: null,
    choose: false,
    mayReturn: true,
    ownId: null,
    assignedId: null,
    rooms: [
      { id: sampleId("b1"), name: "ルーム 1" },
      { id: sampleId("b2"), name: "ルーム 2" },
    ],
    calledAt: null,
    hosts: null,
    ...change,
  };
}
