/** Second factors: sign-in's second step, one's own factors, the organisation's rule (IDN-2). */
import { z } from "zod";
import { access } from "../access.ts";
import { defineRoute } from "../define-route.ts";
import { none, nothing, ok, uuid } from "../schemas.ts";
import { me } from "../views/account.ts";
import {
  authenticationOptions,
  authenticationResponse,
  confirmation,
  factorAdded,
  factorProof,
  factorRule,
  ownFactors,
  passkeyName,
  recoveryCodes,
  registrationOptions,
  registrationResponse,
  totpSetup,
} from "../views/second-factor.ts";

const json = { answers: "json", query: none, params: none, body: nothing, errors: [], audit: [] } as const;
const change = ["confirm_first", "second_factor_needed"] as const;

export const signInFactor = defineRoute({
  ...json,
  id: "session.secondFactor",
  method: "POST",
  path: "/api/sign-in/second-factor",
  summary: "After the password: prove the second factor; one answer to every failure",
  access: access.public,
  body: factorProof,
  response: me,
  errors: ["sign_in_again", "second_factor_failed", "provider_needed"],
  limit: "signIn",
  audit: ["session.opened"],
});
export const signInPasskeyOptions = defineRoute({
  ...json,
  id: "session.passkeyOptions",
  method: "POST",
  path: "/api/sign-in/passkey/options",
  summary: "A challenge for a passkey: of the account whose password was right, or of whoever has one",
  access: access.public,
  response: authenticationOptions,
  limit: "signIn",
});
export const signInPasskey = defineRoute({
  ...json,
  id: "session.passkey",
  method: "POST",
  path: "/api/sign-in/passkey",
  summary: "Sign in with a passkey alone, which proves the person too",
  access: access.public,
  body: z.strictObject({ response: authenticationResponse }),
  response: me,
  errors: ["sign_in_failed", "provider_needed"],
  limit: "signIn",
  audit: ["session.opened"],
});
export const factorsRead = defineRoute({
  ...json,
  id: "me.factors",
  method: "GET",
  path: "/api/me/second-factor",
  summary: "Own second factors, and what is demanded",
  access: access.signingIn,
  response: ownFactors,
  limit: "read",
});
export const confirmOptions = defineRoute({
  ...json,
  id: "me.confirmOptions",
  method: "POST",
  path: "/api/me/confirm/options",
  summary: "A challenge for one of the own passkeys",
  access: access.signingIn,
  response: authenticationOptions,
  limit: "write",
});
export const confirm = defineRoute({
  ...json,
  id: "me.confirm",
  method: "POST",
  path: "/api/me/confirm",
  summary: "Prove anew who one is, for changes within ten minutes; a factor also raises the session",
  access: access.signingIn,
  body: confirmation,
  response: ownFactors,
  errors: ["second_factor_failed", "current_password_wrong"],
  limit: "signIn",
  audit: ["session.confirmed"],
});
export const totpBegin = defineRoute({
  ...json,
  id: "me.totpBegin",
  method: "POST",
  path: "/api/me/second-factor/totp",
  summary: "A fresh secret for an authenticator app; in force once confirmed",
  access: access.signingIn,
  response: totpSetup,
  errors: change,
  limit: "write",
});
export const totpConfirm = defineRoute({
  ...json,
  id: "me.totpConfirm",
  method: "POST",
  path: "/api/me/second-factor/totp/confirm",
  summary: "Confirm the app with one of its codes; replaces an app from before",
  access: access.signingIn,
  body: z.strictObject({ code: z.string().min(1).max(64) }),
  response: factorAdded,
  errors: [...change, "second_factor_failed"],
  limit: "signIn",
  audit: ["account.factorAdded"],
});
export const totpRemove = defineRoute({
  ...json,
  id: "me.totpRemove",
  method: "DELETE",
  path: "/api/me/second-factor/totp",
  summary: "Remove the app",
  access: access.account,
  response: ownFactors,
  errors: [...change, "not_found", "factor_demanded"],
  limit: "write",
  audit: ["account.factorRemoved"],
});
export const passkeyOptions = defineRoute({
  ...json,
  id: "me.passkeyOptions",
  method: "POST",
  path: "/api/me/second-factor/passkeys/options",
  summary: "A challenge for a further passkey",
  access: access.signingIn,
  response: registrationOptions,
  errors: change,
  limit: "write",
});
export const passkeyAdd = defineRoute({
  ...json,
  id: "me.passkeyAdd",
  method: "POST",
  path: "/api/me/second-factor/passkeys",
  summary: "Add a passkey",
  access: access.signingIn,
  body: z.strictObject({ name: passkeyName, response: registrationResponse }),
  response: factorAdded,
  errors: [...change, "second_factor_failed"],
  limit: "signIn",
  audit: ["account.factorAdded"],
});
export const passkeyRename = defineRoute({
  ...json,
  id: "me.passkeyRename",
  method: "PATCH",
  path: "/api/me/second-factor/passkeys/:passkeyId",
  summary: "Give a passkey another name",
  access: access.account,
  params: z.strictObject({ passkeyId: uuid }),
  body: z.strictObject({ name: passkeyName }),
  response: ownFactors,
  errors: [...change, "not_found"],
  limit: "write",
  audit: ["account.factorRenamed"],
});
export const passkeyRemove = defineRoute({
  ...json,
  id: "me.passkeyRemove",
  method: "DELETE",
  path: "/api/me/second-factor/passkeys/:passkeyId",
  summary: "Remove a passkey",
  access: access.account,
  params: z.strictObject({ passkeyId: uuid }),
  response: ownFactors,
  errors: [...change, "not_found", "factor_demanded"],
  limit: "write",
  audit: ["account.factorRemoved"],
});
export const recoveryRenew = defineRoute({
  ...json,
  id: "me.recoveryRenew",
  method: "POST",
  path: "/api/me/second-factor/recovery-codes",
  summary: "Ten new recovery codes, shown once; those from before are void",
  access: access.account,
  response: z.strictObject({ codes: recoveryCodes }),
  errors: [...change, "not_found"],
  limit: "write",
  audit: ["account.recoveryCodesMade"],
});
export const factorsReset = defineRoute({
  ...json,
  id: "account.factorsReset",
  method: "DELETE",
  path: "/api/accounts/:accountId/second-factor",
  summary: "Take another account's factors away, for somebody who has lost them; its sessions end",
  access: access.owner,
  params: z.strictObject({ accountId: uuid }),
  response: ok,
  errors: [...change, "not_found", "own_account"],
  limit: "write",
  audit: ["account.factorsReset"],
});
const rule = z.strictObject({ demands: factorRule });
export const factorRuleRead = defineRoute({
  ...json,
  id: "organisation.factorRule",
  method: "GET",
  path: "/api/organisation/second-factor",
  summary: "Who must have a second factor, and how many accounts that would stop",
  access: access.admin,
  response: rule.extend({ accounts: z.int(), without: z.int() }),
  limit: "read",
});
export const factorRuleUpdate = defineRoute({
  ...json,
  id: "organisation.factorRuleUpdate",
  method: "PUT",
  path: "/api/organisation/second-factor",
  summary: "Demand a second factor; sessions without one do nothing more until it is proved",
  access: access.owner,
  body: rule,
  response: rule,
  errors: change,
  limit: "write",
  audit: ["organisation.factorRuleChanged"],
});
