/** Accounts as a directory sees them: the account's row, and beside it what the directory alone says (IDN-3). */
import { sql, type RawBuilder } from "kysely";
import type { Db } from "../../platform/db/database.ts";
import type { DirectoryPerson } from "../../platform/directory.ts";
import type { Keys } from "../../platform/keys/keys.ts";

/** Accounts that the directory has not taken away, with `user_name` for those, too, of which it has said nothing yet. */
export function directoryRows(db: Db) {
  return db
    .selectFrom("account")
    .leftJoin("directory_user", "directory_user.account_id", "account.id")
    .where("directory_user.deleted_at", "is", null)
    .select([
      ...(["account.id", "email", "display_name", "role", "duties", "locale"] as const),
      ...(["disabled_at", "created_at", "account.changed_at"] as const),
      ...(["external_id", "names_sealed", "made_here", "disabled_here"] as const),
      "directory_user.changed_at as said_at",
    ])
    .select(sql<string>`coalesce(user_name, email)`.as("user_name"));
}

export type DirectoryRow = Awaited<ReturnType<ReturnType<typeof directoryRows>["execute"]>>[number];

type Names = { readonly givenName: string | null; readonly familyName: string | null };

export function directoryPerson(keys: Keys, row: DirectoryRow): DirectoryPerson {
  const { id, role, email, locale } = row;
  const said = row.said_at ?? row.changed_at;
  return {
    ...{ id, role, email, locale, userName: row.user_name, externalId: row.external_id },
    ...openNames(keys, id, row.names_sealed),
    displayName: row.display_name,
    active: row.disabled_at === null,
    createdAt: row.created_at,
    changedAt: said > row.changed_at ? said : row.changed_at,
  };
}

/** Null: there are none. */
export function sealNames(keys: Keys, accountId: string, { givenName, familyName }: Names): Buffer | null {
  if (givenName === null && familyName === null) return null;
  const plain = Buffer.from(JSON.stringify([givenName, familyName]));
  return keys.seal("directory-names", plain, accountId);
}

function openNames(keys: Keys, accountId: string, sealed: Buffer | null): Names {
  if (sealed === null) return { givenName: null, familyName: null };
  const names: unknown = JSON.parse(keys.open("directory-names", sealed, accountId).toString("utf8"));
  const [givenName = null, familyName = null] = Array.isArray(names)
    ? names.map((one: unknown) => (typeof one === "string" ? one : null))
    : [];
  return { givenName, familyName };
}

type Page = { readonly startIndex: number; readonly count: number };

/** In the order of their ids. `where` speaks of the columns of `account` and `directory_user`. */
export function createDirectoryReader({ db, keys }: { readonly db: Db; readonly keys: Keys }) {
  return {
    /** Null: none, or one that the directory has taken away. */
    async find(accountId: string): Promise<DirectoryPerson | null> {
      const row = await directoryRows(db).where("account.id", "=", accountId).executeTakeFirst();
      return row === undefined ? null : directoryPerson(keys, row);
    },
    async list(where: RawBuilder<boolean> | null, { startIndex, count }: Page) {
      const rows = directoryRows(db).$if(where !== null, (query) => query.where(where ?? sql<boolean>`true`));
      const { total } = await db
        .selectFrom(rows.as("found"))
        .select((eb) => eb.fn.countAll<string>().as("total"))
        .executeTakeFirstOrThrow();
      const page = await rows
        .orderBy("account.id")
        .limit(count)
        .offset(startIndex - 1)
        .execute();
      return { total: Number(total), people: page.map((row) => directoryPerson(keys, row)) };
    },
  };
}
