/** One proof of a second factor, whichever it is. Limits come first; every failure is one and the same. */
import type { FactorProof } from "@sekisho/contract";
import type { FastifyRequest } from "fastify";
import { HttpError } from "../../../platform/http/http-error.ts";
import type { Limit } from "../../../platform/http/rate-limits.ts";
import type { AccountsDeps } from "../accounts-deps.ts";
import { knownDeviceOf } from "../sign-in-limits.ts";
import { tellAccount } from "./notices.ts";
import { pageOf, provePasskey } from "./passkeys.ts";
import { spendRecoveryCode } from "./recovery-codes.ts";
import { proveTotp } from "./totp-store.ts";

/**
 * Six digits are guessed in a year of 20 a day with one chance in fifty. Whoever has signed in at this browser before
 * is not subject to the count of strangers: they cannot lock anybody out (IDN-6).
 */
export const factorLimits = {
  strangers: { max: 20, windowSeconds: 86_400 },
  knownBrowser: { max: 10, windowSeconds: 900 },
  oneSession: { max: 10, windowSeconds: 86_400 },
} as const satisfies Record<string, Limit>;

export type Prover = {
  readonly accountId: string;
  /** Signed in already, and asked again. */
  readonly sessionId: string | null;
  readonly challenge: string | null;
};

/** Throws `second_factor_failed`, `too_many_tries`. */
export async function proveFactor(
  deps: AccountsDeps,
  request: FastifyRequest,
  prover: Prover,
  proof: FactorProof,
): Promise<void> {
  const [bucket, limit] = await bucketOf(deps, request, prover);
  await deps.limits.take(bucket, limit);
  if (!(await isProved(deps, { ...prover, page: pageOf(deps, request) }, proof))) {
    await recordFailure(deps, prover.accountId, proof.method);
    throw new HttpError("second_factor_failed");
  }
  await deps.limits.giveBack(bucket, limit);
  if (proof.method === "recovery") await recordRecovery(deps, prover.accountId);
}

async function bucketOf(
  deps: AccountsDeps,
  request: FastifyRequest,
  { accountId, sessionId }: Prover,
): Promise<readonly [string, Limit]> {
  if (sessionId !== null) return [`factor:session:${sessionId}`, factorLimits.oneSession];
  const { email } = await deps.db
    .selectFrom("account")
    .select("email")
    .where("id", "=", accountId)
    .executeTakeFirstOrThrow();
  const device = knownDeviceOf(deps.keys, request.headers.cookie, email.toLowerCase());
  return device === null
    ? [`factor:account:${accountId}`, factorLimits.strangers]
    : [`factor:known:${device}:${accountId}`, factorLimits.knownBrowser];
}

async function isProved(
  deps: AccountsDeps,
  { accountId, challenge, page }: Prover & { readonly page: string },
  proof: FactorProof,
): Promise<boolean> {
  const { db, keys } = deps;
  switch (proof.method) {
    case "totp":
      return proveTotp(db, keys, { accountId, code: proof.code, now: deps.now() });
    case "recovery":
      return spendRecoveryCode(db, keys, accountId, proof.code);
    case "passkey":
      return (
        challenge !== null &&
        (await provePasskey(deps, proof.response, { page, challenge, accountId })) === accountId
      );
  }
}

async function recordFailure(deps: AccountsDeps, accountId: string, method: string): Promise<void> {
  await deps.db.transaction().execute((trx) =>
    deps.log.append(trx, {
      type: "session.refused",
      actor: { kind: "nobody" },
      data: { accountId, method },
    }),
  );
}

async function recordRecovery(deps: AccountsDeps, accountId: string): Promise<void> {
  await deps.db.transaction().execute(async (trx) => {
    await tellAccount(deps, trx, accountId, "codeUsed");
    await deps.log.append(trx, {
      type: "account.recoveryCodeUsed",
      actor: { kind: "account", id: accountId },
      data: { accountId },
    });
  });
  deps.mail.kick();
}
