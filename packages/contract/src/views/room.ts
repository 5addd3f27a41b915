/** What an admitted person sees of the meeting. Hosts and verifiers see the waiting room in addition. */
import { capabilities, confidentialities, verificationMethods, type Capability } from "@sekisho/domain";
import { z } from "zod";
import { instant, opaqueId, shownName } from "../schemas.ts";
import { breakoutsView } from "./breakouts.ts";
import { keysView, sealedBytes } from "./keys.ts";
import { admissionView, badge, region } from "./entry.ts";

export const role = z.enum(["host", "coHost", "verifier", "participant"]);
export const audience = z.enum(["nobody", "hosts", "everyone"]);
export const policySource = z.enum(["server", "organisation", "preset", "meeting", "barrier"]);
export const verificationMethod = z.enum(verificationMethods);

/** How somebody was verified; `address`: the name is that of an address that was proved by code or personal link. */
export const personMethod = z.enum([...verificationMethod.options, "address"]);

export const personView = z.strictObject({
  id: opaqueId,
  sfuIdentity: opaqueId,
  displayName: shownName,
  affiliation: shownName,
  role,
  external: z.boolean(),
  badge,
  method: personMethod.nullable(),
  connected: z.boolean(),
  /** The room that this person is in; null: the main one. Only hosts are told of people elsewhere than with them. */
  breakoutId: opaqueId.nullable(),
  handRaisedAt: instant.nullable(),
  /** Another person in the meeting has the same or a look-alike name (ADM-10). */
  similarName: z.boolean(),
});
export type PersonView = z.infer<typeof personView>;

export const lobbyRowView = z.strictObject({
  id: opaqueId,
  revision: z.int().min(1),
  displayName: shownName,
  affiliation: shownName,
  requestedAt: instant,
  external: z.boolean(),
  badge,
  invited: z.enum(["invited", "notInvited"]),
  /**
   * `sameLink`: another browser opened the link first, or somebody else who is in or waits came with the same
   * registration. `none`: nobody has to register.
   */
  registration: z.enum(["registered", "sameLink", "notRegistered", "none"]),
  /** The name is that of an invitation or registration whose address was proved in this browser (IDN-4). */
  nameProved: z.boolean(),
  /** A match with the registration is a method that may be chosen for this person (ADM-4). */
  registrationMatch: z.boolean(),
  similarName: z.enum(["none", "inMeeting", "waiting"]),
  /** A method of verification has to be recorded before this person is admitted (ADM-4). */
  methodNeeded: z.boolean(),
  /** To this version of the fact sheet, at this time (INV-4). */
  agreed: z.strictObject({ version: z.int(), at: instant }).nullable(),
  /** The meeting asks for an agreement that this person has not given: it was not asked for when they came. */
  agreementMissing: z.boolean(),
  /** When the person declared that the device is permitted (SEC-8). */
  deviceDeclaredAt: instant.nullable(),
  /** A verification call with this person (ADM-13). */
  call: z
    .strictObject({
      verifierId: opaqueId,
      verifierName: shownName,
      /** Null until the applicant has agreed. */
      running: z
        .strictObject({
          since: instant,
          sfuIdentity: opaqueId,
          /** Of the call's own group (ADM-13); only in end-to-end encrypted meetings. */
          keys: z
            .strictObject({ generation: z.int().min(0), applicant: z.enum(["none", "offered", "in"]) })
            .optional(),
        })
        .nullable(),
    })
    .nullable(),
  /** Whether this person's device can be added to the keys; only in end-to-end encrypted meetings (ENC-7). */
  keys: z.enum(["offered", "none"]).optional(),
  /** What the verifier of the last call was sent of this person for long enough (ADM-4). */
  shown: z.strictObject({ toId: opaqueId, voice: z.boolean(), face: z.boolean() }).nullable(),
});
export type LobbyRowView = z.infer<typeof lobbyRowView>;

export const lobbyGone = z.strictObject({
  id: opaqueId,
  result: z.enum(["admitted", "denied", "withdrawn", "ended"]),
  byName: shownName,
});
export type LobbyGone = z.infer<typeof lobbyGone>;

export const banView = z.strictObject({
  id: opaqueId,
  kind: z.enum(["removed", "denied"]),
  displayName: shownName,
  affiliation: shownName,
  at: instant,
});
export type BanView = z.infer<typeof banView>;

const right = z.strictObject({ value: audience, limit: audience, fixedBy: z.array(policySource) });
export const rightsView = z.strictObject({ screenShare: right, chat: right, rename: right, unmute: right });
export type RightsView = z.infer<typeof rightsView>;

const since = z.strictObject({ at: instant, byName: shownName }).nullable();
const capability = z.custom<Capability>((value) => capabilities.some((one) => one === value));

