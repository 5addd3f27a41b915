/** Scheduling (MTG). */
import { z } from "zod";
import { access } from "../access.ts";
import { defineRoute } from "../define-route.ts";
import { none, nothing, uuid } from "../schemas.ts";
import { meetingCheck } from "../views/preflight.ts";
import {
  meetingDetail,
  meetingInput,
  meetingPreview,
  meetingSummary,
  passcodeShown,
} from "../views/meeting.ts";

const json = { answers: "json", query: none, params: none, body: nothing, errors: [], audit: [] } as const;
const meetingId = z.strictObject({ meetingId: uuid });
const withPasscode = z.strictObject({ meeting: meetingDetail, passcode: z.string().nullable() });
const saveErrors = [
  "contradiction",
  "recurrence_invalid",
  "start_in_past",
  "unknown_account",
  "cannot_be_invited_together",
  "fixed_by_policy",
  "passcode_in_text",
] as const;

export const meetingPreviewRoute = defineRoute({
  ...json,
  id: "meeting.preview",
  method: "POST",
  path: "/api/meetings/preview",
  summary: "What these settings come to: effective values, contradictions, next dates",
  access: access.account,
  body: meetingInput,
  response: meetingPreview,
  limit: "read",
});
export const meetingCreate = defineRoute({
  ...json,
  id: "meeting.create",
  method: "POST",
  path: "/api/meetings",
  summary: "Schedule a meeting; the passcode is answered once, here",
  access: access.account,
  body: z.strictObject({ meeting: meetingInput, passcode: z.string().max(32).nullable() }),
  response: withPasscode,
  errors: saveErrors,
  limit: "write",
  audit: ["meeting.scheduled", "meeting.transportRiskAccepted"],
});
export const meetingStartNow = defineRoute({
  ...json,
  id: "meeting.startNow",
  method: "POST",
  path: "/api/meetings/start-now",
  summary: "A meeting that starts now, with the safe defaults",
  access: access.account,
  body: z.strictObject({
    topic: z.string().trim().min(1).max(200),
    confidentiality: z.enum(["high", "medium", "low"]),
    transportRiskAccepted: z.boolean(),
    timeZone: z.string().max(64),
  }),
  response: withPasscode,
  errors: saveErrors,
  limit: "write",
  audit: ["meeting.scheduled", "meeting.transportRiskAccepted"],
});
export const meetingList = defineRoute({
  ...json,
  id: "meeting.list",
  method: "GET",
  path: "/api/meetings",
  summary: "Own meetings and those one is invited to",
  access: access.account,
  query: z.strictObject({
    scope: z.enum(["upcoming", "past"]).default("upcoming"),
    after: z.string().max(100).optional(),
  }),
  response: z.strictObject({ meetings: z.array(meetingSummary), next: z.string().nullable() }),
  limit: "read",
});
export const meetingRead = defineRoute({
  ...json,
  id: "meeting.read",
  method: "GET",
  path: "/api/meetings/:meetingId",
  summary: "One meeting",
  access: access.invited,
  params: meetingId,
  response: meetingDetail,
  errors: ["not_found"],
  limit: "read",
});
export const meetingUpdate = defineRoute({
  ...json,
  id: "meeting.update",
  method: "PUT",
  path: "/api/meetings/:meetingId",
  summary: "Change a meeting; a live one tightens at once and its class is never lowered (CNF-5)",
  access: access.hostOrCoHost,
  params: meetingId,
  body: z.strictObject({ meeting: meetingInput, version: z.int() }),
  response: meetingDetail,
  errors: [
    ...saveErrors,
    "not_found",
    "meeting_changed",
    "meeting_cancelled",
    "class_cannot_be_lowered_live",
    "not_allowed",
  ],
  limit: "write",
  audit: ["meeting.changed", "meeting.transportRiskAccepted"],
});
export const meetingCancel = defineRoute({
  ...json,
  id: "meeting.cancel",
  method: "POST",
  path: "/api/meetings/:meetingId/cancel",
  summary: "Cancel; its link admits nobody any more",
  access: access.host,
  params: meetingId,
  response: meetingDetail,
  errors: ["not_found", "meeting_cancelled"],
  limit: "write",
  audit: ["meeting.cancelled"],
});
export const meetingCheckRead = defineRoute({
  ...json,
  id: "meeting.checkRead",
  method: "GET",
  path: "/api/meetings/:meetingId/check",
  summary: "What the last check before the start found, and when",
  access: access.hostOrCoHost,
  params: meetingId,
  response: z.strictObject({ last: meetingCheck.nullable() }),
  errors: ["not_found"],
  limit: "read",
});
export const meetingCheckRun = defineRoute({
  ...json,
  id: "meeting.check",
  method: "POST",
  path: "/api/meetings/:meetingId/check",
  summary: "Test removal, region, encryption and the rest now, and record what was found (CNF-6)",
  access: access.hostOrCoHost,
  params: meetingId,
  body: z.strictObject({ materialsSent: z.boolean() }),
  response: meetingCheck,
  errors: ["not_found", "meeting_cancelled"],
  limit: "write",
  audit: ["meeting.checked"],
});
export const passcodeShow = defineRoute({
  ...json,
  id: "passcode.show",
  method: "POST",
  path: "/api/meetings/:meetingId/passcode/show",
  summary: "Show the passcode to host or co-host; logged (MTG-8)",
  access: access.hostOrCoHost,
  params: meetingId,
  response: passcodeShown,
  errors: ["not_found"],
  limit: "write",
  audit: ["passcode.shown"],
});
export const passcodeChange = defineRoute({
  ...json,
  id: "passcode.change",
  method: "POST",
  path: "/api/meetings/:meetingId/passcode",
  summary: "A new passcode; the old one is good for nothing from now on, those waiting stay",
  access: access.hostOrCoHost,
  params: meetingId,
  body: z.strictObject({ passcode: z.string().max(32).nullable() }),
  response: passcodeShown,
  errors: ["not_found", "meeting_cancelled", "bad_request", "passcode_in_text"],
  limit: "write",
  audit: ["passcode.changed"],
});
export const meetingCalendar = defineRoute({
  ...json,
  id: "meeting.calendar",
  method: "GET",
  path: "/api/meetings/:meetingId/calendar.ics",
  summary: "RFC 5545 file, without the passcode (MTG-6)",
  access: access.invited,
  params: meetingId,
  response: z.string(),
  answers: "file",
  errors: ["not_found"],
  limit: "read",
});
