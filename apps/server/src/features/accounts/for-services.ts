/** Accounts for machines (BAR-12): what an API client may do with them. Never with an owner's. */
import type { LogActor } from "../../platform/evidence/organisation-log.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import { requireGoodName, type AccountsDeps } from "./accounts-deps.ts";
import { createInvitation } from "./invitations.ts";
import { applyAccountChange, looksAfterWalls } from "./people.ts";

export type AccountsForServices = ReturnType<typeof createAccountsForServices>;

export function createAccountsForServices(deps: AccountsDeps) {
  return {
    /** A member; an API client makes no admins. Throws `email_taken`. */
    async invite(
      person: { readonly email: string; readonly displayName: string; readonly by: string },
      actor: LogActor,
    ) {
      const wish = { ...person, role: "member", createdBy: person.by } as const;
      const { invitation, url } = await createInvitation(deps, wish, actor);
      return { id: invitation.id, url };
    },
    /** False where none of this id is open; an owner's stays. */
    async revokeInvitation(id: string, actor: LogActor): Promise<boolean> {
      return deps.db.transaction().execute(async (trx) => {
        const row = await trx
          .updateTable("invitation")
          .set({ revoked_at: new Date() })
          .where("id", "=", id)
          .where("role", "<>", "owner")
          .where("used_at", "is", null)
          .where("revoked_at", "is", null)
          .returning("id")
          .executeTakeFirst();
        if (row === undefined) return false;
        await deps.log.append(trx, { type: "invitation.revoked", actor, data: { invitationId: row.id } });
        return true;
      });
    },
    /** Throws `not_allowed` for an owner and for whoever looks after the barriers (BAR-6), `not_found`. */
    async setDisabled(accountId: string, disabled: boolean, actor: LogActor): Promise<void> {
      const { ended } = await deps.db.transaction().execute(async (trx) => {
        const target = await trx
          .selectFrom("account")
          .selectAll()
          .where("id", "=", accountId)
          .forUpdate()
          .executeTakeFirst();
        if (target === undefined) throw new HttpError("not_found");
        if (target.role === "owner" || looksAfterWalls(target)) throw new HttpError("not_allowed");
        return applyAccountChange(deps, { trx, by: actor, target, change: { disabled } });
      });
      deps.onSessionsEnded(ended);
    },
    /** Throws `bad_request` for a name that may not be, `not_allowed` for an owner. */
    async rename(
      accountId: string,
      change: { readonly displayName?: string; readonly locale?: "ja" | "en" },
      actor: LogActor,
    ): Promise<void> {
      const { displayName, locale } = change;
      if (displayName !== undefined) requireGoodName(displayName);
      await deps.db.transaction().execute(async (trx) => {
        const row = await trx
          .updateTable("account")
          .set({
            ...(displayName === undefined ? {} : { display_name: displayName.normalize("NFC") }),
            ...(locale === undefined ? {} : { locale }),
          })
          .where("id", "=", accountId)
          .where("role", "<>", "owner")
          .returning("id")
          .executeTakeFirst();
        if (row === undefined) throw new HttpError("not_allowed");
        await deps.log.append(trx, {
          type: "account.changed",
          actor,
          data: { accountId },
          ...(displayName === undefined ? {} : { personal: { displayName } }),
        });
      });
    },
  };
}
