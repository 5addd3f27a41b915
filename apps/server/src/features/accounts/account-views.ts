/** Rows of the database as the contract shows them. */
import { accountDuties, type AccountDuty } from "@sekisho/contract";
import type { AccountRow, AccountRole, Me, SessionRow } from "@sekisho/contract";
import type { Db } from "../../platform/db/database.ts";
import { HttpError } from "../../platform/http/http-error.ts";

export type Fact = {
  readonly name: "database" | "media" | "https" | "clock" | "removal";
  readonly ok: boolean;
  readonly value: string;
  readonly at: number;
};

export async function meOf(db: Db, accountId: string): Promise<Me> {
  const account = await db
    .selectFrom("account")
    .select(["id", "display_name", "email", "role", "duties", "locale", "personal_number"])
    .where("id", "=", accountId)
    .executeTakeFirst();
  const organisation = await db.selectFrom("organisation").select(["name", "address"]).executeTakeFirst();
  if (account === undefined || organisation === undefined) throw new HttpError("sign_in_required");
  return {
    id: account.id,
    displayName: account.display_name,
    email: account.email,
    role: account.role,
    // Owners have both without being given them.
    duties: account.role === "owner" ? [...accountDuties] : dutiesOf(account.duties),
    locale: account.locale,
    organisation,
    personalNumber: account.personal_number,
  };
}

function dutiesOf(stored: readonly string[]): AccountDuty[] {
  return accountDuties.filter((duty) => stored.includes(duty));
}

type AccountFields = {
  readonly id: string;
  readonly display_name: string;
  readonly email: string;
  readonly role: AccountRole;
  readonly duties: readonly string[];
  readonly disabled_at: Date | null;
  readonly created_at: Date;
  readonly last_sign_in_at: Date | null;
};

export function accountRowOf(row: AccountFields, factors: AccountRow["factors"]): AccountRow {
  return {
    id: row.id,
    displayName: row.display_name,
    email: row.email,
    role: row.role,
    duties: dutiesOf(row.duties),
    disabled: row.disabled_at !== null,
    createdAt: row.created_at.getTime(),
    lastSignInAt: row.last_sign_in_at?.getTime() ?? null,
    factors,
  };
}

type InvitationFields = {
  readonly id: string;
  readonly email: string;
  readonly display_name: string;
  readonly role: AccountRole;
  readonly created_at: Date;
  readonly expires_at: Date;
};

export function invitationRowOf(row: InvitationFields) {
  return {
    id: row.id,
    email: row.email,
    displayName: row.display_name,
    role: row.role,
    createdAt: row.created_at.getTime(),
    expiresAt: row.expires_at.getTime(),
  };
}

type SessionFields = {
  readonly id: string;
  readonly created_at: Date;
  readonly last_seen_at: Date;
  readonly device: string;
  readonly address: string;
};

export function sessionRowOf(row: SessionFields, currentId: string): SessionRow {
  return {
    id: row.id,
    current: row.id === currentId,
    createdAt: row.created_at.getTime(),
    lastSeenAt: row.last_seen_at.getTime(),
    device: row.device,
    address: row.address,
  };
}
