/** What the accounts' feature needs, and the small things its parts share. */
import { id, nameProblem, type Apart } from "@sekisho/domain";
import type { Fact } from "./account-views.ts";
import type { Db } from "../../platform/db/database.ts";
import type { LogActor, OrganisationLog, Trx } from "../../platform/evidence/organisation-log.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import type { RateLimits } from "../../platform/http/rate-limits.ts";
import type { SessionLimits } from "../../platform/http/sessions.ts";
import type { Keys } from "../../platform/keys/keys.ts";
import type { Outbox } from "../../platform/mail/outbox.ts";
import { newId, newNumber, newUuid } from "../../platform/random.ts";
import type { AccountRole } from "@sekisho/contract";
import { passwordProblem } from "./passwords.ts";

export type AccountsDeps = {
  readonly db: Db;
  readonly keys: Keys;
  readonly log: OrganisationLog;
  readonly limits: RateLimits;
  readonly sessionLimits: SessionLimits;
  /** This server's own address, e.g. `https://meet.example.jp`, for links. */
  readonly origin: () => string;
  /** Every address under which pages of this server may be opened. */
  readonly origins: () => readonly string[];
  /** Facts just tested, for the set-up page. */
  /** Who must not know of whom at this moment (BAR-14). */
  readonly apart: () => Promise<Apart>;
  readonly facts: () => Promise<readonly Fact[]>;
  /** Where accounts are told what was changed about them. */
  readonly mail: Pick<Outbox, "put" | "kick">;
  /** A mail server is set; otherwise nobody is promised a message. */
  readonly sendsMail: boolean;
  /** ms since 1970 UTC. */
  readonly now: () => number;
  /** Called after the commit; streams and media of these sessions are closed. */
  readonly onSessionsEnded: (sessionIds: readonly string[]) => void;
  /** Whether a provider on this machine may be asked: only where the whole product is on this machine alone. */
  readonly loopbackAllowed: boolean;
  /** What a provider says of somebody's groups tightens the barriers before the session opens (IDN-3, BAR-6). */
  readonly groupsAtSignIn: (said: GroupsSaid) => Promise<void>;
};

export type GroupsSaid = {
  readonly accountId: string;
  /** By name or id, as the provider calls them. */
  readonly groups: readonly string[];
  readonly primaryGroup: string | null;
  /** Its word is the declared authority: what loosens waits for approval; otherwise it is ignored. */
  readonly authority: boolean;
  readonly providerName: string;
};

export function byAccount(accountId: string): LogActor {
  return { kind: "account", id: accountId };
}

/** Addresses are compared in lower case; the form that was given is kept for show. */
export function addressKey(email: string): string {
  return email.trim().toLowerCase();
}

export function requireGoodPassword(password: string): void {
  const problem = passwordProblem(password);
  if (problem !== null) throw new HttpError(problem);
}

export function requireGoodName(displayName: string): void {
  if (nameProblem(displayName) !== null) throw new HttpError("bad_request", { fields: ["displayName"] });
}

export type NewAccount = {
  readonly email: string;
  readonly displayName: string;
  readonly passwordHash: string;
  readonly role: AccountRole;
  readonly locale: "ja" | "en";
  /** Made for somebody who is not here. */
  readonly absent?: boolean;
};

/** With a personal meeting number of 10 digits and a personal link (MTG-8). Throws on an address that exists. */
export async function insertAccount(trx: Trx, account: NewAccount) {
  const accountId = newUuid();
  await trx
    .insertInto("account")
    .values({
      id: accountId,
      email: account.email.trim(),
      display_name: account.displayName.normalize("NFC"),
      password_hash: account.passwordHash,
      role: account.role,
      locale: account.locale,
      personal_number: await freePersonalNumber(trx),
      personal_link: newId(),
      last_sign_in_at: account.absent === true ? null : new Date(),
    })
    .execute();
  return id.account(accountId);
}

async function freePersonalNumber(trx: Trx): Promise<string> {
  for (;;) {
    const number = newNumber(10);
    const taken = await trx
      .selectFrom("account")
      .select("id")
      .where("personal_number", "=", number)
      .executeTakeFirst();
    if (taken === undefined) return number;
  }
}

/** PostgreSQL's code for a row that exists already. */
export function isDuplicate(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "23505";
}
