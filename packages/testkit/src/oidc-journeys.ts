/** Ways to a real OpenID Connect provider and back, through a world's accounts: for server tests. */
import { good, type AccountsWorld } from "./accounts-world.ts";
import { at } from "./answers.ts";
import { testOrigin, type Answer, type TestBrowserClient } from "./feature-app.ts";
import type { TestOidcProvider } from "./oidc-provider.ts";

export type OidcChange = {
  readonly name?: string;
  readonly scopes?: readonly string[];
  readonly secondFactorValues?: readonly string[];
  readonly createAccounts?: boolean;
  readonly linkByAddress?: boolean;
};

export type OidcJourneys = {
  readonly providerId: string;
  readonly owner: TestBrowserClient;
  change(change: OidcChange): Promise<Answer>;
  demand(demanded: boolean): Promise<Answer>;
  switchTo(enabled: boolean): Promise<Answer>;
  tried(login: string): Promise<Answer>;
  signIn(login: string, browser?: TestBrowserClient): Promise<{ answer: Answer; browser: TestBrowserClient }>;
  /** Proves anew who it is; `saying` changes the address on the way, as whoever sits there can. */
  confirm(browser: TestBrowserClient, login: string, onTheWay?: (url: string) => string): Promise<Answer>;
  /** The account of this browser is tied to who `login` is there. */
  link(browser: TestBrowserClient, login: string): Promise<Answer>;
};

type World = Pick<AccountsWorld, "browser">;

/** With a provider that is tried and on. `boss` is who tried it. */
export async function oidcJourneys(
  world: World,
  provider: TestOidcProvider,
  owner: TestBrowserClient,
): Promise<OidcJourneys> {
  provider.people.clear();
  provider.people.set("boss", { email: "boss@midorino.example", emailVerified: true });
  const settingsWith = (change: OidcChange) => ({
    ...{ kind: "oidc", name: "みどり野銀行アカウント", issuer: provider.issuer, clientId: provider.clientId },
    ...{ scopes: ["email", "profile", "groups"], groupsClaim: "groups", primaryGroupClaim: "main_group" },
    ...{ secondFactorValues: [], createAccounts: false, linkByAddress: false },
    ...change,
  });
  const body = { settings: settingsWith({}), clientSecret: provider.clientSecret };
  const made = good(await owner.send("POST", "/api/organisation/providers", body));
  const id = String(at(made, "id"));
  provider.allow(String(at(made, "handover", "redirectUris", 0)));
  const there = async (
    browser: TestBrowserClient,
    path: string,
    login: string,
    onTheWay = (url: string) => url,
  ) => {
    const url = String(at(good(await browser.send("POST", path)), "url"));
    return back(browser, id, await provider.signIn(onTheWay(url), login));
  };
  const journeys: OidcJourneys = {
    ...{ providerId: id, owner },
    change: (change) =>
      owner.send("PUT", `/api/organisation/providers/${id}`, { settings: settingsWith(change) }),
    demand: (demanded) =>
      owner.send("PUT", "/api/organisation/provider-rule", { domains: ["midorino.example"], demanded }),
    switchTo: (enabled) => owner.send("PUT", `/api/organisation/providers/${id}/enabled`, { enabled }),
    tried: (login) => there(owner, `/api/organisation/providers/${id}/trial`, login),
    async signIn(login, browser = world.browser()) {
      return { answer: await there(browser, `/api/sign-in/providers/${id}`, login), browser };
    },
    confirm: (browser, login, onTheWay) => there(browser, `/api/me/providers/${id}/confirm`, login, onTheWay),
    async link(browser, login) {
      provider.people.set(login, provider.people.get(login) ?? {});
      return there(browser, `/api/me/providers/${id}`, login);
    },
  };
  good(await journeys.tried("boss"));
  good(await journeys.switchTo(true));
  good(await journeys.demand(false));
  return journeys;
}

/** As the page of return hands it in. */
export function back(browser: TestBrowserClient, providerId: string, address: string): Promise<Answer> {
  if (!address.startsWith(`${testOrigin}/signin/return/${providerId}?`)) throw new Error(address);
  const answer = new URL(address).search.slice(1);
  return browser.send("POST", `/api/sign-in/providers/${providerId}/finish`, { answer });
}
