/** Second factors in a real browser against the whole product, with the browser's own virtual authenticator (IDN-2). */
import { createHmac } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser, type TestBrowser } from "../../../packages/testkit/src/browser.ts";
import { owner, startProduct, type Product } from "../../../packages/testkit/src/product.ts";

type Page = Awaited<ReturnType<TestBrowser["context"]["newPage"]>>;

let product: Product;
let browser: TestBrowser;
let page: Page;
let authenticator: Awaited<ReturnType<typeof addAuthenticator>>;
let secret: Buffer;
let usedStep = 0;
/** Browsers know no passkeys for an address that is a number. */
let origin: string;
const broken: string[] = [];

beforeAll(async () => {
  product = await startProduct();
  await product.setUp();
  origin = product.origin.replace("127.0.0.1", "localhost");
  browser = await launchBrowser({
    context: { locale: "ja-JP", timezoneId: "Asia/Tokyo", reducedMotion: "reduce" },
  });
  page = await browser.context.newPage();
  page.setDefaultTimeout(15_000);
  page.on("pageerror", (error) => broken.push(error.message));
  authenticator = await addAuthenticator(page);
});

afterAll(async () => {
  await browser.stop();
  await product[Symbol.asyncDispose]();
});

/** As a laptop with a fingerprint reader: keeps passkeys, and makes sure of the person. */
async function addAuthenticator(target: Page) {
  const devtools = await target.context().newCDPSession(target);
  await devtools.send("WebAuthn.enable");
  const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      ...{ protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  });
  return {
    verifies: (isUserVerified: boolean) =>
      devtools.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified }),
  };
}

const button = (name: string | RegExp) => page.getByRole("button", { name });

async function signInByPassword(): Promise<void> {
  await page.goto(`${origin}/signin`);
  await page.getByLabel("メールアドレス").fill(owner.email);
  await page.getByLabel("パスワード", { exact: true }).fill(owner.password);
  await page.getByRole("button", { name: "サインイン", exact: true }).click();
}

async function signOut(): Promise<void> {
  await page.goto(`${origin}/me/security`);
  await page.getByRole("main").getByRole("button", { name: "サインアウト", exact: true }).click();
  await page.waitForURL("**/signin");
}

/** Of a step that was not used yet; the server takes the one after this one too. */
function freshCode(): string {
  const now = Math.floor(Date.now() / 30_000);
  usedStep = Math.max(usedStep + 1, now);
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(usedStep));
  const mac = createHmac("sha1", secret).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

