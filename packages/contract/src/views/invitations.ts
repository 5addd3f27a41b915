/** What became of invitations and passcodes, for hosts (INV-1, INV-3), and messages that wait for somebody to hand them over. */
import { passcodeChannels } from "@sekisho/domain";
import { z } from "zod";
import { instant, locale, uuid } from "../schemas.ts";

/** Why a message did not arrive, as far as a mail server or provider tells. The page has the words. */
export const sendingProblem = z.enum([
  "recipientRefused",
  "notReachable",
  "notSecure",
  "signInRefused",
  "tooLate",
  "gaveUp",
  "calledOff",
  "other",
]);
export type SendingProblem = z.infer<typeof sendingProblem>;

export const sendingState = z.enum(["queued", "sent", "failed", "noTransport", "handedOver"]);
export type SendingState = z.infer<typeof sendingState>;

const channel = z.enum(passcodeChannels);
const refusal = z.enum(["noNumber", "noSecondAddress", "noProof", "noSms", "noMail"]);

export const invitedPerson = z.strictObject({
  email: z.string(),
  name: z.string(),
  organisation: z.string(),
  /** Signs in, and so needs no passcode (MTG-8). */
  account: z.boolean(),
  locale,
  secondEmail: z.string().nullable(),
  phone: z.string().nullable(),
  /** Null: nothing was sent. */
  link: z
    .strictObject({
      what: z.enum(["link", "cancellation"]),
      state: sendingState,
      problem: sendingProblem.nullable(),
      at: instant,
      /** The meeting has changed since in what it said. */
      outdated: z.boolean(),
    })
    .nullable(),
  /** Of the passcode that is good now. */
  passcode: z
    .strictObject({
      channel,
      state: z.enum([...sendingState.options, "opened", "expired"]),
      problem: sendingProblem.nullable(),
      at: instant,
    })
    .nullable(),
  channels: z.array(z.strictObject({ channel, refusal: refusal.nullable() })),
});
export type InvitedPerson = z.infer<typeof invitedPerson>;

export const invitationOverview = z.strictObject({
  able: z.strictObject({ mail: z.boolean(), sms: z.boolean() }),
  passcodeNeeded: z.boolean(),
  cancelled: z.boolean(),
  /** As it will stand above the mail. */
  subject: z.strictObject({ ja: z.string(), en: z.string() }),
  people: z.array(invitedPerson),
});
export type InvitationOverview = z.infer<typeof invitationOverview>;

export const messageKind = z.enum([
  "addressCode",
  "accountNotice",
  "invitation",
  "cancellation",
  "passcode",
  "passcodePage",
  "registration",
  "passcodeCode",
  "recoveryLink",
]);
export type MessageKind = z.infer<typeof messageKind>;

const message = z.strictObject({
  id: uuid,
  kind: messageKind,
  channel: z.enum(["mail", "sms"]),
  state: sendingState,
  problem: sendingProblem.nullable(),
  createdAt: instant,
  sentAt: instant.nullable(),
});

/** A message of one's own meeting. */
export const meetingMessage = z.strictObject({
  ...message.shape,
  to: z.string(),
  name: z.string(),
  /** Its text is still there, to be copied or saved. */
  readable: z.boolean(),
});
export type MeetingMessage = z.infer<typeof meetingMessage>;

/** For administrators: neither text nor the whole address. */
export const outboxMessage = z.strictObject({
  ...message.shape,
  to: z.string(),
  tries: z.int(),
  /** Failed, and its text is still there. */
  retriable: z.boolean(),
});
export type OutboxMessage = z.infer<typeof outboxMessage>;

export const openedMessage = z.strictObject({
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  /** RFC 5322, to be saved as a file. */
  eml: z.string(),
});
export type OpenedMessage = z.infer<typeof openedMessage>;
