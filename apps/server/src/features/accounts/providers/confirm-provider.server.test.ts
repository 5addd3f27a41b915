import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  accountsWorld,
  good,
  type AccountsWorld,
} from "../../../../../../packages/testkit/src/accounts-world.ts";
import { at } from "../../../../../../packages/testkit/src/answers.ts";
import type { Answer, TestBrowserClient } from "../../../../../../packages/testkit/src/feature-app.ts";
import { oidcJourneys, type OidcJourneys } from "../../../../../../packages/testkit/src/oidc-journeys.ts";
import {
  startOidcProvider,
  type TestOidcProvider,
} from "../../../../../../packages/testkit/src/oidc-provider.ts";
import { startPostgres, type TestPostgres } from "../../../../../../packages/testkit/src/postgres.ts";

let postgres: TestPostgres;
let provider: TestOidcProvider;
let world: AccountsWorld;
let oidc: OidcJourneys;
let browser: TestBrowserClient;

beforeAll(async () => {
  postgres = await startPostgres();
  provider = await startOidcProvider();
});
afterAll(async () => {
  await provider?.[Symbol.asyncDispose]();
  await postgres?.stop();
});
/** Somebody whom the provider alone knows, with a session of some time ago. */
beforeEach(async () => {
  world = await accountsWorld(postgres);
  oidc = await oidcJourneys(world, provider, await world.setUp());
  good(await oidc.change({ createAccounts: true }));
  provider.people.set("maho", { email: "maho@midorino.example", emailVerified: true });
  ({ browser } = await oidc.signIn("maho"));
  await world.base.handle.db
    .updateTable("session")
    .set({ proved_at: new Date(world.clock.now - 3_600_000) })
    .where("provider_id", "is not", null)
    .execute();
  return () => world[Symbol.asyncDispose]();
});

const code = (answer: Answer) => at(answer, "code");
const change = () => browser.send("POST", "/api/me/second-factor/totp");
const cookieOf = () => browser.cookies.get("__Host-sekisho-session");

test("[IDN-2] [IDN-3] whoever signs in by the provider proves anew there who it is, and the session's token turns", async () => {
  expect(code(await change())).toBe("confirm_first");
  const before = cookieOf();
  expect(good(await oidc.confirm(browser, "maho")).body).toEqual({ step: "confirmed" });
  expect(cookieOf()).not.toBe(before);
  good(await change());
  expect((await world.entries("session.confirmed")).at(-1)).toMatchObject({
    ...{ method: "provider", providerId: oidc.providerId },
  });
});

test("[IDN-2] [IDN-3] a provider that did not ask anew proves nothing, whoever took the wish for it out of the address", async () => {
  // What the provider says is older than the way there.
  world.clock.now += 5 * 60_000;
  expect(code(await oidc.confirm(browser, "maho"))).toBe("provider_refused");
  expect(code(await change())).toBe("confirm_first");
  expect((await world.entries("session.refused")).at(-1)).toMatchObject({ problem: "not_anew" });
});

test("[IDN-3] nobody else's proof is this account's, and none counts in another session", async () => {
  provider.people.set("kei", { email: "kei@midorino.example", emailVerified: true });
  const { browser: other } = await oidc.signIn("kei");
  expect(code(await oidc.confirm(browser, "kei"))).toBe("provider_refused");
  expect((await world.entries("session.refused")).at(-1)).toMatchObject({ problem: "somebody_else" });
  expect(code(await change())).toBe("confirm_first");
  const stranger = await world.colleague(oidc.owner, "new@midorino.example");
  const path = `/api/me/providers/${oidc.providerId}/confirm`;
  expect(code(await stranger.browser.send("POST", path))).toBe("not_found");
  expect((await other.send("GET", "/api/me")).status).toBe(200);
});

test("[IDN-2] who has a factor here proves that: the provider's word is none unless the organisation counts it", async () => {
  good(await oidc.confirm(browser, "maho"));
  await world.setUpTotp(browser);
  await world.base.handle.db
    .updateTable("session")
    .set({ proved_at: new Date(world.clock.now - 3_600_000) })
    .where("provider_id", "is not", null)
    .execute();
  expect(code(await oidc.confirm(browser, "maho"))).toBe("second_factor_needed");
  good(await oidc.change({ createAccounts: true, secondFactorValues: ["mfa"] }));
  provider.people.set("maho", { email: "maho@midorino.example", emailVerified: true, amr: ["pwd", "mfa"] });
  good(await oidc.confirm(browser, "maho"));
});

test("[IDN-3] who signs out here is told where to sign out there, with nobody's name or token in the address", async () => {
  const out = good(await browser.send("POST", "/api/sign-out"));
  expect(out.body).toEqual({ ok: true, provider: { id: oidc.providerId, name: "みどり野銀行アカウント" } });
  const path = `/api/sign-in/providers/${oidc.providerId}/end`;
  const url = new URL(String(at(good(await browser.send("POST", path)), "url")));
  expect([url.origin, url.search]).toEqual([provider.issuer, `?client_id=${provider.clientId}`]);
  expect((await fetch(url)).status).toBe(200);
  expect(at(good(await oidc.owner.send("POST", "/api/sign-out")), "provider")).toBeNull();
  const nowhere = path.replace(oidc.providerId, "00000000-0000-4000-8000-000000000000");
  expect((await browser.send("POST", nowhere)).status).toBe(404);
});