function fromBase32(text: string): Buffer {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...text].map((one) => letters.indexOf(one).toString(2).padStart(5, "0")).join("");
  return Buffer.from((bits.match(/.{8}/gu) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

test("[IDN-2] an app is set up with the typed secret, and the recovery codes are shown once", async () => {
  await signInByPassword();
  await page.getByText("予定はありません").waitFor();
  await page.goto(`${origin}/me/security`);
  await button("認証アプリを設定").click();
  await page.getByRole("img", { name: "認証アプリで読み取る QR コード" }).waitFor();
  const typed = await page.getByRole("status", { name: "アプリに入力する文字" }).textContent();
  secret = fromBase32((typed ?? "").replaceAll(" ", ""));
  await page.getByLabel("確認コード", { exact: true }).last().fill(freshCode());
  await button("確認する").click();
  await expect
    .poll(() => page.getByRole("list", { name: "復旧コード" }).getByRole("listitem").count())
    .toBe(10);
  await button("保存しました").click();
  await page.getByText("残りは 10 個です。").waitFor();
  expect(broken).toEqual([]);
});

test("[IDN-2] then the password leads to the second step, and the app's code in", async () => {
  await signOut();
  await signInByPassword();
  await page.getByRole("heading", { name: "確認コードを入力してください" }).waitFor();
  await page.getByRole("textbox", { name: "確認コード" }).fill("000000");
  await button("確認する").click();
  await page.getByText("確かめられませんでした。").waitFor();
  // As an input method leaves it: full width.
  const wide = freshCode().replaceAll(/\d/gu, (digit) =>
    String.fromCodePoint((digit.codePointAt(0) ?? 0) + 0xfee0),
  );
  await page.getByRole("textbox", { name: "確認コード" }).fill(wide);
  await page.keyboard.press("Enter");
  await page.getByText("予定はありません").waitFor();
});

test("[IDN-2] a passkey is added, named anew, and alone signs in; without the person it does not", async () => {
  await page.goto(`${origin}/me/security`);
  await button("パスキーを追加").click();
  await page.getByRole("textbox", { name: "名前" }).fill("会社のパソコン");
  await button("追加する").click();
  await page.getByRole("table", { name: "パスキー" }).getByText("会社のパソコン").waitFor();
  // Besides, to sign the other devices out is offered.
  await page.getByRole("dialog").getByRole("button").first().click();
  await button("名前を変える").click();
  await page.getByRole("textbox", { name: "名前" }).fill("窓口のパソコン");
  await page.getByRole("dialog").getByRole("button", { name: "名前を変える" }).click();
  await page.getByRole("table", { name: "パスキー" }).getByText("窓口のパソコン").waitFor();
  await signOut();
  await authenticator.verifies(false);
  await button("パスキーでサインイン").click();
  await page.getByText("パスキーを使えませんでした。").waitFor();
  await authenticator.verifies(true);
  await button("パスキーでサインイン").click();
  await page.getByText("予定はありません").waitFor();
});

test("[IDN-2] a passkey is the second step too, and an answer to another challenge is none", async () => {
  await signOut();
  await signInByPassword();
  await button("パスキーを使う").click();
  await page.getByText("予定はありません").waitFor();
  await signOut();
  // The answer of one browser, sent from another whose challenge is another one, and sent twice.
  const [captured] = await Promise.all([
    page.waitForRequest((request) => request.url().endsWith("/api/sign-in/passkey")),
    button("パスキーでサインイン").click(),
  ]);
  await page.getByText("予定はありません").waitFor();
  const elsewhere = await browser.newContext();
  const headers = { origin, "content-type": "application/json" };
  const post = (path: string, data = "") =>
    elsewhere.request.post(`${origin}${path}`, { headers, ...(data === "" ? {} : { data }) });
  await post("/api/sign-in/passkey/options");
  const replayed = await post("/api/sign-in/passkey", captured.postData() ?? "");
  expect([replayed.status(), await replayed.json()]).toEqual([401, { code: "sign_in_failed" }]);
  await elsewhere.close();
});

test("[IDN-2] the rule leads a colleague to the guided set-up, and afterwards to the page that was asked for", async () => {
  await page.goto(`${origin}/admin/users`);
  await button("利用者を招待").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("氏名").fill("桐生 真帆");
  await dialog.getByLabel("メールアドレス").fill("maho@midorino.example");
  await dialog.getByRole("button", { name: "招待リンクを作る" }).click();
  const link = (await dialog.getByRole("status", { name: "招待リンク" }).textContent()) ?? "";
  await page.goto(`${origin}/admin/organisation`);
  await page.getByRole("checkbox", { name: "すべての利用者" }).check();
  await page.getByText("保存すると、すぐに効きます。").waitFor();
  await button("二要素認証の決まりを保存").click();
  await page.getByText("二要素認証の決まりを保存しました").waitFor();

  const maho = await (await browser.newContext({ locale: "ja-JP", timezoneId: "Asia/Tokyo" })).newPage();
  maho.setDefaultTimeout(15_000);
  await addAuthenticator(maho);
  await maho.goto(link.replace(/^https?:\/\/[^/]+/u, origin));
  await maho.getByLabel("パスワード").fill(owner.password);
  await maho.getByRole("button", { name: /使い始める|アカウントを作る/u }).click();
  await maho.getByRole("heading", { name: "二要素認証の設定" }).waitFor();
  await maho.goto(`${origin}/me`);
  await maho.getByRole("button", { name: "パスキーを追加" }).click();
  await maho.getByRole("button", { name: "保存しました" }).click();
  await maho.getByRole("heading", { name: "自分の設定" }).waitFor();
  await maho.context().close();

  await page.goto(`${origin}/admin/users`);
  await page
    .getByRole("row", { name: /桐生 真帆/u })
    .getByText("パスキー 1")
    .waitFor();
  await page.getByRole("button", { name: "桐生 真帆さんの操作" }).click();
  await page.getByRole("menuitem", { name: "二要素認証を取り消す…" }).click();
  await page.getByRole("button", { name: "取り消す" }).click();
  await page.getByText("桐生 真帆さんの二要素認証を取り消しました").waitFor();
  expect(broken).toEqual([]);
});
