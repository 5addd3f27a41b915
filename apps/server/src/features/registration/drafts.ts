/** Words that were typed again for a mailbox before any were confirmed, each under the link that was mailed for them (INV-5). */
import type { Db } from "../../platform/db/database.ts";
import type { Trx } from "../../platform/evidence/organisation-log.ts";
import { hashToken } from "../../platform/random.ts";
import type { RegistrationDeps } from "./registration-deps.ts";
import { linkHash, sealPerson, type RegistrationPerson, type RegistrationRow } from "./registration-rows.ts";

type Typed = {
  readonly person: RegistrationPerson;
  readonly locale: "ja" | "en";
  readonly confirmUntil: Date;
};

/** Beside what there is, on a row that is locked. Answers the registration as this link shows it. */
export async function addDraft(
  { keys }: Pick<RegistrationDeps, "keys">,
  trx: Trx,
  row: RegistrationRow,
  { person, locale, confirmUntil }: Typed,
): Promise<RegistrationRow> {
  const { newest } = await trx
    .selectFrom("registration_draft")
    .select((eb) => eb.fn.max("generation").as("newest"))
    .where("registration_id", "=", row.id)
    .executeTakeFirstOrThrow();
  const generation = Math.max(row.generation, newest ?? 0) + 1;
  const draft = {
    ...{ link_hash: linkHash(keys, row.id, generation), generation, locale, confirm_until: confirmUntil },
    sealed: sealPerson(keys, row.id, person),
  };
  await trx
    .insertInto("registration_draft")
    .values({ registration_id: row.id, ...draft })
    .execute();
  return { ...row, ...draft };
}

/** The registration as this link shows it; undefined: no draft has it. */
export async function draftOf(db: Db, token: string): Promise<RegistrationRow | undefined> {
  const draft = await db
    .selectFrom("registration_draft")
    .selectAll()
    .where("link_hash", "=", hashToken(token))
    .executeTakeFirst();
  if (draft === undefined) return undefined;
  const { registration_id: id, ...words } = draft;
  const row = await db.selectFrom("registration").selectAll().where("id", "=", id).executeTakeFirst();
  return row === undefined ? undefined : { ...row, ...words };
}

/** The link was used: its words are the registration's, and every other link that was mailed is good for nothing. */
export async function adoptDraft(trx: Trx, token: string): Promise<RegistrationRow | undefined> {
  const found = await draftOf(trx, token);
  if (found === undefined) return undefined;
  await trx.selectFrom("registration").select("id").where("id", "=", found.id).forUpdate().execute();
  // Another link may have been used while this waited.
  const draft = await draftOf(trx, token);
  if (draft === undefined) return undefined;
  const { sealed, locale, generation, link_hash, confirm_until } = draft;
  return trx
    .updateTable("registration")
    .set({ sealed, locale, generation, link_hash, confirm_until })
    .where("id", "=", draft.id)
    .returningAll()
    .executeTakeFirst();
}

export async function dropDrafts(trx: Trx, registrationId: string): Promise<void> {
  await trx.deleteFrom("registration_draft").where("registration_id", "=", registrationId).execute();
}
