/** Sending invitations, and passcodes by another way (INV-1 … INV-3, INV-7). */
import { passcodeChannels } from "@sekisho/domain";
import { z } from "zod";
import { access } from "../access.ts";
import { defineRoute } from "../define-route.ts";
import { email, none, nothing, ok, uuid } from "../schemas.ts";
import { invitationOverview, meetingMessage, openedMessage, outboxMessage } from "../views/invitations.ts";

const json = { answers: "json", query: none, params: none, body: nothing, errors: [], audit: [] } as const;
const meetingId = z.strictObject({ meetingId: uuid });
const messageOfMeeting = z.strictObject({ meetingId: uuid, messageId: uuid });

export const invitationList = defineRoute({
  ...json,
  id: "invitation.list",
  method: "GET",
  path: "/api/meetings/:meetingId/invitations",
  summary: "What became of each invitee's invitation and passcode, and by which ways a passcode could go",
  access: access.hostOrCoHost,
  params: meetingId,
  response: invitationOverview,
  errors: ["not_found"],
  limit: "read",
});
export const invitationSend = defineRoute({
  ...json,
  id: "invitation.send",
  method: "POST",
  path: "/api/meetings/:meetingId/invitations",
  summary:
    "Send the link with its calendar entry, a change of it, or, once the meeting is cancelled, the cancellation; never the passcode",
  access: access.hostOrCoHost,
  params: meetingId,
  body: z.strictObject({ emails: z.array(email).min(1).max(500) }),
  response: invitationOverview,
  errors: ["not_found", "passcode_in_text", "channel_not_possible"],
  limit: "write",
  audit: ["invitation.sent"],
});
export const passcodeSend = defineRoute({
  ...json,
  id: "passcode.send",
  method: "POST",
  path: "/api/meetings/:meetingId/passcode/send",
  summary: "Send the passcode to one invitee by another way than the link, or record that it was read out",
  access: access.hostOrCoHost,
  params: meetingId,
  body: z.strictObject({ email, channel: z.enum(passcodeChannels) }),
  response: invitationOverview,
  errors: ["not_found", "meeting_cancelled", "channel_not_possible", "passcode_in_text"],
  limit: "write",
  audit: ["passcode.sent"],
});
export const messageList = defineRoute({
  ...json,
  id: "message.list",
  method: "GET",
  path: "/api/meetings/:meetingId/messages",
  summary: "Messages of this meeting and what became of them, newest first, without their texts",
  access: access.hostOrCoHost,
  params: meetingId,
  response: z.strictObject({ messages: z.array(meetingMessage) }),
  errors: ["not_found"],
  limit: "read",
});
export const messageOpen = defineRoute({
  ...json,
  id: "message.open",
  method: "POST",
  path: "/api/meetings/:meetingId/messages/:messageId/open",
  summary: "The text of a message, to copy it or save it; one that holds the passcode is logged as shown",
  access: access.hostOrCoHost,
  params: messageOfMeeting,
  response: openedMessage,
  errors: ["not_found"],
  limit: "write",
  audit: ["passcode.shown"],
});
export const messageHandOver = defineRoute({
  ...json,
  id: "message.handOver",
  method: "POST",
  path: "/api/meetings/:meetingId/messages/:messageId/hand-over",
  summary: "Say that one has sent it oneself; a text that opens something is wiped",
  access: access.hostOrCoHost,
  params: messageOfMeeting,
  response: ok,
  errors: ["not_found"],
  limit: "write",
  audit: ["message.handedOver"],
});
export const outboxList = defineRoute({
  ...json,
  id: "outbox.list",
  method: "GET",
  path: "/api/outbox",
  summary: "What became of messages, for administrators: no text, and no whole address",
  access: access.admin,
  response: z.strictObject({
    able: z.strictObject({ mail: z.boolean(), sms: z.boolean() }),
    messages: z.array(outboxMessage),
  }),
  limit: "read",
});
export const outboxRetry = defineRoute({
  ...json,
  id: "outbox.retry",
  method: "POST",
  path: "/api/outbox/:messageId/retry",
  summary: "Try a message that failed once more",
  access: access.admin,
  params: z.strictObject({ messageId: uuid }),
  response: ok,
  errors: ["not_found"],
  limit: "write",
  audit: ["outbox.retried"],
});
