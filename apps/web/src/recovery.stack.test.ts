/** A forgotten password in a real browser, with a real mail server (IDN-2). */
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser, type TestBrowser } from "../../../packages/testkit/src/browser.ts";
import { colleague } from "../../../packages/testkit/src/colleagues.ts";
import { startProduct, type Product } from "../../../packages/testkit/src/product.ts";
import { startSmtp, textOfMail, type TestSmtp } from "../../../packages/testkit/src/smtp-server.ts";

let smtp: TestSmtp;
let product: Product;
let browser: TestBrowser;

beforeAll(async () => {
  smtp = await startSmtp();
  product = await startProduct({
    config: {
      ...{ smtpHost: smtp.host, smtpPort: smtp.port, smtpCaFile: smtp.caFile, smtpTls: "starttls" },
      smtpFrom: "sekisho@midorino.example",
    },
  });
  browser = await launchBrowser({ context: { locale: "ja-JP", reducedMotion: "reduce" } });
}, 300_000);
afterAll(async () => {
  await browser?.stop();
  await product?.[Symbol.asyncDispose]();
  await smtp?.[Symbol.asyncDispose]();
});

test("[IDN-2] asked for by mail, opened in the same browser, set, and signed in with", async () => {
  const owner = await product.setUp();
  const { me } = await colleague(product, owner);
  const page = await browser.context.newPage();
  const button = (name: string) => page.getByRole("button", { name });
  await page.goto(`${product.origin}/signin`);
  await page.getByRole("link", { name: "パスワードを忘れたとき" }).click();
  await page.getByLabel("メールアドレス").fill(me.email);
  await button("リンクを送る").click();
  await page.getByText("30 分以内に、このブラウザーで開いてください。").waitFor();
  const link = /https?:\/\/\S+\/recover\/[\w-]{43}/u.exec(textOfMail(await smtp.mailTo(me.email)))?.[0] ?? "";

  // Whoever has the mail alone has another browser.
  const thief = await (await browser.newContext({ locale: "en-GB" })).newPage();
  await thief.goto(link);
  await thief.getByText("This link cannot be used.").waitFor();
  await thief.close();

  await page.goto(link);
  await page.getByLabel("新しいパスワード").fill("password1234");
  await button("設定する").click();
  await page.getByText("よそで漏れたものの一覧にあります。").waitFor();
  const fresh = "まったく新しい battery 関所";
  await page.getByLabel("新しいパスワード").fill(fresh);
  await button("設定する").click();
  await page.getByText("新しいパスワードを設定しました。").waitFor();
  await page.getByRole("link", { name: "サインインする" }).click();
  await page.getByLabel("メールアドレス").fill(me.email);
  await page.getByLabel("パスワード").fill(fresh);
  await button("サインイン").first().click();
  await page.getByText("予定はありません").waitFor();
  expect(textOfMail(await smtp.mailTo(me.email, 2))).not.toContain("/recover/");
  await page.goto(link);
  await page.getByText("このリンクは使えません。").waitFor();
}, 120_000);