export const roomMeta = z.strictObject({
  selfId: opaqueId,
  role,
  topic: z.string().max(200),
  confidentiality: z.enum(confidentialities),
  encryption: z.enum(["e2ee", "transport"]),
  region: region.nullable(),
  recording: z.literal("none"),
  phase: z.enum(["scheduled", "waiting_for_host", "live", "ended"]),
  startedAt: instant.nullable(),
  scheduledEnd: instant,
  locked: since,
  suspended: since,
  /** When everybody goes back to the waiting room unless a host returns (ADM-9); null while one is here. */
  hostsAwayUntil: instant.nullable(),
  capabilities: z.array(capability),
  rights: rightsView,
  /** Only in end-to-end encrypted meetings. */
  keys: keysView.optional(),
  muteOnEntry: z.boolean(),
  startWithVideo: z.boolean(),
  /** Other people of this organisation or not, and how many of the externals nobody has verified (SEC-6). */
  externals: z.strictObject({ present: z.int(), unverified: z.int() }),
  /** A host asked this person to unmute at this time. */
  askedToUnmuteAt: instant.nullable(),
  /** Null for those who do not arrange them, while rooms are closed. */
  breakouts: breakoutsView.nullable(),
  /** Only for those who see the waiting room. */
  lobby: z
    .strictObject({
      waitingRoom: z.strictObject({ on: z.boolean(), fixedBy: z.array(policySource) }),
      admitAll: z.boolean(),
      linkClosedToUnproved: z.boolean(),
      hostMessage: z.string().max(500),
      verifier: z.strictObject({ name: shownName, present: z.boolean(), me: z.boolean() }).nullable(),
      everybodyInvitedIsIn: z.boolean(),
    })
    .nullable(),
});
export type RoomMeta = z.infer<typeof roomMeta>;

export const chatMessage = z.strictObject({
  id: opaqueId,
  at: instant,
  fromId: opaqueId,
  fromName: shownName,
  /** `everyone`: in the room of `breakoutId`; `broadcast`: a host to all rooms. */
  to: z.enum(["everyone", "hosts", "one", "broadcast"]),
  /** Where it was written; null: in the main room. */
  breakoutId: opaqueId.nullable(),
  toId: opaqueId.nullable(),
  toName: shownName.nullable(),
  /** Empty in an end-to-end encrypted meeting. */
  text: z.string().max(2000),
  /** For the group, or for the one reader: only their devices can open it (ENC-5). */
  sealed: sealedBytes.optional(),
});
export type ChatMessage = z.infer<typeof chatMessage>;

export const reactions = ["thumbsUp", "clap", "heart", "laugh", "surprise", "thanks"] as const;
export const reaction = z.enum(reactions);
export type Reaction = z.infer<typeof reaction>;

/** A relay or STUN server of the organisation; credentials are made for one person and some hours. */
export const iceServer = z.strictObject({
  urls: z.array(z.string().max(200)).min(1),
  username: z.string().max(200).optional(),
  credential: z.string().max(200).optional(),
});
export type IceServer = z.infer<typeof iceServer>;

/** Messages of the one event stream of `/api/m/:link/stream`. */
export const streamMessage = z.discriminatedUnion("type", [
  /** Own admission, first and whenever it changes. `ticket` comes with "admitted" and saves a round trip. */
  z.strictObject({ type: z.literal("admission"), admission: admissionView, ticket: z.string().nullable() }),
  /** The whole room: on entering and after a reconnect; replaces everything known. */
  z.strictObject({
    type: z.literal("room"),
    seq: z.int(),
    /** The only servers that the page asks for a way through; absent: none. */
    iceServers: z.array(iceServer).optional(),
    meta: roomMeta,
    people: z.array(personView),
    lobby: z.array(lobbyRowView),
    bans: z.array(banView),
  }),
  /** Differences to what was sent before. Rows of `lobby.set` that are new are appended below. */
  z.strictObject({
    type: z.literal("patch"),
    seq: z.int(),
    meta: roomMeta.nullable(),
    people: z.strictObject({ set: z.array(personView), gone: z.array(opaqueId) }),
    lobby: z.strictObject({ set: z.array(lobbyRowView), gone: z.array(lobbyGone) }),
    bans: z.array(banView).nullable(),
  }),
  z.strictObject({ type: z.literal("chat"), message: chatMessage }),
  z.strictObject({ type: z.literal("reaction"), fromId: opaqueId, reaction }),
  /** ENC-5: a reaction or a raised hand; only the group's devices can open it. */
  z.strictObject({ type: z.literal("sealed"), fromId: opaqueId, sealed: sealedBytes }),
  /** A host stopped this person's source (SEC-3). */
  z.strictObject({
    type: z.literal("muted"),
    source: z.enum(["microphone", "camera", "screenShare", "screenShareAudio"]),
  }),
  /** The server is up to date with its database; absent for 5 s → the page shows "checking". */
  z.strictObject({ type: z.literal("alive"), at: instant }),
]);
export type StreamMessage = z.infer<typeof streamMessage>;
