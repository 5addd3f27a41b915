/** API clients and webhooks, for the owner who looks after them (BAR-12). */
import { z } from "zod";
import { instant, uuid } from "../schemas.ts";
import { webhookEvents } from "../v2/events.ts";
import { apiScopes } from "../v2/scopes.ts";

export const apiScope = z.enum(apiScopes);
export const webhookEvent = z.enum(webhookEvents);

export const apiClientView = z.strictObject({
  id: uuid,
  name: z.string(),
  clientId: z.string(),
  scopes: z.array(apiScope),
  createdAt: instant,
  lastUsedAt: instant.nullable(),
});
export type ApiClientView = z.infer<typeof apiClientView>;

/** What a directory (SCIM) proves itself by. */
export const directoryToken = z.strictObject({
  id: uuid,
  name: z.string(),
  createdAt: instant,
  lastUsedAt: instant.nullable(),
});
export type DirectoryToken = z.infer<typeof directoryToken>;

/** `unverified`: the address has not answered the challenge yet, and is sent nothing. */
export const webhookView = z.strictObject({
  id: uuid,
  url: z.string(),
  events: z.array(webhookEvent),
  state: z.enum(["unverified", "active"]),
  /** Why the last challenge or delivery failed; null: it did not. */
  lastProblem: z.enum(["unreachable", "not_allowed", "status", "timeout", "challenge"]).nullable(),
  createdAt: instant,
  lastDeliveryAt: instant.nullable(),
  /** Deliveries that are tried again, and those that were given up. */
  waiting: z.int(),
  givenUp: z.int(),
});
export type WebhookView = z.infer<typeof webhookView>;

export const integrations = z.strictObject({
  /** What clients name as `account_id`. */
  accountId: z.string(),
  clients: z.array(apiClientView),
  webhooks: z.array(webhookView),
});
export type Integrations = z.infer<typeof integrations>;
