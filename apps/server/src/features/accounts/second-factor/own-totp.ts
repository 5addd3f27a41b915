/** One's own authenticator app and recovery codes. */
import { routes } from "@sekisho/contract";
import { create as qrCode } from "qrcode";
import { handle, type BoundRoute, type CallContext } from "../../../platform/http/binder.ts";
import { HttpError } from "../../../platform/http/http-error.ts";
import { byAccount, type AccountsDeps } from "../accounts-deps.ts";
import { signedIn, signingIn } from "../guards.ts";
import { isByProvider } from "./by-provider.ts";
import { afterAdding, afterRemoving, changeFactors } from "./change-factors.ts";
import { countFactors, requireFresh } from "./factors.ts";
import { tellAccount } from "./notices.ts";
import { factorLimits } from "./prove-factor.ts";
import { renewRecoveryCodes } from "./recovery-codes.ts";
import { beginTotp, confirmTotp } from "./totp-store.ts";
import { base32, totpUri } from "./totp.ts";

export function ownTotpRoutes(deps: AccountsDeps): readonly BoundRoute[] {
  const { secondFactor } = routes;
  return [
    handle(secondFactor.totpBegin, ({ caller }) => begin(deps, signingIn(caller))),
    handle(secondFactor.totpConfirm, (context) => confirm(deps, context)),
    handle(secondFactor.totpRemove, ({ caller }) => remove(deps, signedIn(caller))),
    handle(secondFactor.recoveryRenew, ({ caller }) => renew(deps, signedIn(caller))),
  ];
}

type Whose = { readonly accountId: string; readonly sessionId: string };

async function begin(deps: AccountsDeps, { accountId, sessionId }: Whose) {
  await requireFresh(deps.db, { accountId, sessionId }, deps.now());
  const { email } = await deps.db
    .selectFrom("account")
    .select("email")
    .where("id", "=", accountId)
    .executeTakeFirstOrThrow();
  const { name } = await deps.db.selectFrom("organisation").select("name").executeTakeFirstOrThrow();
  const secret = await beginTotp(deps.db, deps.keys, accountId, deps.now());
  const uri = totpUri(secret, name, email);
  const { size, data } = qrCode(uri, { errorCorrectionLevel: "M" }).modules;
  const modules = Array.from(data, (dark) => (dark ? "1" : "0")).join("");
  return { secret: base32(secret), uri, qr: { size, modules } };
}

async function confirm(deps: AccountsDeps, context: CallContext<typeof routes.secondFactor.totpConfirm>) {
  const whose = signingIn(context.caller);
  const { accountId } = whose;
  const bucket = `factor:setup:${whose.sessionId}`;
  await deps.limits.take(bucket, factorLimits.knownBrowser);
  return changeFactors(deps, whose, async (trx) => {
    const byProvider = await isByProvider(trx, whose.sessionId);
    const given = { accountId, code: context.body.code, now: deps.now(), byProvider };
    if (!(await confirmTotp(trx, deps.keys, given))) throw new HttpError("second_factor_failed");
    const answer = await afterAdding(deps, trx, whose, context.reply);
    return {
      answer,
      change: { type: "account.factorAdded", data: { method: "totp" }, notice: "totpAdded" },
    };
  });
}

function remove(deps: AccountsDeps, whose: Whose) {
  return changeFactors(deps, whose, async (trx) => {
    const { numDeletedRows } = await trx
      .deleteFrom("totp")
      .where("account_id", "=", whose.accountId)
      .where("confirmed_at", "is not", null)
      .executeTakeFirst();
    if (numDeletedRows === 0n) throw new HttpError("not_found");
    const answer = await afterRemoving(deps, trx, whose);
    return {
      answer,
      change: { type: "account.factorRemoved", data: { method: "totp" }, notice: "totpRemoved" },
    };
  });
}

async function renew(deps: AccountsDeps, { accountId, sessionId }: Whose) {
  const codes = await deps.db.transaction().execute(async (trx) => {
    await trx.selectFrom("account").select("id").where("id", "=", accountId).forUpdate().execute();
    await requireFresh(trx, { accountId, sessionId }, deps.now());
    const { passkeys, totp } = await countFactors(trx, accountId);
    if (passkeys === 0 && !totp) throw new HttpError("not_found");
    const made = await renewRecoveryCodes(trx, deps.keys, { accountId, sessionId });
    await tellAccount(deps, trx, accountId, "codesMade");
    const entry = { type: "account.recoveryCodesMade", actor: byAccount(accountId), data: { accountId } };
    await deps.log.append(trx, entry);
    return made;
  });
  deps.mail.kick();
  return { codes };
}
