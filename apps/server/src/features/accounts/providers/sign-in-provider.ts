/** Signing in by an identity provider: there and back, in one browser, once (IDN-3). */
import { routes, type ProviderSettings } from "@sekisho/contract";
import { handle, type BoundRoute, type CallContext } from "../../../platform/http/binder.ts";
import { HttpError } from "../../../platform/http/http-error.ts";
import { newId } from "../../../platform/random.ts";
import { meOf } from "../account-views.ts";
import type { AccountsDeps } from "../accounts-deps.ts";
import { openSession } from "../open-session.ts";
import { beginAttempt } from "../second-factor/attempts.ts";
import { accountDemanded, methodsOf } from "../second-factor/factors.ts";
import { takeProviderAttempt, type TakenAttempt } from "./attempts.ts";
import { beginJourney } from "./journey.ts";
import { finishConfirm } from "./confirm-provider.ts";
import { finishLink } from "./own-providers.ts";
import type { ProviderClients } from "./provider-clients.ts";
import { findProvider, isDemandedNow, type ProviderRow } from "./provider-store.ts";
import { ProviderFault, saysSecondFactor, type ProviderWord } from "./provider-word.ts";
import { settleAccount, type SettledAccount } from "./settle-account.ts";
import { keepTrial } from "./trial.ts";

type Finishing = CallContext<typeof routes.identityProviders.providerFinish>;

export function providerSignInRoutes(deps: AccountsDeps, clients: ProviderClients): readonly BoundRoute[] {
  const { identityProviders } = routes;
  return [
    handle(identityProviders.providersOffered, async () => {
      const rows = await deps.db
        .selectFrom("identity_provider")
        .select(["id", "settings"])
        .where("enabled", "=", true)
        .orderBy("created_at")
        .execute();
      const providers = rows.map(({ id, settings }) => ({ id, name: settings.name }));
      return { providers, demanded: await isDemandedNow(deps.db) };
    }),
    handle(identityProviders.providerBegin, async ({ params, request, reply }) => {
      const provider = await findProvider(deps.db, params.providerId);
      if (provider === null || !provider.enabled) throw new HttpError("not_found");
      const nobody = { purpose: "signIn", accountId: null, sessionId: null } as const;
      return beginJourney(deps, clients, { request, reply }, { provider, traveller: nobody });
    }),
    handle(identityProviders.providerEnd, async ({ params }) => {
      const provider = await findProvider(deps.db, params.providerId);
      const url = provider?.enabled === true ? await exitOf(clients, provider) : null;
      if (url === null) throw new HttpError("not_found");
      return { url };
    }),
    handle(identityProviders.providerFinish, (context) => finish(deps, clients, context)),
  ];
}

async function exitOf(clients: ProviderClients, provider: ProviderRow): Promise<string | null> {
  try {
    return await clients.exit(provider);
  } catch (error) {
    if (error instanceof ProviderFault) throw new HttpError("provider_unavailable");
    throw error;
  }
}

async function finish(deps: AccountsDeps, clients: ProviderClients, context: Finishing) {
  const { params, body } = context;
  const attempt = await takeProviderAttempt(deps, context, params.providerId);
  const provider = attempt === null ? null : await findProvider(deps.db, params.providerId);
  if (attempt === null || provider === null || !isStill(provider, attempt))
    throw new HttpError("sign_in_again");
  const said = await hear(clients, provider, attempt, body.answer);
  // SAML: nobody has answered this browser's journey, or another browser has.
  if (said === null) throw new HttpError("sign_in_again");
  if (attempt.purpose === "trial")
    return keepTrial(deps, { provider, attempt, said, caller: context.caller });
  if (said instanceof ProviderFault) return refuse(deps, provider, "provider_refused", said.problem);
  if (attempt.purpose === "link")
    return finishLink(deps, { provider, attempt, word: said, caller: context.caller });
  if (attempt.purpose === "confirm") {
    const confirmed = await finishConfirm(deps, context, { provider, attempt, word: said });
    if ("problem" in confirmed) return refuse(deps, provider, "provider_refused", confirmed.problem);
    return confirmed;
  }
  return enter(deps, context, provider, said);
}

