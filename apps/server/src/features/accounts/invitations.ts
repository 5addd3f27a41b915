/** Colleagues come by a link that is good once, for seven days; only its hash is kept. */
import { routes, type AccountRole } from "@sekisho/contract";
import { sql } from "kysely";
import type { Db } from "../../platform/db/database.ts";
import type { LogActor, Trx } from "../../platform/evidence/organisation-log.ts";
import { handle, type BoundRoute, type CallContext } from "../../platform/http/binder.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import { hashToken, newToken, newUuid } from "../../platform/random.ts";
import { invitationRowOf, meOf } from "./account-views.ts";
import {
  addressKey,
  byAccount,
  insertAccount,
  isDuplicate,
  requireGoodName,
  requireGoodPassword,
  type AccountsDeps,
} from "./accounts-deps.ts";
import { signedIn } from "./guards.ts";
import { openSession } from "./open-session.ts";
import { hashPassword } from "./passwords.ts";

const goodForMs = 7 * 24 * 3600 * 1000;

export function invitationRoutes(deps: AccountsDeps): readonly BoundRoute[] {
  return [
    handle(routes.account.invitationCreate, (context) => create(deps, context)),
    handle(routes.account.invitationRevoke, (context) => revoke(deps, context)),
    handle(routes.account.invitationRead, async ({ params }) => {
      const { display_name: displayName, email } = await findOpen(deps.db, params.token);
      const { name } = await deps.db.selectFrom("organisation").select("name").executeTakeFirstOrThrow();
      return { organisation: name, displayName, email };
    }),
    handle(routes.account.invitationAccept, (context) => accept(deps, context)),
  ];
}

async function create(deps: AccountsDeps, context: CallContext<typeof routes.account.invitationCreate>) {
  const me = signedIn(context.caller);
  if (context.body.role === "owner" && me.role !== "owner") throw new HttpError("not_allowed");
  return createInvitation(deps, { ...context.body, createdBy: me.accountId }, byAccount(me.accountId));
}

export type NewInvitation = {
  readonly email: string;
  readonly displayName: string;
  readonly role: AccountRole;
  /** Whose word it is: it is taken back when that account is disabled. */
  readonly createdBy: string;
};

/** The link is answered here once. Throws `email_taken`, `bad_request`. */
export async function createInvitation(
  deps: AccountsDeps,
  { email, displayName, role, createdBy }: NewInvitation,
  actor: LogActor,
) {
  requireGoodName(displayName);
  const token = newToken();
  const row = await deps.db.transaction().execute(async (trx) => {
    if (await addressTaken(trx, email)) throw new HttpError("email_taken");
    await takeBackFor(trx, email);
    const made = await trx
      .insertInto("invitation")
      .values({
        id: newUuid(),
        token_hash: hashToken(token),
        email,
        display_name: displayName.normalize("NFC"),
        role,
        created_by: createdBy,
        expires_at: new Date(Date.now() + goodForMs),
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    await deps.log.append(trx, {
      type: "invitation.created",
      actor,
      data: { invitationId: made.id, role },
      personal: { email, displayName },
    });
    return made;
  });
  return { invitation: invitationRowOf(row), url: `${deps.origin()}/invite/${token}` };
}

async function revoke(deps: AccountsDeps, context: CallContext<typeof routes.account.invitationRevoke>) {
  const me = signedIn(context.caller);
  await deps.db.transaction().execute(async (trx) => {
    const row = await trx
      .updateTable("invitation")
      .set({ revoked_at: new Date() })
      .where("id", "=", context.params.invitationId)
      .where("used_at", "is", null)
      .where("revoked_at", "is", null)
      .returning(["id", "role"])
      .executeTakeFirst();
    if (row === undefined) throw new HttpError("not_found");
    // Thrown inside the transaction: an admin's try on an owner's invitation changes nothing.
    if (row.role === "owner" && me.role !== "owner") throw new HttpError("not_allowed");
    await deps.log.append(trx, {
      type: "invitation.revoked",
      actor: byAccount(me.accountId),
      data: { invitationId: row.id },
    });
  });
  return { ok: true } as const;
}

async function accept(deps: AccountsDeps, context: CallContext<typeof routes.account.invitationAccept>) {
  const { params, body } = context;
  await findOpen(deps.db, params.token);
  requireGoodName(body.displayName);
  requireGoodPassword(body.password);
  const passwordHash = await hashPassword(body.password);
  try {
    const { accountId, ended } = await deps.db.transaction().execute(async (trx) => {
      const invitation = await use(trx, params.token);
      const { email, role } = invitation;
      const account = { email, role, displayName: body.displayName, locale: body.locale, passwordHash };
      const accountId = await insertAccount(trx, account);
      await deps.log.append(trx, {
        type: "account.created",
        actor: byAccount(accountId),
        data: { accountId, role, invitationId: invitation.id },
        personal: { email, displayName: body.displayName },
      });
      return {
        accountId,
        ended: await openSession(deps, trx, context, { id: accountId, email, strength: "password" }),
      };
    });
    deps.onSessionsEnded(ended);
    return await meOf(deps.db, accountId);
  } catch (error) {
    if (isDuplicate(error)) throw new HttpError("invitation_invalid");
    throw error;
  }
}

function openInvitation(db: Db, token: string) {
  return db
    .selectFrom("invitation")
    .selectAll()
    .where("token_hash", "=", hashToken(token))
    .where("used_at", "is", null)
    .where("revoked_at", "is", null)
    .where("expires_at", ">", new Date());
}

async function findOpen(db: Db, token: string) {
  const row = await openInvitation(db, token).executeTakeFirst();
  if (row === undefined) throw new HttpError("invitation_invalid");
  return row;
}

/** Of two who open one link at the same instant, the second finds it used. */
async function use(trx: Trx, token: string): Promise<{ id: string; email: string; role: AccountRole }> {
  const row = await openInvitation(trx, token).forUpdate().executeTakeFirst();
  if (row === undefined) throw new HttpError("invitation_invalid");
  await trx.updateTable("invitation").set({ used_at: new Date() }).where("id", "=", row.id).execute();
  return row;
}

async function addressTaken(trx: Trx, email: string): Promise<boolean> {
  const row = await trx
    .selectFrom("account")
    .select("id")
    .where(sql`lower(email)`, "=", addressKey(email))
    .executeTakeFirst();
  return row !== undefined;
}

/** A second invitation of one address voids the first. */
async function takeBackFor(trx: Trx, email: string): Promise<void> {
  await trx
    .updateTable("invitation")
    .set({ revoked_at: new Date() })
    .where(sql`lower(email)`, "=", addressKey(email))
    .where("used_at", "is", null)
    .where("revoked_at", "is", null)
    .execute();
}
