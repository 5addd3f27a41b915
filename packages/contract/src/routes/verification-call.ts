/** Verification calls (ADM-13): a room of its own at the SFU for one verifier and one applicant, behind the same gate. */
import { z } from "zod";
import { access, can } from "../access.ts";
import { defineRoute } from "../define-route.ts";
import { opaqueId } from "../schemas.ts";
import { link } from "./entry.ts";
import { command } from "./live-command.ts";

const always = command.errors;

export const callStart = defineRoute({
  ...command,
  id: "verificationCall.start",
  path: "/api/m/:link/waiting/:admissionId/call",
  summary: "Ask somebody who waits into a verification call; nobody moves before they agree",
  access: can("verificationCall.start"),
  params: z.strictObject({ ...link.shape, admissionId: opaqueId }),
  body: z.strictObject({ revision: z.int().min(1) }),
  errors: [
    ...always,
    "no_such_person",
    "already_decided",
    "request_changed",
    "meeting_locked",
    "host_not_present",
    "nothing_to_do",
    "not_admissible",
    "fixed_by_policy",
    "call_under_way",
  ],
  audit: ["verificationCall.asked"],
});
export const callAnswer = defineRoute({
  ...command,
  id: "verificationCall.answer",
  path: "/api/m/:link/call/answer",
  summary: "The applicant agrees to the call, or does not",
  access: access.lobby,
  body: z.strictObject({ accept: z.boolean() }),
  errors: ["not_in_meeting", "call_over"],
  audit: ["verificationCall.begun", "verificationCall.ended"],
});
export const callEnd = defineRoute({
  ...command,
  id: "verificationCall.end",
  path: "/api/m/:link/call/end",
  summary: "Either side ends the call",
  access: access.lobby,
  errors: ["not_in_meeting", "call_over"],
  audit: ["verificationCall.ended"],
});
