/** An owner without the web (IDN-1): for somebody with a shell on the server. Voids the set-up link. */
import { nameProblem } from "@sekisho/domain";
import { z } from "zod";
import { insertAccount, isDuplicate } from "../features/accounts/accounts-deps.ts";
import { hashPassword, passwordProblem } from "../features/accounts/passwords.ts";
import { foundOrganisation } from "../features/accounts/setup.ts";
import { AdminProblem } from "./admin-problem.ts";
import type { AdminTools } from "./admin-tools.ts";

export type OwnerWish = {
  readonly email: string;
  readonly name: string;
  /** Needed where there is no organisation yet. */
  readonly organisation: string | undefined;
};

export async function createOwner(
  tools: AdminTools,
  wish: OwnerWish,
  askPassword: () => Promise<string>,
): Promise<void> {
  if (!z.email().max(254).safeParse(wish.email).success)
    throw new AdminProblem("wrongValue", { name: "--email" });
  if (nameProblem(wish.name) !== null) throw new AdminProblem("wrongValue", { name: "--name" });
  const { db } = tools.handle;
  const exists = await db.selectFrom("organisation").select("name").executeTakeFirst();
  const organisationName = wish.organisation?.trim() ?? "";
  if (exists === undefined && organisationName === "")
    throw new AdminProblem("missing", { name: "--organisation" });
  const password = await askPassword();
  const problem = passwordProblem(password);
  if (problem !== null) throw new AdminProblem(problem);
  const owner = {
    email: wish.email,
    displayName: wish.name,
    passwordHash: await hashPassword(password),
    role: "owner",
    locale: tools.config.language,
  } as const;
  try {
    await db.transaction().execute(async (trx) => {
      await trx.deleteFrom("setup_link").execute();
      if (exists === undefined) {
        const founding = { organisationName, organisationAddress: "", by: { kind: "operator" } } as const;
        await foundOrganisation(tools, trx, founding, owner);
        return;
      }
      const accountId = await insertAccount(trx, owner);
      await tools.log.append(trx, {
        type: "account.created",
        actor: { kind: "operator" },
        data: { accountId, role: "owner" },
        personal: { displayName: wish.name, email: wish.email },
      });
    });
  } catch (error) {
    if (isDuplicate(error)) throw new AdminProblem("emailTaken");
    throw error;
  }
  tools.tell("ownerMade", { email: wish.email });
}
