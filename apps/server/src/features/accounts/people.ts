/** Accounts of the organisation: the list for admins, roles, disabling (IDN-5), and choosing colleagues. */
import { accountDuties, routes, type AccountDuty, type AccountRole } from "@sekisho/contract";
import { sql } from "kysely";
import type { LogActor, Trx } from "../../platform/evidence/organisation-log.ts";
import { handle, type BoundRoute, type CallContext } from "../../platform/http/binder.ts";
import type { AccountCaller } from "../../platform/http/caller.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import { accountRowOf, invitationRowOf } from "./account-views.ts";
import { byAccount, type AccountsDeps } from "./accounts-deps.ts";
import { endSessions } from "./end-sessions.ts";
import { signedIn } from "./guards.ts";
import { countFactors, factorsOfAll } from "./second-factor/factors.ts";
import { isRaised, untieRaised } from "./providers/untie-raised.ts";
import { revokeClientsOf } from "./service-credentials.ts";

export function peopleRoutes(deps: AccountsDeps): readonly BoundRoute[] {
  return [
    handle(routes.account.peopleSearch, ({ query, caller }) =>
      search(deps, signedIn(caller).accountId, query.q),
    ),
    handle(routes.account.accountList, () => list(deps)),
    handle(routes.account.accountUpdate, (context) => update(deps, context)),
  ];
}

const mostFound = 50;

/** Whoever a barrier keeps from the asker is not there: not in the list, and not in its length (BAR-14). */
async function search(deps: AccountsDeps, me: string, q: string) {
  const isApart = await deps.apart();
  const people: Found[] = [];
  for (let from = 0; people.length < mostFound;) {
    const rows = await readPeople(deps, q, from);
    people.push(...rows.filter((row) => !isApart(me, row.id)));
    if (rows.length < pageSize) break;
    from += pageSize;
  }
  return { people: people.slice(0, mostFound) };
}

const pageSize = 200;

type Found = { readonly id: string; readonly displayName: string; readonly email: string };

async function readPeople(deps: AccountsDeps, q: string, from: number): Promise<readonly Found[]> {
  const like = `%${q
    .normalize("NFKC")
    .trim()
    .replaceAll(/[\\%_]/gu, "\\$&")}%`;
  const rows = await deps.db
    .selectFrom("account")
    .select(["id", "display_name", "email"])
    .where("disabled_at", "is", null)
    .where((where) => where.or([where("display_name", "ilike", like), where("email", "ilike", like)]))
    .orderBy("display_name")
    .orderBy("id")
    .limit(pageSize)
    .offset(from)
    .execute();
  return rows.map((row) => ({ id: row.id, displayName: row.display_name, email: row.email }));
}

async function list(deps: AccountsDeps) {
  const accounts = await deps.db
    .selectFrom("account")
    .selectAll()
    .orderBy("created_at")
    .orderBy("id")
    .execute();
  const invitations = await deps.db
    .selectFrom("invitation")
    .selectAll()
    .where("used_at", "is", null)
    .where("revoked_at", "is", null)
    .where("expires_at", ">", new Date())
    .orderBy("created_at")
    .execute();
  const factors = await factorsOfAll(deps.db);
  return {
    accounts: accounts.map((row) => accountRowOf(row, factors(row.id))),
    invitations: invitations.map(invitationRowOf),
  };
}

type Change = {
  readonly role?: AccountRole | undefined;
  readonly disabled?: boolean | undefined;
  readonly duties?: readonly AccountDuty[] | undefined;
};

async function update(deps: AccountsDeps, context: CallContext<typeof routes.account.accountUpdate>) {
  const me = signedIn(context.caller);
  const { accountId } = context.params;
  const change: Change = context.body;
  const { row, ended } = await deps.db.transaction().execute(async (trx) => {
    // Owners are locked together: two who demote each other at one instant cannot both succeed.
    const owners = await trx
      .selectFrom("account")
      .select(["id", "disabled_at"])
      .where("role", "=", "owner")
      .orderBy("id")
      .forUpdate()
      .execute();
    const target = await trx
      .selectFrom("account")
      .selectAll()
      .where("id", "=", accountId)
      .forUpdate()
      .executeTakeFirst();
    if (target === undefined) throw new HttpError("not_found");
    const activeOwners = owners.filter((owner) => owner.disabled_at === null).map((owner) => owner.id);
    await requireStillOwner(trx, me);
    refuse(me, target, change, activeOwners);
    return applyAccountChange(deps, { trx, by: byAccount(me.accountId), target, change });
  });
  deps.onSessionsEnded(ended);
  deps.mail.kick();
  return row;
}

