/** The organisation's own domains, and whether everybody but owners signs in by a provider (IDN-3). */
import { routes } from "@sekisho/contract";
import { sql } from "kysely";
import type { Trx } from "../../../platform/evidence/organisation-log.ts";
import { handle, type BoundRoute, type CallContext } from "../../../platform/http/binder.ts";
import { hasOwnWay } from "../../../platform/http/own-way.ts";
import { HttpError } from "../../../platform/http/http-error.ts";
import { byAccount, type AccountsDeps } from "../accounts-deps.ts";
import { sessionChannel } from "../end-sessions.ts";
import { signedIn } from "../guards.ts";
import { requireFresh } from "../second-factor/factors.ts";

const { providerRuleUpdate } = routes.identityProviders;

export function providerRuleRoutes(deps: AccountsDeps): readonly BoundRoute[] {
  return [handle(providerRuleUpdate, (context) => update(deps, context))];
}

async function update(deps: AccountsDeps, { body, caller }: CallContext<typeof providerRuleUpdate>) {
  const me = signedIn(caller);
  const domains = [...new Set(body.domains)].toSorted();
  const { demanded } = body;
  const ended = await deps.db.transaction().execute(async (trx) => {
    await requireFresh(trx, me, deps.now());
    await trx.selectFrom("organisation").select("name").forUpdate().execute();
    if (demanded && !(await anyEnabled(trx))) throw new HttpError("provider_not_tried");
    await trx
      .updateTable("organisation")
      .set({ own_domains: domains, provider_demanded: demanded })
      .execute();
    const sessions = demanded ? await endOwnSessions(trx) : [];
    await deps.log.append(trx, {
      type: "identityProvider.ruleChanged",
      actor: byAccount(me.accountId),
      data: { domains, demanded, sessionsEnded: sessions.length },
    });
    return sessions;
  });
  deps.onSessionsEnded(ended);
  return { domains, demanded };
}

async function anyEnabled(trx: Trx): Promise<boolean> {
  const row = await trx
    .selectFrom("identity_provider")
    .select("id")
    .where("enabled", "=", true)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Sessions that a password or a passkey opened, of all who have no own way now, or would need a second factor for it. */
async function endOwnSessions(trx: Trx): Promise<readonly string[]> {
  const rows = await trx
    .updateTable("session")
    .set({ revoked_at: new Date() })
    .where("provider_id", "is", null)
    .where("revoked_at", "is", null)
    .where((where) =>
      where.or([
        where("account_id", "not in", (eb) => eb.selectFrom("account").select("id").where(hasOwnWay)),
        where.and([
          where("strength", "=", "password"),
          where("account_id", "not in", (eb) =>
            eb.selectFrom("account").select("id").where("role", "=", "owner"),
          ),
        ]),
      ]),
    )
    .returning("id")
    .execute();
  for (const { id } of rows) await sql`select pg_notify(${sessionChannel}, ${id})`.execute(trx);
  return rows.map((row) => row.id);
}
