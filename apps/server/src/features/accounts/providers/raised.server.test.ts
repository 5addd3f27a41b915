import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  accountsWorld,
  good,
  worldOwner,
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
import { verifyAll } from "../../evidence/verify.ts";

let postgres: TestPostgres;
let provider: TestOidcProvider;
let world: AccountsWorld;
let oidc: OidcJourneys;
let owner: TestBrowserClient;

beforeAll(async () => {
  postgres = await startPostgres();
  provider = await startOidcProvider();
});
afterAll(async () => {
  await provider?.[Symbol.asyncDispose]();
  await postgres?.stop();
});
beforeEach(async () => {
  world = await accountsWorld(postgres);
  owner = await world.setUp();
  oidc = await oidcJourneys(world, provider, owner);
  return () => world[Symbol.asyncDispose]();
});

const maho = "maho@midorino.example";
const code = (answer: Answer) => at(answer, "code");
const setTo = async (id: string, change: object) =>
  good(await owner.send("PATCH", `/api/accounts/${id}`, change));

/** A member with a password of her own, tied to who she is at the provider. */
async function tiedMember() {
  const { browser, id } = await world.colleague(owner, maho);
  expect(at(good(await oidc.link(browser, "maho")), "step")).toBe("linked");
  return { browser, id };
}

test("[IDN-3] [BAR-6] whoever is given a role or duty is not found by the tie that the account had as a member", async () => {
  const { id } = await tiedMember();
  for (const [change, back] of [
    [{ duties: ["auditor"] }, { duties: [] }],
    [{ duties: ["compliance"] }, { duties: [] }],
    [{ role: "admin" }, { role: "member" }],
    [{ role: "owner" }, { role: "member" }],
  ]) {
    const { browser } = await oidc.signIn("maho");
    good(await browser.send("GET", "/api/me"));
    await setTo(id, change ?? {});
    expect((await browser.send("GET", "/api/me")).status, JSON.stringify(change)).toBe(401);
    expect(code((await oidc.signIn("maho")).answer), JSON.stringify(change)).toBe("account_not_linked");
    await setTo(id, back ?? {});
    expect(code((await oidc.signIn("maho")).answer)).toBe("account_not_linked");
    // Tied anew by herself, with her own password.
    const own = world.browser();
    good(await world.signIn(maho, undefined, own));
    good(await oidc.link(own, "maho"));
  }
  const untied = await world.entries("account.providerUnlinked");
  expect(untied).toHaveLength(4);
  expect(untied[0]).toMatchObject({ accountId: id, providerId: oidc.providerId, because: "raised" });
  const notices = await world.mailsTo(maho, "accountNotice");
  expect(notices.filter((text) => text.includes("role or duties have changed"))).toHaveLength(4);
  expect((await verifyAll({ db: world.base.handle.db, keys: world.base.keys })).ok).toBe(true);
});

test("[IDN-3] what lowers nobody's standing unties nobody", async () => {
  const { id } = await tiedMember();
  await setTo(id, { duties: ["auditor", "compliance"] });
  const own = world.browser();
  good(await world.signIn(maho, undefined, own));
  good(await oidc.link(own, "maho"));
  await setTo(id, { duties: ["auditor"] });
  expect((await oidc.signIn("maho")).answer.status).toBe(200);
  await setTo(id, { disabled: true });
  await setTo(id, { disabled: false });
  expect((await oidc.signIn("maho")).answer.status).toBe(200);
});

test("[IDN-3] [BAR-6] a second factor that was set up on the provider's word goes with the tie; one's own stays", async () => {
  const { browser, id } = await tiedMember();
  await world.setUpTotp((await oidc.signIn("maho")).browser);
  await setTo(id, { duties: ["compliance"] });
  expect((await browser.send("GET", "/api/me")).status).toBe(401);
  expect(at(good(await world.signIn(maho)), "step")).toBe(undefined);
  await setTo(id, { duties: [] });
  const own = world.browser();
  good(await world.signIn(maho, undefined, own));
  await world.setUpTotp(own);
  await setTo(id, { duties: ["compliance"] });
  expect(at(good(await world.signIn(maho)), "step")).toBe("secondFactor");
});

test("[IDN-3] whoever stands before the second factor when the account is raised does not come in by the provider", async () => {
  const { browser, id } = await tiedMember();
  const { codes } = await world.setUpTotp(browser);
  const { browser: halfway, answer } = await oidc.signIn("maho");
  expect(at(answer, "step")).toBe("secondFactor");
  await setTo(id, { role: "admin" });
  const passed = await halfway.send("POST", "/api/sign-in/second-factor", {
    method: "recovery",
    code: codes[0],
  });
  expect(code(passed)).toBe("sign_in_again");
});

test("[IDN-3] [BAR-6] an owner who changes the connection locks out nobody who looks after barriers: password and second factor stay", async () => {
  const { id } = await tiedMember();
  await setTo(id, { duties: ["compliance"] });
  good(await oidc.demand(true));
  const own = world.browser();
  // Without a second factor the way of one's own is good for setting one up, and for nothing else.
  expect(at(good(await world.signIn(maho, undefined, own)), "step")).toBe("setUp");
  expect((await own.send("GET", "/api/me")).status).toBe(403);
  const totp = await world.setUpTotp(own);
  good(await own.send("GET", "/api/me"));
  good(await oidc.link(own, "maho"));
  good(await own.send("GET", "/api/me"));
  const again = world.browser();
  expect(at(await world.signIn(maho, undefined, again), "step")).toBe("secondFactor");
  const typed = { method: "totp", code: totp.next() };
  good(await again.send("POST", "/api/sign-in/second-factor", typed));
  good(await again.send("GET", "/api/me"));
  expect((await world.entries("session.opened")).at(-1)).toMatchObject({ besideProvider: true });
});

test("[IDN-3] whoever has another role or duty has a way of their own only until the account is tied, and in that session", async () => {
  const { id } = await tiedMember();
  await setTo(id, { role: "admin" });
  good(await oidc.demand(true));
  const own = world.browser();
  good(await world.signIn(maho, undefined, own));
  await world.setUpTotp(own);
  good(await oidc.link(own, "maho"));
  good(await own.send("GET", "/api/me"));
  expect(code(await world.signIn(maho))).toBe("provider_needed");
  good(await oidc.signIn("maho").then(({ answer }) => answer));
  // Owners as ever, by the password alone.
  good(await world.signIn(worldOwner));
});

test("[IDN-3] whoever is tied already is told so, and a member who could not sign in without the tie keeps it", async () => {
  const { browser } = await tiedMember();
  const { browser: other } = await world.colleague(owner, "kei@midorino.example");
  expect(code(await oidc.link(other, "maho"))).toBe("already_tied");
  expect(code(await oidc.link(browser, "second"))).toBe("already_tied");
  good(await oidc.demand(true));
  const { browser: theirs } = await oidc.signIn("maho");
  const untie = () => theirs.send("DELETE", `/api/me/providers/${oidc.providerId}`);
  expect(code(await untie())).toBe("only_way");
  good((await oidc.signIn("maho")).answer);
  good(await oidc.demand(false));
  good(await untie());
  expect(code((await oidc.signIn("maho")).answer)).toBe("account_not_linked");
});
