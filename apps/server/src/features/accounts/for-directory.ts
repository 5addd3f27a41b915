/**
 * Accounts for a directory (IDN-3): made, changed and disabled by a machine. Never an owner's; no role, duty or password
 * comes this way; and what was decided here by hand is not undone by a sync.
 */
import { sql } from "kysely";
import { z } from "zod";
import type { DecideOnPerson, DirectoryPerson, PersonOfDirectory } from "../../platform/directory.ts";
import type { LogActor, Trx } from "../../platform/evidence/organisation-log.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import { newToken } from "../../platform/random.ts";
import {
  addressKey,
  insertAccount,
  isDuplicate,
  requireGoodName,
  type AccountsDeps,
} from "./accounts-deps.ts";
import { directoryPerson, directoryRows, sealNames, type DirectoryRow } from "./directory-people.ts";
import { hashPassword } from "./passwords.ts";
import { applyAccountChange, looksAfterWalls } from "./people.ts";
import { reviveAccount } from "./revive-account.ts";

export function createAccountsForDirectory(deps: AccountsDeps) {
  return {
    /** Answers the id. Throws `email_taken`, `bad_request`. */
    create: (person: PersonOfDirectory, actor: LogActor) =>
      inLock(deps, (trx) => createPerson(deps, trx, person, actor)),
    /** Throws `not_found`, `not_allowed`, `email_taken`, `bad_request`. */
    change: (accountId: string, decide: DecideOnPerson, actor: LogActor) =>
      inLock(deps, (trx) => changePerson(deps, trx, { accountId, decide, actor })),
    /** Throws like `change`. */
    remove: (accountId: string, check: (now: DirectoryPerson) => void, actor: LogActor) =>
      inLock(deps, async (trx) => {
        const decide = (now: DirectoryPerson) => {
          check(now);
          return { ...now, active: false };
        };
        const done = await changePerson(deps, trx, { accountId, decide, actor });
        await trx
          .updateTable("directory_user")
          .set({ deleted_at: new Date(), external_id: null })
          .where("account_id", "=", accountId)
          .execute();
        await deps.log.append(trx, { type: "account.leftDirectory", actor, data: { accountId } });
        return done;
      }),
  };
}

type Done<T> = { readonly value: T; readonly ended: readonly string[] };

/** One at a time: two that take one name at one instant do not both find it free. */
async function inLock<T>(deps: AccountsDeps, work: (trx: Trx) => Promise<Done<T>>): Promise<T> {
  try {
    const { value, ended } = await deps.db.transaction().execute(async (trx) => {
      await sql`select pg_advisory_xact_lock(7365, 3)`.execute(trx);
      return work(trx);
    });
    deps.onSessionsEnded(ended);
    deps.mail.kick();
    return value;
  } catch (error) {
    throw isDuplicate(error) ? new HttpError("email_taken") : error;
  }
}

async function createPerson(deps: AccountsDeps, trx: Trx, person: PersonOfDirectory, actor: LogActor) {
  const email = requireAddress(person.email);
  requireGoodName(person.displayName);
  await requireFree(trx, person, null);
  const { displayName, userName } = person;
  // Of a password that nobody knows: there is a way in by a link or by single sign-on, and no other.
  const passwordHash = await hashPassword(newToken());
  const locale = person.locale ?? "ja";
  const account = { email, displayName, passwordHash, role: "member", locale, absent: true } as const;
  const revived = await reviveAccount(trx, account, userName);
  const accountId = revived ?? (await insertAccount(trx, account));
  await takeInvitationsBack(trx, email);
  // What came back is older than this request: its address is not the directory's to change, as its factors are gone.
  const madeHere = revived === null;
  await putDirectoryUser(deps, trx, accountId, { person, madeHere, disabledHere: !person.active });
  if (!person.active) await disable(trx, accountId);
  await deps.log.append(trx, {
    type: revived === null ? "account.created" : "account.revived",
    actor,
    data: { accountId, role: "member", disabled: !person.active },
    personal: { email, displayName },
  });
  return { value: String(accountId), ended: [] };
}

type Change = { readonly accountId: string; readonly decide: DecideOnPerson; readonly actor: LogActor };

