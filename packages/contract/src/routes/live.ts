/** Commands in the meeting. Each names its capability; the domain asks it again under the lock (SEC-2). */
import { mediaSources } from "@sekisho/domain";
import { z } from "zod";
import { access, can } from "../access.ts";
import { defineRoute } from "../define-route.ts";
import { opaqueId } from "../schemas.ts";
import { audience, chatMessage, reaction, verificationMethod } from "../views/room.ts";
import { sealedBytes } from "../views/keys.ts";
import { link } from "./entry.ts";
import { command } from "./live-command.ts";

const always = command.errors;
const person = z.strictObject({ ...link.shape, admissionId: opaqueId });
const rows = z
  .array(z.strictObject({ admissionId: opaqueId, revision: z.int().min(1) }))
  .min(1)
  .max(1000);
const rowOutcome = z.strictObject({
  done: z.array(opaqueId),
  skipped: z.array(
    z.strictObject({
      admissionId: opaqueId,
      code: z.enum([
        "already_decided",
        "request_changed",
        "capacity",
        "fixed_by_policy",
        "keys_not_ready",
        "not_admissible",
      ]),
    }),
  ),
});

export const admit = defineRoute({
  ...command,
  id: "admission.admit",
  path: "/api/m/:link/admit",
  summary: "Admit one or several from the waiting room (ADM-4)",
  access: can("admission.admit"),
  body: z.strictObject({
    rows,
    method: verificationMethod.nullable(),
    standInReason: z.string().trim().max(300).nullable(),
  }),
  response: rowOutcome,
  errors: [
    ...always,
    "no_such_person",
    "already_decided",
    "request_changed",
    "meeting_locked",
    "host_not_present",
    "verifier_only",
    "method_required",
    "call_needed",
    "reason_required",
    "admit_all_forbidden",
    "capacity",
    "keys_not_ready",
    "not_admissible",
    "fixed_by_policy",
  ],
  audit: ["admission.admitted"],
});
export const deny = defineRoute({
  ...command,
  id: "admission.deny",
  path: "/api/m/:link/deny",
  summary: "Deny; bars the person from this instance until lifted",
  access: can("admission.deny"),
  body: z.strictObject({ rows }),
  response: rowOutcome,
  errors: [...always, "no_such_person", "already_decided", "request_changed", "host_cannot_be_removed"],
  audit: ["admission.denied"],
});
export const sendBack = defineRoute({
  ...command,
  id: "admission.sendBack",
  path: "/api/m/:link/participants/:admissionId/send-back",
  summary: "Back to the waiting room (ADM-9)",
  access: can("admission.sendBack"),
  params: person,
  errors: [...always, "no_such_person", "already_decided", "host_cannot_be_removed"],
  audit: ["admission.sentBack"],
});
export const remove = defineRoute({
  ...command,
  id: "participant.remove",
  path: "/api/m/:link/participants/:admissionId/remove",
  summary: "Remove for good (ADM-8)",
  access: can("participant.remove"),
  params: person,
  body: z.strictObject({ report: z.boolean() }),
  errors: [...always, "no_such_person", "host_cannot_be_removed"],
  audit: ["participant.removed"],
});
export const leave = defineRoute({
  ...command,
  id: "participant.leave",
  path: "/api/m/:link/leave",
  summary: "Leave; a host may hand over to somebody first",
  access: access.participant,
  body: z.strictObject({ handTo: opaqueId.nullable() }),
  errors: [...always, "no_such_person"],
  audit: ["participant.left"],
});
export const mute = defineRoute({
  ...command,
  id: "participant.mute",
  path: "/api/m/:link/mute",
  summary: "Stop a source of one, several or all others (SEC-3)",
  access: can("participant.mute"),
  body: z.strictObject({
    people: z.union([z.literal("others"), z.array(opaqueId).min(1).max(1000)]),
    source: z.enum(mediaSources),
  }),
  errors: [...always, "no_such_person", "nothing_to_do"],
  audit: ["participant.muted"],
});
export const askToUnmute = defineRoute({
  ...command,
  id: "participant.askToUnmute",
  path: "/api/m/:link/participants/:admissionId/ask-to-unmute",
  summary: "Ask somebody to unmute (SEC-3)",
  access: can("participant.askToUnmute"),
  params: person,
  errors: [...always, "no_such_person"],
  audit: ["participant.askedToUnmute"],
});
export const rename = defineRoute({
  ...command,
  id: "participant.rename",
  path: "/api/m/:link/participants/:admissionId/rename",
  summary: "Change a guest's shown name; the domain asks whether own or another's",
  access: access.participant,
  params: person,
  body: z.strictObject({
    displayName: z.string().trim().min(1).max(64),
    affiliation: z.string().trim().max(64),
  }),
  errors: [...always, "no_such_person", "name_not_accepted", "name_against_rule"],
  audit: ["participant.renamed"],
});
export const appoint = defineRoute({
  ...command,
  id: "participant.appoint",
  path: "/api/m/:link/participants/:admissionId/role",
  summary: "Make somebody co-host, or take it back (SEC-7)",
  access: can("participant.appoint"),
  params: person,
  body: z.strictObject({ role: z.enum(["coHost", "participant"]) }),
  errors: [...always, "no_such_person", "host_cannot_be_removed", "nothing_to_do"],
  audit: ["participant.roleChanged"],
});
export const report = defineRoute({
  ...command,
  id: "participant.report",
  path: "/api/m/:link/participants/:admissionId/report",
  summary: "Report somebody to the administrators",
  access: can("participant.report"),
  params: person,
  errors: [...always, "no_such_person"],
  audit: ["participant.reported"],
});
export const raiseHand = defineRoute({
  ...command,
  id: "hand.raise",
  path: "/api/m/:link/hand",
  summary: "Raise the own hand",
  access: can("hand.raise"),
  audit: ["participant.handRaised"],
});
export const lowerHand = defineRoute({
  ...command,
  id: "hand.lower",
  path: "/api/m/:link/participants/:admissionId/lower-hand",
  summary: "Lower a hand: the own, or a host another's",
  access: access.participant,
  params: person,
  errors: [...always, "no_such_person"],
  audit: ["participant.handLowered"],
});
export const react = defineRoute({
  ...command,
  id: "reaction.send",
  path: "/api/m/:link/reactions",
  summary: "Show a reaction for some seconds; nothing is kept",
  access: can("reaction.send"),
  body: z.strictObject({ reaction }),
  errors: [...always, "not_with_e2ee"],
});
export const chatSend = defineRoute({
  ...command,
  id: "chat.send",
  path: "/api/m/:link/messages",
  summary: "Chat to everyone of the own room, the hosts or one person (SEC-5)",
  access: can("chat.send"),
  body: z.strictObject({
    to: z.enum(["everyone", "hosts", "one"]),
    toId: opaqueId.nullable(),
    /** Empty where `sealed` is there instead: in end-to-end encrypted meetings (ENC-5). */
    text: z.string().trim().max(2000),
    sealed: sealedBytes.optional(),
    clientId: opaqueId,
  }),
  response: chatMessage,
  errors: [...always, "no_such_person", "not_with_e2ee"],
  limit: "chat",
});
export const chatRead = defineRoute({
  ...command,
  id: "chat.read",
  method: "GET",
  path: "/api/m/:link/messages",
  summary: "Chat since the own admission, of each room for the time spent in it",
  access: access.participant,
  response: z.strictObject({ messages: z.array(chatMessage) }),
  limit: "read",
});
export const liftBan = defineRoute({
  ...command,
  id: "ban.lift",
  path: "/api/m/:link/bans/:banId/lift",
  summary: "Let a removed or denied person ask again",
  access: can("ban.lift"),
  params: z.strictObject({ ...link.shape, banId: opaqueId }),
  errors: [...always, "no_such_person"],
  audit: ["ban.lifted"],
});
export const reopenLink = defineRoute({
  ...command,
  id: "link.reopen",
  path: "/api/m/:link/reopen-link",
  summary: "Take new requests from unproved people again (ADM-8)",
  access: can("link.reopen"),
  audit: ["link.reopened"],
});
export const lock = defineRoute({
  ...command,
  id: "meeting.lock",
  path: "/api/m/:link/lock",
  summary: "Lock or unlock (ADM-7)",
  access: can("meeting.lock"),
  body: z.strictObject({ locked: z.boolean() }),
  audit: ["meeting.locked", "meeting.unlocked"],
});
export const suspend = defineRoute({
  ...command,
  id: "meeting.suspend",
  path: "/api/m/:link/suspend",
  summary: "Stop all media, chat and sharing at once (SEC-1)",
  access: can("meeting.suspend"),
  audit: ["meeting.suspended"],
});
export const resume = defineRoute({
  ...command,
  id: "meeting.resume",
  path: "/api/m/:link/resume",
  summary: "Go on after a stop, everybody muted; host only",
  access: can("meeting.resume"),
  audit: ["meeting.resumed"],
});
export const setWaitingRoom = defineRoute({
  ...command,
  id: "meeting.setWaitingRoom",
  path: "/api/m/:link/waiting-room",
  summary: "Waiting room on or off, and what becomes of those in it (ADM-12)",
  access: can("meeting.setWaitingRoom"),
  body: z.strictObject({ on: z.boolean(), waiting: z.enum(["keep", "admit", "deny"]) }),
  errors: [
    ...always,
    "fixed_by_policy",
    "meeting_locked",
    "admit_all_forbidden",
    "host_not_present",
    "host_cannot_be_removed",
    "capacity",
    "not_admissible",
    "keys_not_ready",
  ],
  audit: ["meeting.waitingRoomTurnedOff", "meeting.waitingRoomTurnedOn"],
});
export const setRights = defineRoute({
  ...command,
  id: "meeting.setRights",
  path: "/api/m/:link/rights",
  summary: "What participants may do, within the policy (SEC-1, SEC-2)",
  access: can("meeting.setRights"),
  body: z.strictObject({ screenShare: audience, chat: audience, rename: audience, unmute: audience }),
  errors: [...always, "fixed_by_policy"],
  audit: ["meeting.rightsChanged"],
});
export const setHostMessage = defineRoute({
  ...command,
  id: "meeting.setHostMessage",
  path: "/api/m/:link/host-message",
  summary: "A message to everybody who waits",
  access: can("meeting.setHostMessage"),
  body: z.strictObject({ message: z.string().max(500) }),
  audit: ["meeting.hostMessageChanged"],
});
export const end = defineRoute({
  ...command,
  id: "meeting.end",
  path: "/api/m/:link/end",
  summary: "End for everyone",
  access: can("meeting.end"),
  audit: ["instance.ended"],
});
