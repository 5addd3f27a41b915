/** Opens a session inside a transaction (IDN-5): the one that this browser had before ends with it. */
import type { SignInStrength } from "@sekisho/contract";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Trx } from "../../platform/evidence/organisation-log.ts";
import type { Caller } from "../../platform/http/caller.ts";
import { isBesideProvider } from "../../platform/http/factor-demand.ts";
import { createSessions } from "../../platform/http/sessions.ts";
import { byAccount, type AccountsDeps } from "./accounts-deps.ts";
import { endSessions } from "./end-sessions.ts";
import { requireStillOn } from "./providers/provider-store.ts";
import { setKnownDevice } from "./sign-in-limits.ts";

export type Browser = {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly caller: Caller;
};

export type SignedIn = {
  readonly id: string;
  readonly email: string;
  readonly strength: SignInStrength;
  /** By whose word; left out: the server's own. */
  readonly providerId?: string | null;
  /** Left out: just now. */
  readonly provedAt?: number;
};

/** By an own way where everybody but owners signs in by a provider: whoever reads the log sees each of these (IDN-3). */
async function isBeside(trx: Trx, { id, providerId }: SignedIn): Promise<boolean> {
  const row = await trx
    .selectFrom("account")
    .select("role")
    .select((eb) => eb.selectFrom("organisation").select("provider_demanded").as("provider_demanded"))
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  return isBesideProvider({ ...row, byProvider: typeof providerId === "string" });
}

/** Last in its transaction. Answers the sessions that ended by it. Throws `sign_in_again` where its provider is off. */
export async function openSession(
  deps: AccountsDeps,
  trx: Trx,
  browser: Browser,
  account: SignedIn,
): Promise<readonly string[]> {
  const { request, reply, caller } = browser;
  if (typeof account.providerId === "string") await requireStillOn(trx, account.providerId, account.id);
  const ended =
    caller.kind === "account" || caller.kind === "limited"
      ? await endSessions(trx, { accountId: caller.accountId, only: caller.sessionId })
      : [];
  const sessionId = await createSessions(trx, deps.sessionLimits, deps.keys).open(request, reply, {
    accountId: account.id,
    strength: account.strength,
    providerId: account.providerId ?? null,
    ...(account.provedAt === undefined ? {} : { provedAt: account.provedAt }),
  });
  setKnownDevice(deps.keys, reply, account.email.toLowerCase());
  await deps.log.append(trx, {
    type: "session.opened",
    actor: byAccount(account.id),
    data: {
      ...{ sessionId, strength: account.strength, providerId: account.providerId ?? undefined },
      besideProvider: (await isBeside(trx, account)) || undefined,
    },
  });
  return ended;
}
