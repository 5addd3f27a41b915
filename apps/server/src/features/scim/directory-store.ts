/** What this surface reads, and the names that a directory gives to groups. People are changed by the accounts alone. */
import type { Db } from "../../platform/db/database.ts";
import { ScimError } from "./scim-error.ts";
import type { DirectoryReader } from "./ports.ts";

export type DirectoryStore = {
  readonly people: DirectoryReader & {
    /** Of those who are there. */
    names(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  };
  readonly groups: {
    externalIds(): Promise<ReadonlyMap<string, string>>;
    externalIdOf(groupId: string): Promise<string | null>;
    /** Throws `uniqueness`. */
    requireFree(externalId: string | null, groupId: string | null): Promise<void>;
    setExternalId(groupId: string, externalId: string | null): Promise<void>;
  };
};

export function createDirectoryStore(db: Db, people: DirectoryReader): DirectoryStore {
  return {
    people: {
      ...people,
      async names(ids) {
        if (ids.length === 0) return new Map();
        const rows = await db
          .selectFrom("account")
          .leftJoin("directory_user", "account_id", "account.id")
          .select(["account.id", "display_name"])
          .where("account.id", "in", [...new Set(ids)])
          .where("deleted_at", "is", null)
          .execute();
        return new Map(rows.map((row) => [row.id, row.display_name]));
      },
    },
    groups: groupNames(db),
  };
}

function groupNames(db: Db): DirectoryStore["groups"] {
  return {
    async externalIds() {
      const rows = await db.selectFrom("directory_group").selectAll().execute();
      return new Map(rows.map((row) => [row.group_id, row.external_id]));
    },
    async externalIdOf(groupId) {
      const row = await db
        .selectFrom("directory_group")
        .select("external_id")
        .where("group_id", "=", groupId)
        .executeTakeFirst();
      return row?.external_id ?? null;
    },
    async requireFree(externalId, groupId) {
      if (externalId === null) return;
      const row = await db
        .selectFrom("directory_group")
        .select("group_id")
        .where("external_id", "=", externalId)
        .executeTakeFirst();
      if (row !== undefined && row.group_id !== groupId)
        throw new ScimError(409, "uniqueness", "Another group has this externalId.");
    },
    async setExternalId(groupId, externalId) {
      if (externalId === null) {
        await db.deleteFrom("directory_group").where("group_id", "=", groupId).execute();
        return;
      }
      const row = { group_id: groupId, external_id: externalId };
      await db
        .insertInto("directory_group")
        .values(row)
        .onConflict((conflict) => conflict.column("group_id").doUpdateSet(row))
        .execute();
    },
  };
}
