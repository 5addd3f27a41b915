/** The first start (IDN-1): no default credentials, but a link that is good once and dies with the next start. */
import { routes } from "@sekisho/contract";
import { handle, type BoundRoute, type CallContext } from "../../platform/http/binder.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import { hashToken, newToken } from "../../platform/random.ts";
import type { Db } from "../../platform/db/database.ts";
import type { LogActor, Trx } from "../../platform/evidence/organisation-log.ts";
import { meOf } from "./account-views.ts";
import {
  byAccount,
  insertAccount,
  isDuplicate,
  requireGoodName,
  requireGoodPassword,
  type AccountsDeps,
  type NewAccount,
} from "./accounts-deps.ts";
import { defaultRules } from "./default-rules.ts";
import { openSession } from "./open-session.ts";
import { hashPassword } from "./passwords.ts";

export function setupRoutes(deps: AccountsDeps): readonly BoundRoute[] {
  return [
    handle(routes.account.setupRead, async ({ params }) => {
      await requireLink(deps.db, params.token);
      return { facts: [...(await deps.facts())] };
    }),
    handle(routes.account.setupComplete, (context) => complete(deps, context)),
  ];
}

/**
 * The token to print, or null once there is an owner. Each call makes a new link and voids the one before; only its
 * hash is kept.
 */
export async function ensureSetupLink(db: Db): Promise<string | null> {
  return db.transaction().execute(async (trx) => {
    await trx.deleteFrom("setup_link").execute();
    if (await ownerExists(trx)) return null;
    const token = newToken();
    await trx
      .insertInto("setup_link")
      .values({ token_hash: hashToken(token) })
      .execute();
    return token;
  });
}

export async function ownerExists(db: Db): Promise<boolean> {
  const owner = await db.selectFrom("account").select("id").where("role", "=", "owner").executeTakeFirst();
  return owner !== undefined;
}

async function requireLink(db: Db, token: string): Promise<void> {
  const link = await db
    .selectFrom("setup_link")
    .select("created_at")
    .where("token_hash", "=", hashToken(token))
    .where("used_at", "is", null)
    .executeTakeFirst();
  if (link === undefined || (await ownerExists(db))) throw new HttpError("setup_link_invalid");
}

async function complete(deps: AccountsDeps, context: CallContext<typeof routes.account.setupComplete>) {
  const { params, body } = context;
  await requireLink(deps.db, params.token);
  requireGoodName(body.displayName);
  requireGoodPassword(body.password);
  const passwordHash = await hashPassword(body.password);
  try {
    const { accountId, ended } = await deps.db.transaction().execute(async (trx) => {
      // Of two at the same instant the second waits on this row, and then finds it used.
      const { numUpdatedRows } = await trx
        .updateTable("setup_link")
        .set({ used_at: new Date() })
        .where("token_hash", "=", hashToken(params.token))
        .where("used_at", "is", null)
        .executeTakeFirst();
      if (numUpdatedRows !== 1n || (await ownerExists(trx))) throw new HttpError("setup_link_invalid");
      const owner = { ...body, passwordHash, role: "owner" } as const;
      const accountId = await foundOrganisation(deps, trx, body, owner);
      return {
        accountId,
        ended: await openSession(deps, trx, context, {
          id: accountId,
          email: body.email,
          strength: "password",
        }),
      };
    });
    deps.onSessionsEnded(ended);
    return await meOf(deps.db, accountId);
  } catch (error) {
    if (isDuplicate(error)) throw new HttpError("setup_link_invalid");
    throw error;
  }
}

export type Founding = {
  readonly organisationName: string;
  readonly organisationAddress: string;
  /** Who does it, if not the new owner. */
  readonly by?: LogActor;
};

/** Organisation and owner together; throws on a duplicate where there is an organisation already. */
export async function foundOrganisation(
  deps: Pick<AccountsDeps, "log">,
  trx: Trx,
  founding: Founding,
  owner: NewAccount,
) {
  await trx
    .insertInto("organisation")
    .values({
      name: founding.organisationName,
      address: founding.organisationAddress,
      rules: JSON.stringify(defaultRules),
    })
    .execute();
  const accountId = await insertAccount(trx, owner);
  const actor = founding.by ?? byAccount(accountId);
  const personal = { displayName: owner.displayName, email: owner.email };
  await deps.log.append(trx, { type: "organisation.created", actor, data: { rules: defaultRules } });
  await deps.log.append(trx, {
    type: "account.created",
    actor,
    data: { accountId, role: owner.role },
    personal,
  });
  return accountId;
}
