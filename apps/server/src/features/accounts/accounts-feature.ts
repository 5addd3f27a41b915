/** Set-up, sign-in, own account, colleagues (IDN). */
import type { Caller } from "../../platform/http/caller.ts";
import type { BoundRoute } from "../../platform/http/binder.ts";
import type { AccountsDeps } from "./accounts-deps.ts";
import { directoryTokenRoutes } from "./directory-tokens.ts";
import { createDirectoryReader } from "./directory-people.ts";
import { createAccountsForDirectory } from "./for-directory.ts";
import { createAccountsForServices, type AccountsForServices } from "./for-services.ts";
import { invitationRoutes } from "./invitations.ts";
import { ownAccountRoutes } from "./own-account.ts";
import { peopleRoutes } from "./people.ts";
import { recoveryRoutes } from "./recovery/recovery-routes.ts";
import { createServiceOf } from "./service-credentials.ts";
import { ensureSetupLink, setupRoutes } from "./setup.ts";
import { signInRoutes } from "./sign-in.ts";
import { confirmRoutes } from "./second-factor/confirm.ts";
import { factorRuleRoutes } from "./second-factor/factor-rule.ts";
import { ownPasskeyRoutes } from "./second-factor/own-passkeys.ts";
import { ownTotpRoutes } from "./second-factor/own-totp.ts";
import { resetFactorsRoutes } from "./second-factor/reset-factors.ts";
import { providerRoutes } from "./providers/provider-routes.ts";
import { createProviderClients } from "./providers/provider-clients.ts";
import { confirmProviderRoutes } from "./providers/confirm-provider.ts";
import { ownProviderRoutes } from "./providers/own-providers.ts";
import { providerRuleRoutes } from "./providers/provider-rule.ts";
import { samlRoutes } from "./providers/saml-routes.ts";
import { providerSignInRoutes } from "./providers/sign-in-provider.ts";
import { signInFactorRoutes } from "./second-factor/sign-in-factor.ts";

export type AccountsFeature = {
  readonly routes: readonly BoundRoute[];
  /** The token of a fresh set-up link, to be printed at start; null once there is an owner (IDN-1). */
  ensureSetupLink(): Promise<string | null>;
  readonly serviceOf: (authorization: string) => Promise<Caller | null>;
  readonly forServices: AccountsForServices;
  readonly forDirectory: ReturnType<typeof createAccountsForDirectory> &
    ReturnType<typeof createDirectoryReader>;
};

export function createAccountsFeature(deps: AccountsDeps): AccountsFeature {
  const clients = createProviderClients(deps);
  return {
    routes: [
      ...setupRoutes(deps),
      ...signInRoutes(deps),
      ...signInFactorRoutes(deps),
      ...ownAccountRoutes(deps),
      ...confirmRoutes(deps),
      ...ownPasskeyRoutes(deps),
      ...ownTotpRoutes(deps),
      ...resetFactorsRoutes(deps),
      ...factorRuleRoutes(deps),
      ...peopleRoutes(deps),
      ...invitationRoutes(deps),
      ...providerSignInRoutes(deps, clients),
      ...ownProviderRoutes(deps, clients),
      ...confirmProviderRoutes(deps, clients),
      ...providerRoutes(deps, clients),
      ...providerRuleRoutes(deps),
      ...recoveryRoutes(deps),
      ...samlRoutes(deps, clients),
      ...directoryTokenRoutes(deps),
    ],
    ensureSetupLink: () => ensureSetupLink(deps.db),
    serviceOf: createServiceOf(deps.db),
    forServices: createAccountsForServices(deps),
    forDirectory: { ...createAccountsForDirectory(deps), ...createDirectoryReader(deps) },
  };
}
