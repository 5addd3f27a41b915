/** Set-up, sign-in, accounts, organisation (IDN). */
import { z } from "zod";
import { access } from "../access.ts";
import { defineRoute } from "../define-route.ts";
import { email, locale, none, nothing, ok, opaqueId, password, personName, uuid } from "../schemas.ts";
import {
  accountRole,
  accountRow,
  duties,
  fact,
  invitationRow,
  me,
  organisation,
  personPick,
  sessionRow,
} from "../views/account.ts";
import { offeredProvider } from "../views/identity-providers.ts";
import { signInStep } from "../views/second-factor.ts";

const token = z.strictObject({ token: z.string().regex(/^[A-Za-z0-9_-]{43}$/u) });
const json = { answers: "json", query: none, params: none, body: nothing, errors: [], audit: [] } as const;

export const setupRead = defineRoute({
  ...json,
  id: "setup.read",
  method: "GET",
  path: "/api/setup/:token",
  summary: "Whether the one-time set-up link is good, and facts just tested",
  access: access.public,
  params: token,
  response: z.strictObject({ facts: z.array(fact) }),
  errors: ["setup_link_invalid"],
  limit: "signIn",
});
export const setupComplete = defineRoute({
  ...json,
  id: "setup.complete",
  method: "POST",
  path: "/api/setup/:token",
  summary: "Make the organisation and its owner, and sign in",
  access: access.public,
  params: token,
  body: z.strictObject({
    organisationName: z.string().trim().min(1).max(100),
    organisationAddress: z.string().trim().max(200),
    email,
    displayName: personName,
    password,
    locale,
  }),
  response: me,
  errors: ["setup_link_invalid", "password_too_short", "password_breached", "password_too_long"],
  limit: "signIn",
  audit: ["organisation.created", "account.created", "session.opened"],
});
export const signIn = defineRoute({
  ...json,
  id: "session.open",
  method: "POST",
  path: "/api/sign-in",
  summary: "Sign in by password; one answer to every failure. With a second factor, the first of two steps",
  access: access.public,
  body: z.strictObject({ email: z.string().max(254), password }),
  response: z.union([me, signInStep]),
  errors: ["sign_in_failed", "provider_needed"],
  limit: "signIn",
  audit: ["session.opened"],
});
export const signOut = defineRoute({
  ...json,
  id: "session.close",
  method: "POST",
  path: "/api/sign-out",
  summary: "Sign out on this device; names the identity provider that had signed one in",
  access: access.signingIn,
  response: z.strictObject({
    ok: z.literal(true),
    /** Null: none, or one of which no way out is known. */
    provider: offeredProvider.nullable(),
  }),
  limit: "write",
  audit: ["session.closed"],
});
export const meRead = defineRoute({
  ...json,
  id: "me.read",
  method: "GET",
  path: "/api/me",
  summary: "Own account",
  access: access.account,
  response: me,
  limit: "read",
});
export const meUpdate = defineRoute({
  ...json,
  id: "me.update",
  method: "PATCH",
  path: "/api/me",
  summary: "Change own name or language",
  access: access.account,
  body: z.strictObject({ displayName: personName.optional(), locale: locale.optional() }),
  response: me,
  limit: "write",
  audit: ["account.changed"],
});
export const mePassword = defineRoute({
  ...json,
  id: "me.password",
  method: "PUT",
  path: "/api/me/password",
  summary: "Change own password; every other session ends",
  access: access.account,
  body: z.strictObject({ current: password, next: password }),
  response: me,
  errors: ["current_password_wrong", "password_too_short", "password_breached", "password_too_long"],
  limit: "signIn",
  audit: ["account.passwordChanged"],
});
export const sessionList = defineRoute({
  ...json,
  id: "session.list",
  method: "GET",
  path: "/api/me/sessions",
  summary: "Own sessions",
  access: access.account,
  response: z.strictObject({ sessions: z.array(sessionRow) }),
  limit: "read",
});
export const sessionRevoke = defineRoute({
  ...json,
  id: "session.revoke",
  method: "DELETE",
  path: "/api/me/sessions/:sessionId",
  summary: "End one of the own sessions",
  access: access.account,
  params: z.strictObject({ sessionId: opaqueId }),
  response: ok,
  errors: ["not_found"],
  limit: "write",
  audit: ["session.revoked"],
});
export const sessionRevokeOthers = defineRoute({
  ...json,
  id: "session.revokeOthers",
  method: "POST",
  path: "/api/me/sessions/revoke-others",
  summary: "End all own sessions but this one",
  access: access.account,
  response: z.strictObject({ ended: z.int() }),
  limit: "write",
  audit: ["session.revoked"],
});
export const peopleSearch = defineRoute({
  ...json,
  id: "people.search",
  method: "GET",
  path: "/api/people",
  summary: "Accounts of the organisation, for choosing invitees, co-hosts, a verifier",
  access: access.account,
  query: z.strictObject({ q: z.string().max(64).default("") }),
  response: z.strictObject({ people: z.array(personPick).max(50) }),
  limit: "read",
});
export const accountList = defineRoute({
  ...json,
  id: "account.list",
  method: "GET",
  path: "/api/accounts",
  summary: "All accounts and open invitations",
  access: access.admin,
  response: z.strictObject({ accounts: z.array(accountRow), invitations: z.array(invitationRow) }),
  limit: "read",
});
export const accountUpdate = defineRoute({
  ...json,
  id: "account.update",
  method: "PATCH",
  path: "/api/accounts/:accountId",
  summary: "Change a role or duties; disable or enable. Disabling ends every session at once",
  access: access.admin,
  params: z.strictObject({ accountId: uuid }),
  body: z.strictObject({
    role: accountRole.optional(),
    disabled: z.boolean().optional(),
    /** Whole; only an owner may send it. */
    duties: duties.optional(),
  }),
  response: accountRow,
  errors: ["not_found", "last_owner", "own_account", "not_allowed"],
  limit: "write",
  audit: ["account.changed"],
});
export const invitationCreate = defineRoute({
  ...json,
  id: "invitation.create",
  method: "POST",
  path: "/api/accounts/invitations",
  summary: "Invite a colleague by link; the link is answered once",
  access: access.admin,
  body: z.strictObject({ email, displayName: personName, role: accountRole }),
  response: z.strictObject({ invitation: invitationRow, url: z.string() }),
  errors: ["email_taken", "not_allowed"],
  limit: "write",
  audit: ["invitation.created"],
});
export const invitationRevoke = defineRoute({
  ...json,
  id: "invitation.revoke",
  method: "DELETE",
  path: "/api/accounts/invitations/:invitationId",
  summary: "Take an invitation back",
  access: access.admin,
  params: z.strictObject({ invitationId: uuid }),
  response: ok,
  errors: ["not_found"],
  limit: "write",
  audit: ["invitation.revoked"],
});
export const invitationRead = defineRoute({
  ...json,
  id: "invitation.read",
  method: "GET",
  path: "/api/invitations/:token",
  summary: "Whether a colleague's link is good",
  access: access.public,
  params: token,
  response: z.strictObject({ organisation: z.string(), displayName: z.string(), email }),
  errors: ["invitation_invalid"],
  limit: "signIn",
});
export const invitationAccept = defineRoute({
  ...json,
  id: "invitation.accept",
  method: "POST",
  path: "/api/invitations/:token",
  summary: "Make the account and sign in",
  access: access.public,
  params: token,
  body: z.strictObject({ displayName: personName, password, locale }),
  response: me,
  errors: ["invitation_invalid", "password_too_short", "password_breached", "password_too_long"],
  limit: "signIn",
  audit: ["account.created", "session.opened"],
});
export const organisationRead = defineRoute({
  ...json,
  id: "organisation.read",
  method: "GET",
  path: "/api/organisation",
  summary: "The organisation, its defaults and locks",
  access: access.account,
  response: organisation,
  limit: "read",
});
export const organisationUpdate = defineRoute({
  ...json,
  id: "organisation.update",
  method: "PUT",
  path: "/api/organisation",
  summary: "Change name, address, defaults, locks; live meetings tighten at once",
  access: access.admin,
  body: organisation,
  response: organisation,
  limit: "write",
  audit: ["organisation.changed"],
});
