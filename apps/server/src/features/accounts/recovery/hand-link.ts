/**
 * A link that is handed to somebody: where there is no mail server, or no mail to be read. Not for owners, nor for whoever
 * looks after the walls: one owner could make himself the second person (BAR-6). For them an operator makes one.
 */
import type { routes } from "@sekisho/contract";
import type { LogActor, Trx } from "../../../platform/evidence/organisation-log.ts";
import type { CallContext } from "../../../platform/http/binder.ts";
import { HttpError } from "../../../platform/http/http-error.ts";
import { byAccount, type AccountsDeps } from "../accounts-deps.ts";
import { signedIn } from "../guards.ts";
import { looksAfterWalls } from "../people.ts";
import { requireFresh } from "../second-factor/factors.ts";
import { tellAccount } from "../second-factor/notices.ts";
import { handedMs, insertLink } from "./recovery-links.ts";

export async function handLink(
  deps: AccountsDeps,
  { params, caller }: CallContext<typeof routes.recovery.recoveryHand>,
) {
  const me = signedIn(caller);
  if (params.accountId === me.accountId) throw new HttpError("own_account");
  const made = await deps.db.transaction().execute(async (trx) => {
    await requireFresh(trx, me, deps.now());
    const account = await trx
      .selectFrom("account")
      .select(["role", "duties", "disabled_at"])
      .where("id", "=", params.accountId)
      .executeTakeFirst();
    if (account === undefined || account.disabled_at !== null) throw new HttpError("not_found");
    if (account.role === "owner" || looksAfterWalls(account)) throw new HttpError("not_allowed");
    return makeHandedLink(deps, trx, params.accountId, byAccount(me.accountId));
  });
  deps.mail.kick();
  return made;
}

/** The link is answered here once. */
export async function makeHandedLink(
  deps: Pick<AccountsDeps, "log" | "mail" | "now"> & { readonly origin: () => string },
  trx: Trx,
  accountId: string,
  by: LogActor,
) {
  const goodUntil = deps.now() + handedMs;
  const token = await insertLink(trx, { accountId, browser: null, goodUntil });
  await tellAccount(deps, trx, accountId, "linkHanded");
  await deps.log.append(trx, { type: "account.recoveryLinkMade", actor: by, data: { accountId } });
  return { url: `${deps.origin()}/recover/${token}`, goodUntil };
}
