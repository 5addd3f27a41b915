/** API clients and webhooks for the owner who looks after them (BAR-12). Each secret is answered once. */
import { routes } from "@sekisho/contract";
import { handle, type BoundRoute } from "../../platform/http/binder.ts";
import type { Caller } from "../../platform/http/caller.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import { addressesOf } from "../../platform/http/outbound-address.ts";
import { hashToken, newToken, newUuid } from "../../platform/random.ts";
import type { OrganisationLog } from "../../platform/evidence/organisation-log.ts";
import type { Db } from "../../platform/db/database.ts";
import type { Keys } from "../../platform/keys/keys.ts";
import { createApiClient, listApiClients, organisationAccount, revokeApiClient } from "./api-clients.ts";
import { challenge, type SendOptions } from "./webhook-send.ts";
import { noteChallenge, targetOf, webhookById, webhookViews } from "./webhook-store.ts";

export type IntegrationDeps = {
  readonly db: Db;
  readonly keys: Keys;
  readonly log: OrganisationLog;
  readonly send: SendOptions;
};

export function integrationRoutes(deps: IntegrationDeps): readonly BoundRoute[] {
  const { db } = deps;
  const { integrations } = routes;
  return [
    handle(integrations.integrationsRead, async () => ({
      accountId: await organisationAccount(db),
      clients: await listApiClients(db),
      webhooks: await webhookViews(db),
    })),
    handle(integrations.apiClientCreate, ({ body, caller }) => {
      const me = accountOf(caller);
      return createApiClient(deps, { ...body, actsFor: me.id }, me);
    }),
    handle(integrations.apiClientRevoke, async ({ params, caller }) => {
      if (!(await revokeApiClient(deps, params.clientId, accountOf(caller))))
        throw new HttpError("not_found");
      return { ok: true } as const;
    }),
    ...webhookRoutes(deps),
  ];
}

function webhookRoutes(deps: IntegrationDeps): readonly BoundRoute[] {
  const { db, log } = deps;
  const { integrations } = routes;
  return [
    handle(integrations.webhookCreate, ({ body, caller }) => subscribe(deps, body, accountOf(caller))),
    handle(integrations.webhookVerify, async ({ params, caller }) => {
      await verify(deps, params.webhookId, accountOf(caller));
      return oneView(db, params.webhookId);
    }),
    handle(integrations.webhookRetry, async ({ params, caller }) => {
      await db.transaction().execute(async (trx) => {
        const row = await webhookById(trx, params.webhookId);
        if (row === undefined) throw new HttpError("not_found");
        await trx
          .updateTable("webhook_delivery")
          .set({ state: "waiting", tries: 0, next_try: new Date() })
          .where("webhook_id", "=", row.id)
          .where("state", "=", "givenUp")
          .execute();
        await log.append(trx, {
          type: "webhook.retried",
          actor: accountOf(caller),
          data: { webhookId: row.id },
        });
      });
      return oneView(db, params.webhookId);
    }),
    handle(integrations.webhookRemove, async ({ params, caller }) => {
      await db.transaction().execute(async (trx) => {
        const gone = await trx
          .deleteFrom("webhook")
          .where("id", "=", params.webhookId)
          .returning("id")
          .executeTakeFirst();
        if (gone === undefined) throw new HttpError("not_found");
        await log.append(trx, {
          type: "webhook.removed",
          actor: accountOf(caller),
          data: { webhookId: gone.id },
        });
      });
      return { ok: true } as const;
    }),
  ];
}

function accountOf(caller: Caller) {
  if (caller.kind !== "account") throw new HttpError("sign_in_required");
  return { kind: "account", id: caller.accountId } as const;
}

async function subscribe(
  deps: IntegrationDeps,
  { url, events }: { readonly url: string; readonly events: readonly string[] },
  actor: ReturnType<typeof accountOf>,
) {
  await requireAllowed(url, deps.send.loopbackAllowed);
  const id = newUuid();
  const secretToken = newToken();
  await deps.db.transaction().execute(async (trx) => {
    await trx
      .insertInto("webhook")
      .values({
        id,
        url,
        events: [...new Set(events)],
        secret_sealed: deps.keys.seal("webhook-secret", Buffer.from(secretToken), id),
        state: "unverified",
      })
      .execute();
    await deps.log.append(trx, {
      type: "webhook.created",
      actor,
      // The address stands in the log by its hash: it may itself be a secret.
      data: { webhookId: id, events, urlHash: hashToken(url).toString("hex") },
    });
  });
  return { webhook: await oneView(deps.db, id), secretToken };
}

/** Refused here where it is certain; a name is looked at again with each delivery. */
async function requireAllowed(url: string, loopbackAllowed: boolean): Promise<void> {
  const parsed = new URL(url);
  if (parsed.username !== "" || parsed.password !== "") throw new HttpError("upstream_not_allowed");
  const found = await addressesOf(parsed.hostname, loopbackAllowed).catch(() => []);
  if (found === null) throw new HttpError("upstream_not_allowed");
}

async function verify(deps: IntegrationDeps, id: string, actor: ReturnType<typeof accountOf>): Promise<void> {
  const row = await webhookById(deps.db, id);
  if (row === undefined) throw new HttpError("not_found");
  const problem = await challenge(targetOf(deps.keys, row), deps.send);
  await deps.db.transaction().execute(async (trx) => {
    await noteChallenge(trx, id, problem);
    await deps.log.append(trx, { type: "webhook.verified", actor, data: { webhookId: id, problem } });
  });
}

async function oneView(db: Db, id: string) {
  const [view] = await webhookViews(db, id);
  if (view === undefined) throw new HttpError("not_found");
  return view;
}
