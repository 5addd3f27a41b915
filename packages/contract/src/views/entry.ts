/** What somebody outside the meeting may see (ADM-2, MTG-4): nothing of media, people, counts or the host's address. */
import { confidentialities } from "@sekisho/domain";
import { z } from "zod";
import { ianaZone, instant, opaqueId, shownName, uuid } from "../schemas.ts";
import { keyGroupName } from "./keys.ts";

export const badge = z.enum(["account", "verified", "unverified"]);
export type Badge = z.infer<typeof badge>;

export const region = z.strictObject({ label: z.string().max(64), country: z.string().max(64) });

/** Facts of a meeting for the holder of its link. */
export const meetingFacts = z.strictObject({
  confidentiality: z.enum(confidentialities),
  encryption: z.enum(["e2ee", "transport"]),
  visibility: z.enum(["private", "public"]),
  startsAt: instant,
  endsAt: instant,
  timeZone: ianaZone,
  /** Only at medium and low. */
  topic: z.string().max(200).nullable(),
  region: region.nullable(),
  recording: z.literal("none"),
  /** `person`: somebody checks who the applicant is before admitting. */
  verification: z.enum(["none", "person"]),
  waitingRoom: z.boolean(),
  signInNeeded: z.boolean(),
  passcodeNeeded: z.boolean(),
  /** An address that was invited or registered has to be proved by code (IDN-4). */
  addressNeeded: z.boolean(),
  /** Registration is needed, and this browser has none. */
  registrationNeeded: z.boolean(),
  participantVideo: z.boolean(),
  nameRule: z.enum(["registered", "withAffiliation", "free"]),
  /** What the reader still has to say before asking: agree to this version, declare the device (INV-4, SEC-8). */
  toSay: z.strictObject({ agreement: z.int().min(1).nullable(), device: z.boolean() }),
});
export type MeetingFacts = z.infer<typeof meetingFacts>;

/** What this person's device signs about itself in an end-to-end encrypted meeting (ENC-2). */
export const ownKeys = z.strictObject({
  instance: opaqueId,
  /** The same in every meeting of the organisation; null for guests. */
  account: z.string().max(64).nullable(),
  /** A key package of this person lies ready. */
  offered: z.boolean(),
  /** Whose keys this person's media need now: the meeting's, or those of a verification call (ADM-13). */
  group: keyGroupName,
});

const own = {
  admissionId: opaqueId,
  displayName: shownName,
  affiliation: shownName,
  keys: ownKeys.optional(),
};

/** One person's own admission, as that person is told. */
export const admissionView = z.discriminatedUnion("state", [
  z.strictObject({ state: z.literal("none") }),
  z.strictObject({
    state: z.literal("waiting"),
    ...own,
    badge,
    requestedAt: instant,
    /** The host has started; nothing is said of who or how many are in. */
    hostStarted: z.boolean(),
    /** True for somebody who was inside before. */
    sentBack: z.boolean(),
    /** Because the meeting's rules were tightened: nobody sent this person away (CNF-5). */
    byRules: z.literal(true).optional(),
    /** Something is asked at the door since then: this request cannot be admitted, or not without it (CNF-5). */
    askAnew: z.literal(true).optional(),
    hostMessage: z.string().max(500),
    /** The verifier asks for a call, or it runs (ADM-13). Of who that is nothing is said. */
    call: z
      .discriminatedUnion("state", [
        z.strictObject({ state: z.literal("asked") }),
        /** Of this stay in the call's room: changes with each call. */
        z.strictObject({
          state: z.literal("running"),
          sfuIdentity: opaqueId,
          /** The keys of the call are not this person's yet: there is no ticket before (ENC-7). */
          keying: z.literal(true).optional(),
        }),
      ])
      .nullable(),
  }),
  z.strictObject({
    state: z.literal("admitted"),
    ...own,
    connected: z.boolean(),
    /** Of this stay in this room: whenever it changes, the connection to the SFU is made anew with a new ticket. */
    sfuIdentity: opaqueId,
    /** The breakout room that this person is in; null: the main one. */
    breakoutId: opaqueId.nullable(),
    /** Decided, and not in the group's keys yet: there is no ticket before (ENC-7). */
    keying: z.literal(true).optional(),
  }),
  /** Left by own choice or by being away too long: may ask again. */
  z.strictObject({ state: z.literal("left"), reason: z.enum(["own", "absent", "withdrawn"]) }),
  z.strictObject({ state: z.literal("replaced") }),
  /** Denied, barred, link closed, capacity …: one page for all (ui.md §6). */
  z.strictObject({ state: z.literal("refused"), reference: z.string().max(16) }),
  z.strictObject({ state: z.literal("removed"), reference: z.string().max(16) }),
  /** Told only to people who had been admitted (MTG-4). */
  z.strictObject({ state: z.literal("ended") }),
]);
export type AdmissionView = z.infer<typeof admissionView>;

export const entryView = z.strictObject({
  organisation: z.strictObject({ name: z.string().max(100) }),
  /** Null for a number, an unknown link, an ended meeting: the same bare form. */
  meeting: meetingFacts.nullable(),
  me: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("nobody") }),
    z.strictObject({
      kind: z.literal("account"),
      displayName: z.string(),
      affiliation: z.string(),
      /** Host or co-host of this meeting: enters at once, and the meeting starts with it. */
      hosting: z.boolean(),
      /** For them alone: where the check before the start is asked for (CNF-6). */
      meetingId: uuid.nullable(),
      /** For them: the meeting does not begin before its risk is accepted (CNF-1). */
      riskOpen: z.boolean(),
    }),
  ]),
  /** The domain of the address that this browser has proved by code (BAR-8). */
  provedDomain: z.string().max(253).nullable(),
  /** Somebody without an account can prove an address: instead of signing in, or because this meeting asks for it. */
  addressProof: z.boolean(),
  /** The name under which this browser asks: of its registration, or of the invitation whose address it has proved. */
  knownAs: z.strictObject({ displayName: shownName, affiliation: shownName, proved: z.boolean() }).nullable(),
  admission: admissionView,
  serverTime: instant,
  minimumBuild: z.int(),
});
export type EntryView = z.infer<typeof entryView>;
