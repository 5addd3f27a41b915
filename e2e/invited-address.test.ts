/** An invited outsider proves the address on the page, with the keyboard alone, while barriers are on (BAR-8). */
import { emptyBarriers, type BarrierChange } from "@sekisho/domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import { layDown } from "../packages/testkit/src/barrier-versions.ts";
import { schedule } from "../packages/testkit/src/meetings.ts";
import { startProduct, type Product } from "../packages/testkit/src/product.ts";
import type { Client } from "../packages/testkit/src/client.ts";
import { startSmtp, textOfMail, type TestSmtp } from "../packages/testkit/src/smtp-server.ts";
import { person, type Page } from "./people.ts";

let smtp: TestSmtp;
let product: Product;
let host: Client;

const address = "marie@yamabukidai.example";
const excepting: BarrierChange = {
  type: "rules.put",
  rules: { ...emptyBarriers.rules, on: true, exceptions: [{ kind: "domain", value: "yamabukidai.example" }] },
};

beforeAll(async () => {
  smtp = await startSmtp();
  product = await startProduct({
    config: {
      ...{ smtpHost: smtp.host, smtpPort: smtp.port, smtpCaFile: smtp.caFile, smtpTls: "starttls" },
      smtpFrom: "sekisho@midorino.example",
    },
  });
  host = await product.setUp();
  await layDown(product, [excepting]);
}, 600_000);
afterAll(async () => {
  await product?.[Symbol.asyncDispose]();
  await smtp?.[Symbol.asyncDispose]();
});

async function codeInMail(count: number): Promise<string> {
  return /^ {4}(\d{6})$/mu.exec(textOfMail(await smtp.mailTo(address, count)))?.[1] ?? "";
}

const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute("name") ?? "");

test("[BAR-8] by the link: address, wrong code, code, badge, waiting room", async () => {
  const meeting = await schedule(host, { whoMayJoin: "signedIn" });
  await using guest = await person();
  const { page } = guest;
  await page.goto(`${product.origin}/m/${meeting.link}`);
  await page.getByLabel("氏名").fill("勅使河原 万里江");
  await page.getByLabel("会議パスコード").fill(meeting.passcode);
  await page.getByRole("button", { name: "招待されたメールアドレスを確かめて入る" }).press("Enter");
  await expect.poll(() => focused(page)).toBe("email");
  await page.keyboard.press("Enter");
  await page.getByText("メールアドレスを確かめてください。", { exact: true }).first().waitFor();
  await page.keyboard.insertText("ｍａｒｉｅ＠ｙａｍａｂｕｋｉｄａｉ．ｅｘａｍｐｌｅ");
  await page.keyboard.press("Enter");
  await expect.poll(() => focused(page)).toBe("code");
  const code = await codeInMail(1);
  await page.keyboard.insertText(code === "111111" ? "222222" : "111111");
  await page.keyboard.press("Enter");
  await page.getByText("確認コードを確かめてください。", { exact: false }).first().waitFor();
  // What was typed is marked, so that typing or pasting again replaces it.
  await page.keyboard.insertText(`${code.slice(0, 3)} ${code.slice(3)}`.replace(/\d/gu, wide));
  await page.keyboard.press("Enter");
  await page.getByText("メールアドレス確認済み（yamabukidai.example）").waitFor();
  expect(await page.getByLabel("氏名").inputValue()).toBe("勅使河原 万里江");
  await page.getByRole("button", { name: "入室を申請する" }).press("Enter");
  await page.getByRole("button", { name: "取りやめる" }).waitFor();
  expect(guest.broken).toEqual([]);
});

test("[BAR-8] [MTG-4] by the number: both ways are offered once the server asks, in English too", async () => {
  const meeting = await schedule(host, { whoMayJoin: "signedIn" });
  await using guest = await person({ locale: "en-GB", viewport: { width: 360, height: 740 } });
  const { page } = guest;
  await page.goto(`${product.origin}/m/${meeting.number}`);
  await page.getByLabel("Passcode").fill(meeting.passcode);
  await page.getByLabel("Name").fill("Marie Teshigawara");
  await page.getByRole("button", { name: "Ask to join" }).click();
  await page.getByRole("button", { name: "Join with the address you were invited at" }).click();
  await page.getByLabel("Email address").fill(address);
  await page.getByRole("button", { name: "Send the code" }).click();
  await page.getByRole("button", { name: /^Send again \(/u }).waitFor();
  await page.getByLabel("Code (6 digits)").fill(await codeInMail(2));
  await page.getByRole("button", { name: "Confirm", exact: true }).click();
  await page.getByText("Address confirmed (yamabukidai.example)").waitFor();
  await page.getByRole("button", { name: "Ask to join" }).click();
  await page.getByRole("button", { name: "Leave" }).waitFor();
  expect(guest.broken).toEqual([]);
});

function wide(digit: string): string {
  return String.fromCodePoint((digit.codePointAt(0) ?? 0) + 0xfee0);
}
