/** Whom the organisation demands a second factor of (IDN-2). */
import { factorDemands, routes } from "@sekisho/contract";
import { sql } from "kysely";
import type { Trx } from "../../../platform/evidence/organisation-log.ts";
import { handle, type BoundRoute, type CallContext } from "../../../platform/http/binder.ts";
import { isDemanded } from "../../../platform/http/factor-demand.ts";
import { byAccount, type AccountsDeps } from "../accounts-deps.ts";
import { sessionChannel } from "../end-sessions.ts";
import { signedIn } from "../guards.ts";
import { factorsOfAll, readDemands, requireFresh } from "./factors.ts";

export function factorRuleRoutes(deps: AccountsDeps): readonly BoundRoute[] {
  return [
    handle(routes.secondFactor.factorRuleRead, async () => {
      const active = await deps.db
        .selectFrom("account")
        .select("id")
        .where("disabled_at", "is", null)
        .execute();
      const factors = await factorsOfAll(deps.db);
      const without = active.map(({ id }) => factors(id)).filter((has) => has.passkeys === 0 && !has.totp);
      return { demands: await readDemands(deps.db), accounts: active.length, without: without.length };
    }),
    handle(routes.secondFactor.factorRuleUpdate, (context) => update(deps, context)),
  ];
}

async function update(
  deps: AccountsDeps,
  { body, caller }: CallContext<typeof routes.secondFactor.factorRuleUpdate>,
) {
  const { accountId, sessionId } = signedIn(caller);
  const demands = factorDemands.filter((one) => body.demands.includes(one));
  const stopped = await deps.db.transaction().execute(async (trx) => {
    await requireFresh(trx, { accountId, sessionId }, deps.now());
    await trx.updateTable("organisation").set({ factor_demands: demands }).execute();
    const sessions = await sessionsWithout(trx, demands);
    // Requests are refused from now on; what is open already, streams and media, is closed.
    for (const one of sessions) await sql`select pg_notify(${sessionChannel}, ${one})`.execute(trx);
    await deps.log.append(trx, {
      type: "organisation.factorRuleChanged",
      actor: byAccount(accountId),
      data: { demands, sessionsStopped: sessions.length },
    });
    return sessions;
  });
  deps.onSessionsEnded(stopped);
  return { demands };
}

/** Open sessions of whom it is demanded now, that were opened by a password alone. */
async function sessionsWithout(trx: Trx, demands: readonly string[]): Promise<readonly string[]> {
  const rows = await trx
    .selectFrom("session")
    .innerJoin("account", "account.id", "session.account_id")
    .select(["session.id", "account.role", "account.duties"])
    .where("session.strength", "=", "password")
    .where("session.revoked_at", "is", null)
    .where("session.expires_at", ">", new Date())
    .execute();
  return rows.filter((row) => isDemanded(demands, row)).map((row) => row.id);
}
