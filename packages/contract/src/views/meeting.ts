/** Scheduled meetings as accounts see them, and what they send to make one (MTG-1). */
import {
  confidentialities,
  contradictionCodes,
  policyFields,
  resolutions,
  type PolicyField,
} from "@sekisho/domain";
import { z } from "zod";
import { affiliation, email, ianaZone, instant, locale, localDateTime, opaqueId, uuid } from "../schemas.ts";
import { audience, policySource } from "./room.ts";

export const inviteeInput = z.strictObject({
  name: z.string().trim().min(1).max(64),
  organisation: affiliation,
  email,
  /** Only ever for the passcode, which goes another way than the link (INV-1). */
  secondEmail: email.nullable().optional(),
  /** As it was typed; kept as in E.164. */
  phone: z.string().trim().max(40).nullable().optional(),
  locale: locale.nullable().optional(),
});

/** RFC 5545 RRULE value without `DTSTART`, at most daily; the server says yes or no. */
export const rrule = z
  .string()
  .max(200)
  .regex(/^FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)(?:;[A-Z]+=[A-Z0-9,+\-:]+)*$/u);

export const meetingInput = z.strictObject({
  topic: z.string().trim().min(1).max(200),
  description: z.string().trim().max(4000),
  confidentiality: z.enum(confidentialities),
  encryption: z.enum(["e2ee", "transport"]),
  /** At medium the host accepts that the server could decrypt (CNF-1); recorded. */
  transportRiskAccepted: z.boolean(),
  visibility: z.enum(["private", "public"]),
  start: localDateTime,
  timeZone: ianaZone,
  /** Minutes, 5 to 24 hours. */
  durationMinutes: z.int().min(5).max(1440),
  recurrence: rrule.nullable(),
  meetingNumber: z.enum(["automatic", "personal"]),
  passcodeRequired: z.boolean(),
  waitingRoom: z.boolean(),
  joinBeforeHost: z.boolean(),
  muteOnEntry: z.boolean(),
  whoMayJoin: z.enum(["named", "signedIn", "anyoneWithLink"]),
  allowedDomains: z
    .array(
      z
        .string()
        .toLowerCase()
        .regex(/^[a-z0-9.-]{3,253}$/u),
    )
    .max(50),
  hostVideo: z.boolean(),
  participantVideo: z.boolean(),
  audio: z.literal("computer"),
  screenShare: audience,
  chat: audience,
  rename: audience,
  unmute: audience,
  invitees: z.array(inviteeInput).max(500),
  coHosts: z.array(uuid).max(20),
  verifier: uuid.nullable(),
  agreement: z.boolean(),
  guestProof: z.enum(["address", "none"]),
  nameRule: z.enum(["registered", "withAffiliation", "free"]),
  registration: z.enum(["required", "none"]),
});
export type MeetingInput = z.infer<typeof meetingInput>;

export const policyField = z.custom<PolicyField>((value) => policyFields.some((field) => field === value));

export const contradiction = z.strictObject({
  code: z.enum(contradictionCodes),
  field: z.string(),
  resolutions: z.array(z.enum(resolutions)),
});

/** One line of 「この会議の決まり」: the value in force and who holds it there. */
export const effectiveField = z.strictObject({
  field: policyField,
  value: z.union([z.string(), z.boolean()]),
  reasons: z.array(policySource),
  /** Organisation, class or server hold it: the host cannot open it. */
  fixedBy: z.array(policySource),
});

export const occurrence = z.strictObject({ startsAt: instant, endsAt: instant, localStart: localDateTime });

export const meetingPreview = z.strictObject({
  effective: z.array(effectiveField),
  contradictions: z.array(contradiction),
  nextOccurrences: z.array(occurrence),
  recurrenceProblem: z.enum(["invalid", "none_left", "too_frequent"]).nullable(),
  startsInPast: z.boolean(),
});
export type MeetingPreview = z.infer<typeof meetingPreview>;

const abilities = z.enum(["start", "edit", "cancel", "showPasscode", "changePasscode"]);

export const meetingSummary = z.strictObject({
  id: uuid,
  topic: z.string(),
  confidentiality: z.enum(confidentialities),
  link: opaqueId,
  next: occurrence.nullable(),
  timeZone: ianaZone,
  recurring: z.boolean(),
  hostName: z.string(),
  mine: z.boolean(),
  people: z.strictObject({ invited: z.int(), external: z.int() }),
  status: z.enum(["scheduled", "live", "ended", "cancelled"]),
});
export type MeetingSummary = z.infer<typeof meetingSummary>;

export const meetingDetail = z.strictObject({
  ...meetingSummary.shape,
  /** Host and co-hosts see it all; an invited account the facts only (ui.md §3). */
  settings: meetingInput.nullable(),
  effective: z.array(effectiveField),
  contradictions: z.array(contradiction),
  joinUrl: z.string(),
  number: z.string().nullable(),
  /** The passcode itself is shown by a route of its own, and that is logged (MTG-8). */
  hasPasscode: z.boolean(),
  invitation: z.strictObject({ ja: z.string(), en: z.string() }).nullable(),
  calendar: z.strictObject({ ics: z.string(), google: z.string(), outlook: z.string() }).nullable(),
  occurrences: z.array(occurrence),
  coHosts: z.array(z.strictObject({ id: uuid, displayName: z.string() })),
  verifier: z.strictObject({ id: uuid, displayName: z.string() }).nullable(),
  abilities: z.array(abilities),
  version: z.int(),
});
export type MeetingDetail = z.infer<typeof meetingDetail>;

export const passcodeShown = z.strictObject({
  passcode: z.string(),
  readOut: z.strictObject({ ja: z.string(), en: z.string() }),
});
