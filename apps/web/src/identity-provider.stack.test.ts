/** Signing in by identity providers in a real browser, at the providers' own pages, which are another site (IDN-3). */
import { createServer } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser, type TestBrowser } from "../../../packages/testkit/src/browser.ts";
import type { Client } from "../../../packages/testkit/src/client.ts";
import { startOidcProvider, type TestOidcProvider } from "../../../packages/testkit/src/oidc-provider.ts";
import { owner, startProduct, type Product } from "../../../packages/testkit/src/product.ts";
import { createSamlProvider } from "../../../packages/testkit/src/saml-provider.ts";

let product: Product;
let provider: TestOidcProvider;
let browser: TestBrowser;
let admin: Client;
let origin: string;
const broken: string[] = [];

beforeAll(async () => {
  product = await startProduct();
  admin = await product.setUp();
  provider = await startOidcProvider();
  // Another site than the providers', which are on 127.0.0.1.
  origin = product.origin.replace("127.0.0.1", "localhost");
  browser = await launchBrowser({
    context: { locale: "ja-JP", timezoneId: "Asia/Tokyo", reducedMotion: "reduce" },
  });
}, 300_000);

afterAll(async () => {
  await browser?.stop();
  await provider?.[Symbol.asyncDispose]();
  await product?.[Symbol.asyncDispose]();
});

async function newPage() {
  const context = await browser.newContext({
    locale: "ja-JP",
    timezoneId: "Asia/Tokyo",
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  page.on("pageerror", (error) => broken.push(error.message));
  return page;
}

test("[IDN-3] an owner sets a provider up, tries it, switches it on, and a colleague signs in at its page", async () => {
  const page = await newPage();
  await page.goto(`${origin}/signin`);
  await page.getByLabel("メールアドレス").fill(owner.email);
  await page.getByLabel("パスワード", { exact: true }).fill(owner.password);
  await page.getByRole("button", { name: "サインイン", exact: true }).click();
  await page.getByRole("link", { name: "ID プロバイダー" }).click();
  await page.getByRole("button", { name: "追加する" }).click();
  await page.getByRole("menuitem", { name: "OpenID Connect" }).click();
  await page.getByLabel("名前", { exact: false }).first().fill("みどり野銀行アカウント");
  await page.getByLabel("発行者（issuer）").fill(provider.issuer);
  await page.getByLabel("クライアント ID").fill(provider.clientId);
  await page.getByLabel("クライアントシークレット").fill(provider.clientSecret);
  await page.getByText("はじめての人の利用者を作る").click();
  await page.getByRole("button", { name: "保存する", exact: true }).click();
  await page.getByRole("button", { name: "試す" }).waitFor();
  const { providers } = await admin.ok<{ providers: { id: string; handover: { redirectUris: string[] } }[] }>(
    "GET",
    "/api/organisation/providers",
  );
  provider.allow(...(providers[0]?.handover.redirectUris ?? []));
  provider.people.set("rina", { email: owner.email, emailVerified: true, groups: ["融資部"] });
  await page.getByRole("button", { name: "試す" }).click();
  await page.getByLabel("Login").fill("rina");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByText("サインインできました。届いたものは、次のとおりです。").waitFor();
  await page.getByRole("button", { name: "オンにする" }).click();
  await page.getByText("サインインのページに出ています").waitFor();
  await page.getByLabel("組織のドメイン").fill("midorino.example");
  await page.getByRole("button", { name: "決まりを保存する" }).click();
  await page.getByText("保存しました。").waitFor();

  provider.people.set("maho", { email: "maho@midorino.example", emailVerified: true, name: "桐生 真帆" });
  const colleague = await newPage();
  await colleague.goto(`${origin}/signin`);
  await colleague.getByRole("button", { name: "みどり野銀行アカウントでサインイン" }).click();
  await colleague.getByLabel("Login").fill("maho");
  await colleague.getByRole("button", { name: "Continue" }).click();
  await colleague.getByText("桐生 真帆").first().waitFor();
  // Nothing of what came back stays in the address or the history.
  expect(colleague.url()).toBe(`${origin}/`);

  const stranger = await newPage();
  provider.people.set("eve", { email: "eve@evil.example", emailVerified: true });
  await stranger.goto(`${origin}/signin`);
  await stranger.getByRole("button", { name: "みどり野銀行アカウントでサインイン" }).click();
  await stranger.getByLabel("Login").fill("eve");
  await stranger.getByRole("button", { name: "Continue" }).click();
  await stranger.getByRole("heading", { name: "サインインできませんでした" }).waitFor();
  expect(stranger.url()).not.toContain("code=");
  expect(broken).toEqual([]);
}, 600_000);

test("[IDN-3] a SAML answer that another site's page posts finds its browser by that browser's own cookie", async () => {
  const saml = await createSamlProvider("https://idp.midorino.example/saml");
  let ours = "";
  const site = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://idp");
    const person = {
      nameId: "8c1f0e7a",
      attributes: { mail: ["megumi@midorino.example"], displayName: ["外山 恵"] },
    };
    void saml.answer(`https://idp${url.search}`, ours, person).then(({ SAMLResponse, RelayState }) => {
      const action = /AssertionConsumerService [^>]*Location="([^"]+)"/u.exec(ours)?.[1] ?? "";
      response.writeHead(200, { "content-type": "text/html" });
      response.end(`<form method="post" action="${action.replace(product.origin, origin)}">
        <input type="hidden" name="SAMLResponse" value="${SAMLResponse}">
        <input type="hidden" name="RelayState" value="${RelayState}"><button>Continue</button></form>`);
    });
  });
  await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
  const address = site.address();
  const port = address === null || typeof address === "string" ? 0 : address.port;
  try {
    const { id } = await admin.ok<{ id: string }>("POST", "/api/organisation/providers", {
      settings: {
        ...{
          kind: "saml",
          name: "SAML",
          entityId: saml.entityId,
          entryPoint: `http://127.0.0.1:${port}/sso`,
        },
        ...{ certificates: [saml.certificate], subjectAttribute: "", emailAttribute: "mail" },
        ...{
          nameAttribute: "displayName",
          groupsAttribute: "",
          primaryGroupAttribute: "",
          groupsAuthority: false,
        },
        ...{ secondFactorValues: [], createAccounts: true, linkByAddress: false },
      },
    });
    ours = String((await admin.send("GET", `/api/sso/saml/${id}/metadata`)).body);
    const page = await newPage();
    await page.goto(`${origin}/signin`);
    await page.getByLabel("メールアドレス").fill(owner.email);
    await page.getByLabel("パスワード", { exact: true }).fill(owner.password);
    await page.getByRole("button", { name: "サインイン", exact: true }).click();
    await page.getByRole("link", { name: "ID プロバイダー" }).click();
    await page.getByRole("button", { name: "試す" }).last().click();
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByText("megumi@midorino.example").waitFor();
    await page.getByRole("button", { name: "オンにする" }).click();
    await expect
      .poll(async () => (await admin.send("GET", "/api/sign-in/providers")).body)
      .toMatchObject({
        providers: [{}, { name: "SAML" }],
      });
    const colleague = await newPage();
    await colleague.goto(`${origin}/signin`);
    await colleague.getByRole("button", { name: "SAMLでサインイン" }).click();
    await colleague.getByRole("button", { name: "Continue" }).click();
    await colleague.getByText("外山 恵").first().waitFor();
    expect(broken).toEqual([]);
  } finally {
    site.closeAllConnections();
    await new Promise<void>((resolve) => site.close(() => resolve()));
  }
}, 600_000);
