/** Accounts by id and by address, for documents that name people (BAR-12). */
import type { Db } from "../../platform/db/database.ts";
import type { BulkDirectory } from "./bulk-document.ts";

export async function readDirectory(db: Db): Promise<BulkDirectory> {
  const rows = await db.selectFrom("account").select(["id", "email"]).execute();
  return {
    ids: new Set(rows.map((row) => row.id)),
    byEmail: new Map(rows.map((row) => [row.email.toLowerCase(), row.id])),
  };
}
