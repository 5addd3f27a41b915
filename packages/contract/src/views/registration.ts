/** Pre-registration (INV-5): what anybody with the form's link sees, what a registrant does, and what hosts do. */
import { confidentialities, registrationStates } from "@sekisho/domain";
import { z } from "zod";
import { ianaZone, instant, locale, opaqueId, uuid } from "../schemas.ts";

const questionId = z.string().regex(/^[a-z0-9]{1,16}$/u);

export const registrationQuestion = z.strictObject({
  id: questionId,
  kind: z.enum(["short", "long", "choice"]),
  label: z.string().trim().min(1).max(200),
  required: z.boolean(),
  options: z.array(z.string().trim().min(1).max(100)).max(20),
});
export type RegistrationQuestionView = z.infer<typeof registrationQuestion>;

/** What a host chooses; name, organisation and address are always asked for. */
export const registrationSettings = z.strictObject({
  questions: z.array(registrationQuestion).max(20),
  opensAt: instant.nullable(),
  closesAt: instant.nullable(),
  capacity: z.int().min(1).max(5000).nullable(),
  waitingList: z.boolean(),
  approval: z.enum(["automatic", "manual", "domains"]),
  domains: z
    .array(
      z
        .string()
        .toLowerCase()
        .regex(/^[a-z0-9.-]{3,253}$/u),
    )
    .max(50),
  note: z.string().trim().max(1000),
});
export type RegistrationSettings = z.infer<typeof registrationSettings>;

/** Of the meeting, for people who are not let in by knowing it: no link, no number, the topic not at high. */
export const registrationMeeting = z.strictObject({
  confidentiality: z.enum(confidentialities),
  topic: z.string().max(200).nullable(),
  startsAt: instant,
  endsAt: instant,
  timeZone: ianaZone,
});

const organisation = z.strictObject({ name: z.string().max(100) });

export const registrationForm = z.strictObject({
  organisation,
  meeting: registrationMeeting,
  state: z.enum(["notYet", "open", "closed", "full"]),
  opensAt: instant.nullable(),
  closesAt: instant.nullable(),
  /** There is no place left: whoever registers now waits for one. */
  waitingList: z.boolean(),
  /** Somebody looks at each registration. */
  looked: z.boolean(),
  note: z.string().max(1000),
  questions: z.array(registrationQuestion),
  /** Days after the meeting for which answers are kept. */
  keptDays: z.int(),
});
export type RegistrationForm = z.infer<typeof registrationForm>;

export const registrationAnswer = z.strictObject({ id: questionId, text: z.string().max(2000) });

export const registrationInput = z.strictObject({
  name: z.string().max(200),
  organisation: z.string().max(200),
  /** What is no address is refused by the server, once it is normalised. */
  email: z.string().min(1).max(320),
  answers: z.array(registrationAnswer).max(20),
  locale,
});
export type RegistrationInput = z.infer<typeof registrationInput>;

export const registrationState = z.enum(registrationStates);

/** For whoever has the registration's own link. */
export const ownRegistration = z.strictObject({
  organisation,
  meeting: registrationMeeting,
  state: registrationState,
  name: z.string(),
  affiliation: z.string(),
  /** Nobody can be registered any more: no place is left, or the form is closed. */
  formState: z.enum(["notYet", "open", "closed", "full"]),
  /** The passcode comes another way; it is in no message of ours (INV-1). */
  passcodeNeeded: z.boolean(),
});
export type OwnRegistration = z.infer<typeof ownRegistration>;

export const registrant = z.strictObject({
  id: uuid,
  state: registrationState,
  name: z.string(),
  organisation: z.string(),
  email: z.string(),
  locale,
  answers: z.array(z.strictObject({ label: z.string(), text: z.string() })),
  source: z.enum(["form", "import"]),
  registeredAt: instant,
  /** The personal link has been opened in a browser. */
  opened: z.boolean(),
});
export type Registrant = z.infer<typeof registrant>;

export const registrationCounts = z.strictObject({
  pending: z.int(),
  registered: z.int(),
  waitlisted: z.int(),
  /** Declined and cancelled. */
  gone: z.int(),
});
export type RegistrationCounts = z.infer<typeof registrationCounts>;

export const registrationManager = z.strictObject({
  /** Registration is required for the meeting as its settings stand. */
  on: z.boolean(),
  /** Where people register. */
  url: z.string(),
  settings: registrationSettings,
  version: z.int(),
  counts: registrationCounts,
  keptDays: z.int(),
  passcodeNeeded: z.boolean(),
});
export type RegistrationManager = z.infer<typeof registrationManager>;

export const registrantList = z.strictObject({
  registrants: z.array(registrant),
  next: z.string().nullable(),
});

export const registrationDecision = z.strictObject({
  ids: z.array(uuid).min(1).max(100),
  /** `remove`: takes a registration back; its link is good for nothing from now on. `resend`: the mail once more. */
  decision: z.enum(["approve", "decline", "remove", "resend"]),
});

export const importProblem = z.strictObject({
  line: z.int(),
  problem: z.enum(["name", "email", "known", "full", "columns"]),
});
export const importResult = z.strictObject({ added: z.int(), problems: z.array(importProblem) });
export type ImportResult = z.infer<typeof importResult>;

/** `:formId` and `:token` are identifiers (MTG-5); the token is kept hashed. */
export const formParams = z.strictObject({ formId: opaqueId });
export const ownParams = z.strictObject({
  formId: opaqueId,
  token: z.string().regex(/^[A-Za-z0-9_-]{43}$/u),
});
export const openedMeeting = z.strictObject({ link: opaqueId });
