/** API clients and webhooks of the organisation (BAR-12). */
import { z } from "zod";
import { access } from "../access.ts";
import { defineRoute } from "../define-route.ts";
import { none, nothing, ok, uuid } from "../schemas.ts";
import {
  apiClientView,
  apiScope,
  directoryToken,
  integrations,
  webhookEvent,
  webhookView,
} from "../views/integrations.ts";

const json = { answers: "json", query: none, params: none, body: nothing, errors: [], audit: [] } as const;
const webhookId = z.strictObject({ webhookId: uuid });

export const integrationsRead = defineRoute({
  ...json,
  id: "integrations.read",
  method: "GET",
  path: "/api/integrations",
  summary: "API clients and webhooks, without their secrets",
  access: access.owner,
  response: integrations,
  limit: "read",
});
export const apiClientCreate = defineRoute({
  ...json,
  id: "apiClient.create",
  method: "POST",
  path: "/api/integrations/clients",
  summary: "Make an API client; its secret is answered once",
  access: access.owner,
  body: z.strictObject({
    name: z.string().trim().min(1).max(100),
    scopes: z.array(apiScope).min(1).max(60),
  }),
  response: z.strictObject({ client: apiClientView, accountId: z.string(), clientSecret: z.string() }),
  limit: "write",
  audit: ["service.created"],
});
export const apiClientRevoke = defineRoute({
  ...json,
  id: "apiClient.revoke",
  method: "DELETE",
  path: "/api/integrations/clients/:clientId",
  summary: "Revoke an API client; its tokens are good for nothing from now on",
  access: access.owner,
  params: z.strictObject({ clientId: uuid }),
  response: ok,
  errors: ["not_found"],
  limit: "write",
  audit: ["service.revoked"],
});
export const directoryTokenList = defineRoute({
  ...json,
  id: "directoryToken.list",
  method: "GET",
  path: "/api/integrations/directories",
  summary: "Tokens of directories (SCIM), without themselves",
  access: access.owner,
  response: z.strictObject({ tokens: z.array(directoryToken) }),
  limit: "read",
});
export const directoryTokenCreate = defineRoute({
  ...json,
  id: "directoryToken.create",
  method: "POST",
  path: "/api/integrations/directories",
  summary: "Make the token of a directory (SCIM); it is answered once",
  access: access.owner,
  body: z.strictObject({ name: z.string().trim().min(1).max(100) }),
  response: z.strictObject({ made: directoryToken, token: z.string() }),
  errors: ["confirm_first", "second_factor_needed"],
  limit: "write",
  audit: ["service.created"],
});
export const directoryTokenRevoke = defineRoute({
  ...json,
  id: "directoryToken.revoke",
  method: "DELETE",
  path: "/api/integrations/directories/:tokenId",
  summary: "Revoke the token of a directory; it is good for nothing from now on",
  access: access.owner,
  params: z.strictObject({ tokenId: uuid }),
  response: ok,
  errors: ["not_found"],
  limit: "write",
  audit: ["service.revoked"],
});
export const webhookCreate = defineRoute({
  ...json,
  id: "webhook.create",
  method: "POST",
  path: "/api/integrations/webhooks",
  summary: "Subscribe an address; it is challenged at once, and sent nothing before it has answered",
  access: access.owner,
  body: z.strictObject({
    url: z.url({ protocol: /^https?$/u }).max(500),
    events: z.array(webhookEvent).min(1).max(30),
  }),
  response: z.strictObject({ webhook: webhookView, secretToken: z.string() }),
  errors: ["upstream_not_allowed"],
  limit: "write",
  audit: ["webhook.created"],
});
export const webhookVerify = defineRoute({
  ...json,
  id: "webhook.verify",
  method: "POST",
  path: "/api/integrations/webhooks/:webhookId/verify",
  summary: "Challenge the address again",
  access: access.owner,
  params: webhookId,
  response: webhookView,
  errors: ["not_found"],
  limit: "write",
  audit: ["webhook.verified"],
});
export const webhookRetry = defineRoute({
  ...json,
  id: "webhook.retry",
  method: "POST",
  path: "/api/integrations/webhooks/:webhookId/retry",
  summary: "Send again what was given up",
  access: access.owner,
  params: webhookId,
  response: webhookView,
  errors: ["not_found"],
  limit: "write",
  audit: ["webhook.retried"],
});
export const webhookRemove = defineRoute({
  ...json,
  id: "webhook.remove",
  method: "DELETE",
  path: "/api/integrations/webhooks/:webhookId",
  summary: "Stop sending to an address",
  access: access.owner,
  params: webhookId,
  response: ok,
  errors: ["not_found"],
  limit: "write",
  audit: ["webhook.removed"],
});