/** The caller's own role may have been taken while this waited for the lock. */
async function requireStillOwner(trx: Trx, me: AccountCaller): Promise<void> {
  const now = await trx
    .selectFrom("account")
    .select(["role", "disabled_at"])
    .where("id", "=", me.accountId)
    .executeTakeFirst();
  if (now === undefined || now.disabled_at !== null || now.role !== me.role)
    throw new HttpError("not_allowed");
}

type Target = {
  readonly id: string;
  readonly role: AccountRole;
  readonly duties: readonly string[];
  readonly disabled_at: Date | null;
};

function refuse(me: AccountCaller, target: Target, change: Change, activeOwners: readonly string[]): void {
  if (me.role !== "owner" && (target.role === "owner" || change.role === "owner"))
    throw new HttpError("not_allowed");
  // Who looks after the walls is the owner's word alone: an admin could give it to whoever he pleases.
  if (me.role !== "owner" && change.duties !== undefined) throw new HttpError("not_allowed");
  // The same for making somebody go, or come back, who looks after them (BAR-6).
  if (me.role !== "owner" && change.disabled !== undefined && looksAfterWalls(target))
    throw new HttpError("not_allowed");
  const losesOwner = change.disabled === true || (change.role !== undefined && change.role !== "owner");
  if (losesOwner && activeOwners.length === 1 && activeOwners[0] === target.id)
    throw new HttpError("last_owner");
  if (target.id === me.accountId) throw new HttpError("own_account");
}

export function looksAfterWalls({ duties }: Pick<Target, "duties">): boolean {
  return duties.includes("compliance");
}

type Applied = {
  readonly trx: Trx;
  readonly by: LogActor;
  readonly target: Target;
  readonly change: Change;
};

/** On a row that is locked. Give the sessions it ended to `onSessionsEnded` after the commit. */
export async function applyAccountChange(deps: AccountsDeps, { trx, by, target, change }: Applied) {
  const role = change.role ?? target.role;
  const disabledAt =
    change.disabled === undefined
      ? target.disabled_at
      : change.disabled
        ? (target.disabled_at ?? new Date())
        : null;
  const duties = accountDuties.filter((duty) => (change.duties ?? target.duties).includes(duty));
  const updated = await trx
    .updateTable("account")
    .set({ role, disabled_at: disabledAt, duties })
    .where("id", "=", target.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  // A session does not outlive the role it was opened with (IDN-5); duties are read anew with each request.
  const changed = role !== target.role || (disabledAt !== null && target.disabled_at === null);
  const ended = changed ? [...(await endSessions(trx, { accountId: target.id }))] : [];
  if (isRaised(target, { role, duties }))
    ended.push(...(await untieRaised(deps, trx, { accountId: target.id, by })));
  // Nor does a link to a new password outlive the standing for which somebody could be given it (BAR-6).
  if (changed || duties.length !== target.duties.length || duties.some((one) => !target.duties.includes(one)))
    await trx.deleteFrom("recovery_link").where("account_id", "=", target.id).execute();
  if (disabledAt !== null) await takeBackInvitations(trx, target.id);
  if (disabledAt !== null || role !== "owner") await revokeClientsOf(deps, trx, { accountId: target.id, by });
  await deps.log.append(trx, {
    type: "account.changed",
    actor: by,
    data: { accountId: target.id, role, duties, disabled: disabledAt !== null, sessionsEnded: ended.length },
  });
  return { row: accountRowOf(updated, await countFactors(trx, target.id)), ended };
}

/** Links that a disabled account has given out would let somebody in on its word. */
async function takeBackInvitations(trx: Trx, accountId: string): Promise<void> {
  await trx
    .updateTable("invitation")
    .set({ revoked_at: sql`now()` })
    .where("created_by", "=", accountId)
    .where("used_at", "is", null)
    .where("revoked_at", "is", null)
    .execute();
}
