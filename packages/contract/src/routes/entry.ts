/** The way in, before admission (ADM-1 … ADM-3, MTG-4). The device cookie of a guest is set by `entry.request`. */
import { z } from "zod";
import { access } from "../access.ts";
import { defineRoute } from "../define-route.ts";
import { linkOrNumber, none, nothing, ok, opaqueId, passcodeInput } from "../schemas.ts";
import { admissionView, entryView } from "../views/entry.ts";
import { factSheet } from "../views/fact-sheet.ts";
import { iceServer, streamMessage } from "../views/room.ts";

const json = { answers: "json", query: none, body: nothing, errors: [], audit: [] } as const;
export const link = z.strictObject({ link: linkOrNumber });

export const entryRead = defineRoute({
  ...json,
  id: "entry.read",
  method: "GET",
  path: "/api/m/:link",
  summary: "What the holder of a link may know, and the own admission if any",
  access: access.public,
  params: link,
  response: entryView,
  limit: "read",
});
export const entryRequest = defineRoute({
  ...json,
  id: "entry.request",
  method: "POST",
  path: "/api/m/:link/requests",
  summary: "Ask to join; host and co-host enter at once",
  access: access.public,
  params: link,
  body: z.strictObject({
    displayName: z.string().max(200),
    affiliation: z.string().max(200),
    passcode: passcodeInput.nullable(),
    build: z.int().min(0),
    /** The version that was read and agreed to, and the word for the own organisation's policy (INV-4). */
    agreement: z
      .strictObject({ version: z.int().min(1), ownPolicy: z.literal(true) })
      .nullable()
      .optional(),
    /** This device is issued or permitted by the own organisation (SEC-8). */
    deviceDeclared: z.boolean().optional(),
  }),
  response: admissionView,
  errors: [
    "client_too_old",
    "entry_not_accepted",
    "risk_not_accepted",
    "passcode_needed",
    "sign_in_required",
    "second_factor_needed",
    "address_proof_needed",
    "registration_needed",
    "agreement_needed",
    "device_declaration_needed",
    "name_needed",
    "name_not_accepted",
    "name_against_rule",
    "entry_refused",
  ],
  limit: "entry",
  audit: ["admission.requested", "admission.agreed", "admission.deviceDeclared", "admission.refused"],
});
export const entryFactSheet = defineRoute({
  ...json,
  id: "entry.factSheet",
  method: "POST",
  path: "/api/m/:link/fact-sheet",
  summary: "The meeting's fact sheet (INV-4): for the holder of its link, or of its number and passcode",
  access: access.public,
  params: link,
  body: z.strictObject({ passcode: passcodeInput.nullable() }),
  response: factSheet,
  errors: ["entry_not_accepted"],
  limit: "entry",
});
/** Anything at all; what is no address is refused by the server, once it is normalised. */
const typedAddress = z.string().min(1).max(320);
export const addressAsk = defineRoute({
  ...json,
  id: "entry.address.ask",
  method: "POST",
  path: "/api/m/:link/address",
  summary:
    "Send a code to an address that is excepted from signing in (BAR-8); one answer, whatever was done",
  access: access.public,
  params: link,
  body: z.strictObject({ email: typedAddress }),
  response: ok,
  limit: "entry",
});
export const addressConfirm = defineRoute({
  ...json,
  id: "entry.address.confirm",
  method: "POST",
  path: "/api/m/:link/address/confirm",
  summary: "Prove the address for this browser, by the code that was sent to it; for at most 24 hours",
  access: access.public,
  params: link,
  body: z.strictObject({ email: typedAddress, code: z.string().min(1).max(64) }),
  response: ok,
  errors: ["code_not_accepted"],
  limit: "entry",
  audit: ["address.proved"],
});
export const entryWithdraw = defineRoute({
  ...json,
  id: "entry.withdraw",
  method: "POST",
  path: "/api/m/:link/withdraw",
  summary: "Take the own request back",
  access: access.lobby,
  params: link,
  response: ok,
  errors: ["not_in_meeting", "already_decided"],
  limit: "entry",
  audit: ["admission.withdrawn"],
});
export const stream = defineRoute({
  ...json,
  id: "live.stream",
  method: "GET",
  path: "/api/m/:link/stream",
  summary: "Own admission, and the room once admitted, as server-sent events",
  access: access.lobby,
  params: link,
  // Read by the binder: an event source has no headers of its own.
  query: z.strictObject({ build: z.coerce.number().int().min(0).max(999_999_999).optional() }),
  response: streamMessage,
  answers: "stream",
  errors: ["not_in_meeting"],
  limit: "read",
});
export const ticket = defineRoute({
  ...json,
  id: "live.ticket",
  method: "POST",
  path: "/api/m/:link/ticket",
  summary:
    "A ticket for the SFU gate, to the own place in the meeting or in a verification call: opaque, for this device, 30 s for its first use",
  access: access.lobby,
  params: link,
  response: z.strictObject({
    ticket: z.string(),
    /** Of the stay that it is good for. */
    sfuIdentity: opaqueId,
    /** The only servers that the page asks for a way through. */
    iceServers: z.array(iceServer),
  }),
  errors: ["not_in_meeting", "meeting_not_live", "keys_not_ready"],
  limit: "command",
});