async function changePerson(deps: AccountsDeps, trx: Trx, { accountId, decide, actor }: Change) {
  await trx.selectFrom("account").select("id").where("id", "=", accountId).forUpdate().execute();
  const row = await directoryRows(trx).where("account.id", "=", accountId).executeTakeFirst();
  if (row === undefined) throw new HttpError("not_found");
  const now = directoryPerson(deps.keys, row);
  const wanted = decide(now);
  requireAllowed(row, now, wanted);
  await requireFree(trx, wanted, accountId);
  const changed = await changeAccount(trx, now, wanted);
  const disabledHere = wanted.active ? false : now.active || row.disabled_here === true;
  const madeHere = row.made_here === true;
  await putDirectoryUser(deps, trx, accountId, { person: wanted, madeHere, disabledHere });
  if (changed.length > 0)
    await deps.log.append(trx, {
      type: "account.changed",
      actor,
      data: { accountId, fields: changed },
      personal: { displayName: wanted.displayName, email: wanted.email },
    });
  if (wanted.active === now.active) return { value: undefined, ended: [] };
  const target = { id: row.id, role: row.role, duties: row.duties, disabled_at: row.disabled_at };
  const change = { disabled: !wanted.active };
  const { ended } = await applyAccountChange(deps, { trx, by: actor, target, change });
  return { value: undefined, ended };
}

function requireAllowed(row: DirectoryRow, now: DirectoryPerson, wanted: PersonOfDirectory): void {
  if (row.role === "owner") throw new HttpError("last_owner");
  if (wanted.displayName !== now.displayName) requireGoodName(wanted.displayName);
  if (addressKey(wanted.email) !== addressKey(now.email)) {
    // Whoever changes where a link for a new password goes has the account: so only of what it has made itself.
    if (row.made_here !== true || row.role !== "member" || row.duties.length > 0)
      throw new HttpError("not_allowed", { details: ["address"] });
    requireAddress(wanted.email);
  }
  if (wanted.active === now.active) return;
  if (looksAfterWalls(row)) throw new HttpError("not_allowed", { details: ["walls"] });
  if (wanted.active && row.disabled_here !== true)
    throw new HttpError("not_allowed", { details: ["byHand"] });
}

const address = z.email().max(254);

function requireAddress(email: string): string {
  if (!address.safeParse(email.trim()).success)
    throw new HttpError("bad_request", { fields: ["emails.value"] });
  return email.trim();
}

/** Neither as the name of somebody in the directory, nor as the address of an account that is none of it yet. */
async function requireFree(trx: Trx, person: PersonOfDirectory, accountId: string | null): Promise<void> {
  const taken = await directoryRows(trx)
    .where((where) =>
      where.or([
        where(sql`lower(coalesce(user_name, email))`, "=", person.userName.toLowerCase()),
        where(sql`lower(email)`, "=", addressKey(person.email)),
        ...(person.externalId === null ? [] : [where("external_id", "=", person.externalId)]),
      ]),
    )
    .$if(accountId !== null, (query) => query.where("account.id", "<>", accountId ?? ""))
    .limit(1)
    .executeTakeFirst();
  if (taken !== undefined) throw new HttpError("email_taken");
}

/** Answers the names of what changed. */
async function changeAccount(trx: Trx, now: DirectoryPerson, wanted: PersonOfDirectory) {
  const set = {
    ...(wanted.displayName === now.displayName ? {} : { display_name: wanted.displayName.normalize("NFC") }),
    ...(wanted.email === now.email ? {} : { email: wanted.email.trim() }),
    ...(wanted.locale === null || wanted.locale === now.locale ? {} : { locale: wanted.locale }),
  };
  const fields = Object.keys(set);
  if (fields.length > 0) await trx.updateTable("account").set(set).where("id", "=", now.id).execute();
  return fields;
}

type Said = {
  readonly person: PersonOfDirectory;
  readonly madeHere: boolean;
  readonly disabledHere: boolean;
};

async function putDirectoryUser(deps: AccountsDeps, trx: Trx, accountId: string, said: Said): Promise<void> {
  const { person, madeHere, disabledHere } = said;
  const row = {
    user_name: person.userName,
    external_id: person.externalId,
    names_sealed: sealNames(deps.keys, accountId, person),
    made_here: madeHere,
    disabled_here: disabledHere,
    deleted_at: null,
    changed_at: new Date(),
  };
  await trx
    .insertInto("directory_user")
    .values({ account_id: accountId, ...row })
    .onConflict((conflict) => conflict.column("account_id").doUpdateSet(row))
    .execute();
}

async function disable(trx: Trx, accountId: string): Promise<void> {
  await trx.updateTable("account").set({ disabled_at: new Date() }).where("id", "=", accountId).execute();
}

/** Whoever has an account needs no invitation; one that is open would make a second. */
async function takeInvitationsBack(trx: Trx, email: string): Promise<void> {
  await trx
    .updateTable("invitation")
    .set({ revoked_at: new Date() })
    .where(sql`lower(email)`, "=", addressKey(email))
    .where("used_at", "is", null)
    .where("revoked_at", "is", null)
    .execute();
}
