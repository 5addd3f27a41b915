/** Pre-registration (INV-5). What the form's link and the registrant's own link open, and what hosts do. */
import { z } from "zod";
import { access } from "../access.ts";
import { defineRoute } from "../define-route.ts";
import { none, nothing, ok, uuid } from "../schemas.ts";
import {
  formParams,
  importResult,
  openedMeeting,
  ownParams,
  ownRegistration,
  registrantList,
  registrationCounts,
  registrationDecision,
  registrationForm,
  registrationInput,
  registrationManager,
  registrationSettings,
  registrationState,
} from "../views/registration.ts";

const json = { answers: "json", query: none, body: nothing, errors: ["not_found"], audit: [] } as const;
const meetingId = z.strictObject({ meetingId: uuid });

export const registrationFormRead = defineRoute({
  ...json,
  id: "registration.form",
  method: "GET",
  path: "/api/r/:formId",
  summary: "The form for registering; unknown, over and cancelled look the same",
  access: access.public,
  params: formParams,
  response: registrationForm,
  limit: "read",
});
export const registrationSubmit = defineRoute({
  ...json,
  id: "registration.submit",
  method: "POST",
  path: "/api/r/:formId",
  summary:
    "Register; one answer, whether the address is registered already or not. A mail has what comes next",
  access: access.public,
  params: formParams,
  body: registrationInput,
  response: ok,
  errors: ["not_found", "registration_closed", "registration_full"],
  limit: "entry",
});
export const registrationOwn = defineRoute({
  ...json,
  id: "registration.own",
  method: "GET",
  path: "/api/r/:formId/:token",
  summary: "One's own registration; reading it confirms, opens and cancels nothing",
  access: access.public,
  params: ownParams,
  response: ownRegistration,
  limit: "read",
});
export const registrationConfirm = defineRoute({
  ...json,
  id: "registration.confirm",
  method: "POST",
  path: "/api/r/:formId/:token/confirm",
  summary: "Confirm the address that the link was sent to; a place is taken now, if there is one",
  access: access.public,
  params: ownParams,
  response: ownRegistration,
  errors: ["not_found", "registration_closed", "registration_full"],
  limit: "entry",
  audit: ["registration.confirmed"],
});
export const registrationOpen = defineRoute({
  ...json,
  id: "registration.open",
  method: "POST",
  path: "/api/r/:formId/:token/open",
  summary: "Go to the meeting as this registrant; the browser is told apart by its own cookie",
  access: access.public,
  params: ownParams,
  response: openedMeeting,
  limit: "entry",
  audit: ["registration.opened"],
});
export const registrationCancel = defineRoute({
  ...json,
  id: "registration.cancel",
  method: "POST",
  path: "/api/r/:formId/:token/cancel",
  summary: "Cancel one's own registration; its link is good for nothing from now on",
  access: access.public,
  params: ownParams,
  response: ok,
  limit: "entry",
  audit: ["registration.cancelled"],
});

const hosting = { ...json, access: access.hostOrCoHost, params: meetingId } as const;
export const registrationRead = defineRoute({
  ...hosting,
  id: "registration.read",
  method: "GET",
  path: "/api/meetings/:meetingId/registration",
  summary: "The form's settings, its link, and how many are registered",
  response: registrationManager,
  limit: "read",
});
export const registrationWrite = defineRoute({
  ...hosting,
  id: "registration.write",
  method: "PUT",
  path: "/api/meetings/:meetingId/registration",
  summary: "Change the form; a place more lets the waiting list move up",
  body: z.strictObject({ settings: registrationSettings, version: z.int() }),
  response: registrationManager,
  errors: ["not_found", "settings_changed"],
  limit: "write",
  audit: ["registration.formChanged"],
});
export const registrationList = defineRoute({
  ...hosting,
  id: "registration.list",
  method: "GET",
  path: "/api/meetings/:meetingId/registrations",
  summary: "Registrants, oldest first, fifty at a time",
  query: z.strictObject({
    state: registrationState.optional(),
    after: z.string().max(100).optional(),
  }),
  response: registrantList,
  limit: "read",
});
export const registrationDecide = defineRoute({
  ...hosting,
  id: "registration.decide",
  method: "POST",
  path: "/api/meetings/:meetingId/registrations/decide",
  summary: "Approve, decline, take back, or send the mail again",
  body: registrationDecision,
  response: registrationCounts,
  errors: ["not_found", "registration_full", "already_decided"],
  limit: "write",
  audit: ["registration.decided"],
});
export const registrationImport = defineRoute({
  ...hosting,
  id: "registration.import",
  method: "POST",
  path: "/api/meetings/:meetingId/registrations/import",
  summary: "Register people from a table (name, organisation, email); each gets a personal link",
  body: z.strictObject({ csv: z.string().max(500_000), locale: z.enum(["ja", "en"]) }),
  response: importResult,
  limit: "write",
  maxBodyBytes: 1_000_000,
  audit: ["registration.imported"],
});
export const registrationExport = defineRoute({
  ...hosting,
  id: "registration.export",
  method: "GET",
  path: "/api/meetings/:meetingId/registrations.csv",
  summary: "Registrants as CSV; no cell is run as a formula. On record",
  response: z.string(),
  answers: "file",
  limit: "read",
  audit: ["registration.exported"],
});
