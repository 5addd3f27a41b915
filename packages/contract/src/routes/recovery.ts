/** A new password for somebody who has forgotten it (IDN-2). A link never stands in for a second factor. */
import { z } from "zod";
import { access } from "../access.ts";
import { defineRoute } from "../define-route.ts";
import { email, instant, none, nothing, ok, password, uuid } from "../schemas.ts";
import { authenticationOptions, factorMethods, factorProof } from "../views/second-factor.ts";

const json = { answers: "json", query: none, params: none, body: nothing, errors: [], audit: [] } as const;
const token = z.strictObject({ token: z.string().regex(/^[A-Za-z0-9_-]{43}$/u) });

export const recoveryRead = defineRoute({
  ...json,
  id: "recovery.read",
  method: "GET",
  path: "/api/recovery",
  summary: "Whether this server sends links by mail",
  access: access.public,
  response: z.strictObject({ byMail: z.boolean() }),
  limit: "read",
});
export const recoveryAsk = defineRoute({
  ...json,
  id: "recovery.ask",
  method: "POST",
  path: "/api/recovery",
  summary: "Ask for a link by mail; one answer, in one time, whoever has the address",
  access: access.public,
  body: z.strictObject({ email: z.string().min(1).max(254) }),
  response: ok,
  errors: ["not_allowed"],
  limit: "signIn",
  audit: ["account.recoveryAsked"],
});
export const recoveryOpen = defineRoute({
  ...json,
  id: "recovery.open",
  method: "GET",
  path: "/api/recovery/:token",
  summary: "Whether a link is good in this browser, and which second factors its account has",
  access: access.public,
  params: token,
  response: z.strictObject({ email, methods: z.array(z.enum(factorMethods)) }),
  errors: ["recovery_link_invalid"],
  limit: "signIn",
});
export const recoveryPasskey = defineRoute({
  ...json,
  id: "recovery.passkey",
  method: "POST",
  path: "/api/recovery/:token/passkey",
  summary: "A challenge for one of the account's passkeys",
  access: access.public,
  params: token,
  response: authenticationOptions,
  errors: ["recovery_link_invalid"],
  limit: "signIn",
});
export const recoveryComplete = defineRoute({
  ...json,
  id: "recovery.complete",
  method: "PUT",
  path: "/api/recovery/:token",
  summary: "Set the password, with a proof of the second factor where there is one; every session ends",
  access: access.public,
  params: token,
  body: z.strictObject({ password, proof: factorProof.nullable() }),
  response: ok,
  errors: [
    ...(["recovery_link_invalid", "second_factor_needed", "second_factor_failed"] as const),
    ...(["password_too_short", "password_breached", "password_too_long"] as const),
  ],
  limit: "signIn",
  audit: ["account.passwordRecovered"],
});
export const recoveryHand = defineRoute({
  ...json,
  id: "account.recoveryLink",
  method: "POST",
  path: "/api/accounts/:accountId/recovery-link",
  summary: "A link for somebody else, answered once; not for owners, nor for whoever looks after barriers",
  access: access.owner,
  params: z.strictObject({ accountId: uuid }),
  response: z.strictObject({ url: z.string(), goodUntil: instant }),
  errors: ["confirm_first", "second_factor_needed", "not_found", "own_account", "not_allowed"],
  limit: "write",
  audit: ["account.recoveryLinkMade"],
});
