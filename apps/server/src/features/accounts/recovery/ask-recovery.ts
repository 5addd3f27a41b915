/**
 * "Forgotten password": whoever asks is told the same in the same time, whatever the address is. What is sent goes to the
 * account's own address, and opens something in the browser that asked alone.
 */
import type { routes } from "@sekisho/contract";
import { presentable } from "@sekisho/domain";
import type { FastifyRequest } from "fastify";
import { sql } from "kysely";
import type { CallContext } from "../../../platform/http/binder.ts";
import { HttpError } from "../../../platform/http/http-error.ts";
import { notSooner } from "../../../platform/http/floor.ts";
import { isMailbox } from "../../../platform/mail/message.ts";
import { addressKey, type AccountsDeps } from "../accounts-deps.ts";
import { countFactors } from "../second-factor/factors.ts";
import { byMailMs, ensureBrowser, insertLink } from "./recovery-links.ts";
import { takeAskLimits } from "./recovery-limits.ts";
import { recoveryMail, refusalMail } from "./recovery-mail.ts";

const floorMs = 300;

export async function askRecovery(
  deps: AccountsDeps,
  { body, request, reply }: CallContext<typeof routes.recovery.recoveryAsk>,
) {
  if (!deps.sendsMail) throw new HttpError("not_allowed");
  const browser = ensureBrowser(request, reply);
  await notSooner(floorMs, () => send(deps, { request, browser, address: addressKey(body.email) }));
  return { ok: true } as const;
}

type Asked = { readonly request: FastifyRequest; readonly browser: string; readonly address: string };

async function send(deps: AccountsDeps, { request, browser, address }: Asked): Promise<void> {
  const mailLeft = await takeAskLimits(deps, request, address);
  const account = await deps.db
    .selectFrom("account")
    .select(["id", "email", "role", "locale"])
    .where(sql`lower(email)`, "=", address)
    .where("disabled_at", "is", null)
    .executeTakeFirst();
  const { name } = await deps.db.selectFrom("organisation").select("name").executeTakeFirstOrThrow();
  const organisation = presentable(name, 64);
  await deps.db.transaction().execute(async (trx) => {
    if (account !== undefined && mailLeft && isMailbox(account.email)) {
      const goodUntil = deps.now() + byMailMs;
      const to = { to: account.email, organisation, locale: account.locale };
      if (await mayByMail(deps, account)) {
        const token = await insertLink(trx, { accountId: account.id, browser, goodUntil });
        const url = `${deps.origin()}/recover/${token}`;
        await deps.mail.put(trx, recoveryMail({ ...to, url, goodUntil }));
      } else await deps.mail.put(trx, refusalMail({ ...to, goodUntil }));
    }
    await deps.log.append(trx, {
      type: "account.recoveryAsked",
      actor: { kind: "nobody" },
      data: { accountId: account?.id ?? null, sent: account !== undefined && mailLeft },
      personal: { email: address },
    });
  });
  deps.mail.kick();
}

/** Whoever reads an owner's mail must not have the organisation: without a second factor that would be all it takes. */
export async function mayByMail(
  deps: Pick<AccountsDeps, "db">,
  account: { readonly id: string; readonly role: string },
): Promise<boolean> {
  if (account.role !== "owner") return true;
  const { passkeys, totp } = await countFactors(deps.db, account.id);
  return passkeys > 0 || totp;
}
