/** Signing in by the organisation's own identity provider, and setting it up (IDN-3). */
import { z } from "zod";
import { access } from "../access.ts";
import { defineRoute } from "../define-route.ts";
import { none, nothing, ok, uuid } from "../schemas.ts";
import { me } from "../views/account.ts";
import {
  identityProviders,
  identityProviderView,
  offeredProvider,
  ownProvider,
  providerAnswer,
  providerDoor,
  providerRule,
  providerStep,
  providerWish,
} from "../views/identity-providers.ts";
import { signInStep } from "../views/second-factor.ts";

const json = { answers: "json", query: none, params: none, body: nothing, errors: [], audit: [] } as const;
const params = z.strictObject({ providerId: uuid });
const change = ["confirm_first", "second_factor_needed"] as const;

export const providersOffered = defineRoute({
  ...json,
  id: "session.providers",
  method: "GET",
  path: "/api/sign-in/providers",
  summary: "Identity providers to sign in by, and whether members have to",
  access: access.public,
  response: z.strictObject({ providers: z.array(offeredProvider), demanded: z.boolean() }),
  limit: "read",
});
export const providerBegin = defineRoute({
  ...json,
  id: "session.providerBegin",
  method: "POST",
  path: "/api/sign-in/providers/:providerId",
  summary: "Begin to sign in at an identity provider: the address of its page",
  access: access.public,
  params,
  response: providerDoor,
  errors: ["not_found", "provider_unavailable"],
  limit: "entry",
});
export const providerEnd = defineRoute({
  ...json,
  id: "session.providerEnd",
  method: "POST",
  path: "/api/sign-in/providers/:providerId/end",
  summary:
    "The page of an identity provider on which one signs out there (OpenID Connect RP-Initiated Logout 1.0)",
  access: access.public,
  params,
  response: providerDoor,
  errors: ["not_found", "provider_unavailable"],
  limit: "entry",
});
export const providerFinish = defineRoute({
  ...json,
  id: "session.providerFinish",
  method: "POST",
  path: "/api/sign-in/providers/:providerId/finish",
  summary: "Come back from an identity provider, in the browser that went there; good once",
  access: access.public,
  params,
  body: providerAnswer,
  response: z.union([me, signInStep, providerStep]),
  errors: ["sign_in_again", "provider_refused", "account_not_linked", "already_tied", "second_factor_needed"],
  limit: "entry",
  audit: ["session.opened", "session.confirmed"],
});
export const ownProviders = defineRoute({
  ...json,
  id: "me.providers",
  method: "GET",
  path: "/api/me/providers",
  summary: "Identity providers, and whether the own account is tied to them",
  access: access.account,
  response: z.strictObject({ providers: z.array(ownProvider) }),
  limit: "read",
});
export const ownProviderLink = defineRoute({
  ...json,
  id: "me.providerLink",
  method: "POST",
  path: "/api/me/providers/:providerId",
  summary: "Begin to tie the own account to who one is at an identity provider",
  access: access.account,
  params,
  response: providerDoor,
  errors: ["not_found", "provider_unavailable", ...change],
  limit: "write",
});
export const ownProviderConfirm = defineRoute({
  ...json,
  id: "me.providerConfirm",
  method: "POST",
  path: "/api/me/providers/:providerId/confirm",
  summary: "Begin to prove anew who one is, at the identity provider that the own account is tied to",
  access: access.account,
  params,
  response: providerDoor,
  errors: ["not_found", "provider_unavailable"],
  limit: "write",
});
export const ownProviderUnlink = defineRoute({
  ...json,
  id: "me.providerUnlink",
  method: "DELETE",
  path: "/api/me/providers/:providerId",
  summary: "Untie the own account from an identity provider",
  access: access.account,
  params,
  response: ok,
  errors: ["not_found", "only_way", ...change],
  limit: "write",
  audit: ["account.providerUnlinked"],
});
export const identityProviderList = defineRoute({
  ...json,
  id: "identityProvider.list",
  method: "GET",
  path: "/api/organisation/providers",
  summary: "All identity providers, how their last trial went, and the rule about them",
  access: access.owner,
  response: identityProviders,
  limit: "read",
});
export const identityProviderCreate = defineRoute({
  ...json,
  id: "identityProvider.create",
  method: "POST",
  path: "/api/organisation/providers",
  summary: "Add an identity provider; it is off until it has been tried",
  access: access.owner,
  body: providerWish,
  response: identityProviderView,
  errors: ["provider_settings_invalid", ...change],
  limit: "write",
  audit: ["identityProvider.created"],
});
export const identityProviderUpdate = defineRoute({
  ...json,
  id: "identityProvider.update",
  method: "PUT",
  path: "/api/organisation/providers/:providerId",
  summary: "Change an identity provider; another connection is off until it has been tried",
  access: access.owner,
  params,
  body: providerWish,
  response: identityProviderView,
  errors: ["not_found", "provider_settings_invalid", "provider_demanded", ...change],
  limit: "write",
  audit: ["identityProvider.changed", "account.providerUnlinked"],
});
export const identityProviderRemove = defineRoute({
  ...json,
  id: "identityProvider.remove",
  method: "DELETE",
  path: "/api/organisation/providers/:providerId",
  summary: "Remove an identity provider; sessions that were opened by it end",
  access: access.owner,
  params,
  response: ok,
  errors: ["not_found", "provider_demanded", ...change],
  limit: "write",
  audit: ["identityProvider.removed"],
});
export const identityProviderTry = defineRoute({
  ...json,
  id: "identityProvider.try",
  method: "POST",
  path: "/api/organisation/providers/:providerId/trial",
  summary: "Try it for real: sign in there oneself; nothing changes here but the result of the trial",
  access: access.owner,
  params,
  response: providerDoor,
  errors: ["not_found", "provider_unavailable"],
  limit: "write",
});
export const identityProviderSwitch = defineRoute({
  ...json,
  id: "identityProvider.switch",
  method: "PUT",
  path: "/api/organisation/providers/:providerId/enabled",
  summary: "Offer it at the sign-in, or not any more; switched off, sessions that were opened by it end",
  access: access.owner,
  params,
  body: z.strictObject({ enabled: z.boolean() }),
  response: identityProviderView,
  errors: ["not_found", "provider_not_tried", "provider_demanded", ...change],
  limit: "write",
  audit: ["identityProvider.switched"],
});
export const providerRuleUpdate = defineRoute({
  ...json,
  id: "identityProvider.rule",
  method: "PUT",
  path: "/api/organisation/provider-rule",
  summary: "Own domains, and whether everybody but owners has to sign in by a provider",
  access: access.owner,
  body: providerRule,
  response: providerRule,
  errors: ["provider_not_tried", ...change],
  limit: "write",
  audit: ["identityProvider.ruleChanged"],
});
export const samlAnswer = defineRoute({
  ...json,
  id: "session.samlAnswer",
  method: "POST",
  path: "/api/sso/saml/:providerId/acs",
  summary: "The answer of a SAML provider: verified and laid down for the browser that asked; opens nothing",
  access: access.answer,
  params,
  body: z.strictObject({
    SAMLResponse: z.string().min(1).max(200_000),
    /** Opaque, ours; left out, nobody has asked. */
    RelayState: z.string().max(200).optional(),
  }),
  response: none,
  answers: "empty",
  limit: "entry",
});
export const samlMetadata = defineRoute({
  ...json,
  id: "session.samlMetadata",
  method: "GET",
  path: "/api/sso/saml/:providerId/metadata",
  summary: "What a SAML provider has to know of this server",
  access: access.public,
  params,
  response: z.string(),
  answers: "file",
  errors: ["not_found"],
  limit: "read",
});
export const samlMetadataRead = defineRoute({
  ...json,
  id: "identityProvider.readMetadata",
  method: "POST",
  path: "/api/organisation/provider-metadata",
  summary: "Read the settings out of a provider's metadata; nothing is kept",
  access: access.owner,
  body: z.strictObject({ xml: z.string().min(1).max(100_000) }),
  response: z.strictObject({
    entityId: z.string(),
    entryPoint: z.string(),
    certificates: z.array(z.string()),
  }),
  errors: ["provider_settings_invalid"],
  limit: "write",
});
