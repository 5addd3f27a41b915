/** Accounts as `/v2` names them: by id, by address, or `me`. */
import type { AccountRole } from "@sekisho/contract";
import { sql } from "kysely";
import type { Db } from "../../platform/db/database.ts";
import { V2Error } from "./v2-error.ts";

export type UserRow = {
  readonly id: string;
  readonly email: string;
  readonly display_name: string;
  readonly role: AccountRole;
  readonly locale: "ja" | "en";
  readonly personal_number: string;
  readonly personal_link: string;
  readonly disabled_at: Date | null;
  readonly created_at: Date;
  readonly last_sign_in_at: Date | null;
};

const columns = [
  "id",
  "email",
  "display_name",
  "role",
  "locale",
  "personal_number",
  "personal_link",
  "disabled_at",
  "created_at",
  "last_sign_in_at",
] as const;

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/iu;

export function isUuid(text: string): boolean {
  return uuid.test(text);
}

/** `me`: whom the client acts for. Throws `user_not_found`. */
export async function accountOf(db: Db, text: string, me: string | null): Promise<UserRow> {
  const wanted = text === "me" && me !== null ? me : text;
  const query = db.selectFrom("account").select(columns);
  const row = isUuid(wanted)
    ? await query.where("id", "=", wanted).executeTakeFirst()
    : wanted.includes("@")
      ? await query.where(sql`lower(email)`, "=", wanted.trim().toLowerCase()).executeTakeFirst()
      : undefined;
  if (row === undefined) throw new V2Error("user_not_found", text);
  return row;
}

export async function accountsByIds(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, UserRow>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom("account")
    .select(columns)
    .where("id", "in", [...ids])
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

export type UserPage = {
  readonly disabled: boolean;
  readonly role: AccountRole | null;
  readonly after: string | null;
  readonly skip: number;
  readonly count: number;
};

/** Ordered by id, one more than asked for where there is one. */
export async function userPage(db: Db, page: UserPage) {
  let rows = db.selectFrom("account").where("disabled_at", page.disabled ? "is not" : "is", null);
  if (page.role !== null) rows = rows.where("role", "=", page.role);
  const { total } = await rows
    .select((count) => count.fn.countAll<string>().as("total"))
    .executeTakeFirstOrThrow();
  let list = rows
    .select(columns)
    .orderBy("id")
    .limit(page.count + 1)
    .offset(page.skip);
  if (page.after !== null) list = list.where("id", ">", page.after);
  return { total: Number(total), rows: await list.execute() };
}