/** The provider as it was when the person left: another connection, or one that is off by now, says nothing to us. */
function isStill(provider: ProviderRow, { purpose, connection }: TakenAttempt): boolean {
  return provider.connection === connection && (purpose === "trial" || provider.enabled);
}

async function hear(
  clients: ProviderClients,
  provider: ProviderRow,
  { origin, secrets, answer: posted }: TakenAttempt,
  query: string,
): Promise<ProviderWord | ProviderFault | null> {
  try {
    return await clients.read(provider, { origin, secrets, query, posted });
  } catch (error) {
    if (error instanceof ProviderFault) return error;
    throw error;
  }
}

/** One answer to whoever stands before the page; what it was stands in the log, under the reference. */
async function refuse(
  deps: AccountsDeps,
  provider: ProviderRow,
  code: "provider_refused" | "account_not_linked",
  problem: string,
): Promise<never> {
  const reference = newId();
  await deps.db.transaction().execute((trx) =>
    deps.log.append(trx, {
      type: "session.refused",
      actor: { kind: "nobody" },
      data: { providerId: provider.id, problem, reference },
    }),
  );
  throw new HttpError(code, { reference });
}

async function enter(deps: AccountsDeps, context: Finishing, provider: ProviderRow, word: ProviderWord) {
  const locale = String(context.request.headers["accept-language"] ?? "").startsWith("en") ? "en" : "ja";
  const settled = await settleAccount(deps, { provider, word, locale });
  if (settled === null) return refuse(deps, provider, "account_not_linked", "not_linked");
  if (settled.ended.length > 0) {
    deps.onSessionsEnded(settled.ended);
    deps.mail.kick();
  }
  // Before anything opens: what restricts is in force by then, or nobody comes in (BAR-6).
  await tighten(deps, provider.settings, settled.account.id, word);
  const counted = saysSecondFactor(word, provider.settings.secondFactorValues);
  if (!counted) {
    const methods = await methodsOf(deps.db, settled.account.id);
    if (methods.length > 0) {
      const begun = {
        accountId: settled.account.id,
        challenge: null,
        providerId: provider.id,
        now: deps.now(),
      };
      await beginAttempt(deps.db, context.reply, begun);
      return { step: "secondFactor", methods } as const;
    }
  }
  return open(deps, context, { account: settled.account, provider, word, counted });
}

async function tighten(
  deps: AccountsDeps,
  settings: ProviderSettings,
  accountId: string,
  { groups, primaryGroup }: ProviderWord,
): Promise<void> {
  if (groups === null && primaryGroup === null) return;
  await deps.groupsAtSignIn({
    accountId,
    groups: groups ?? [],
    primaryGroup,
    authority: settings.kind === "saml" && settings.groupsAuthority,
    providerName: settings.name,
  });
}

type Opening = {
  readonly account: SettledAccount;
  readonly provider: ProviderRow;
  readonly word: ProviderWord;
  readonly counted: boolean;
};

async function open(deps: AccountsDeps, context: Finishing, { account, provider, word, counted }: Opening) {
  // As long ago as the provider says: a session there from this morning proves nothing about this minute.
  const provedAt = Math.min(word.provedAt ?? 0, deps.now());
  const strength = counted ? ("secondFactor" as const) : ("password" as const);
  const ended = await deps.db.transaction().execute(async (trx) => {
    await trx
      .updateTable("account")
      .set({ last_sign_in_at: new Date() })
      .where("id", "=", account.id)
      .execute();
    return openSession(deps, trx, context, { ...account, strength, provedAt, providerId: provider.id });
  });
  deps.onSessionsEnded(ended);
  if (!counted && (await accountDemanded(deps.db, { accountId: account.id, byProvider: true })))
    return { step: "setUp" } as const;
  return meOf(deps.db, account.id);
}
