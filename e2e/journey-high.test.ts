/** 002, chapter 5.1: a meeting at high, from the form to the report, as host, verifier and guest, in both languages. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { textOfMail } from "../packages/testkit/src/smtp-server.ts";
import {
  admitByCall,
  beginForm,
  button,
  chat,
  checkBefore,
  endForEveryone,
  hasEntered,
  heading,
  inviteOutsider,
  nameVerifier,
  openHouse,
  outsiders,
  passcodeShape,
  reportedAbout,
  saveForm,
  sendLink,
  sendPasscode,
  signIn,
  walkIn,
  type House,
  type Walk,
} from "./journey.ts";
import { PATIENCE, pictureFlows, type Page } from "./people.ts";

let house: House;

beforeAll(async () => {
  house = await openHouse();
}, 600_000);
afterAll(() => house?.[Symbol.asyncDispose]());

describe.each(["ja", "en"] as const)("%s", (lang) => {
  let walk: Walk;
  let meetingId: string;
  let link: string;
  let passcode: string;
  const guest = outsiders[lang];
  const topic = lang === "ja" ? "買収の検討" : "The acquisition";

  beforeAll(async () => {
    walk = await walkIn(house, lang);
  });
  afterAll(() => walk?.[Symbol.asyncDispose]());

  test("[CNF-1] [INV-1] [INV-2] scheduled at high; the mail's subject says nothing of it", async () => {
    await signIn(walk, walk.host, "host");
    await beginForm(walk, "high", topic);
    await inviteOutsider(walk, guest);
    await nameVerifier(walk, "high");
    meetingId = await saveForm(walk);
    link = await sendLink(walk, guest.email);
    expect(await house.smtp.mailTo(guest.email)).not.toContain(topic);
    await sendPasscode(walk, "secondMail");
    passcode = passcodeShape.exec(textOfMail(await house.smtp.mailTo(guest.secondEmail)))?.[0] ?? "";
    expect(passcode).toMatch(passcodeShape);
  });

  test("[CNF-6] [ENC-1] the check before the start says that end-to-end encryption works here", async () => {
    const found = await checkBefore(walk, true);
    expect(found).toContain(walk.say("meeting-detail", "check.removal.works"));
    expect(found).toContain(walk.say("meeting-detail", "check.e2ee.here"));
  });

  test("[IDN-4] [INV-4] [SEC-8] the guest proves the address, agrees, declares the device, and asks", async () => {
    const { say } = walk;
    const { page } = walk.guest;
    await page.goto(link);
    await page.getByLabel(say("entry", "passcode")).fill(passcode);
    await page.getByLabel(say("entry", "name")).fill(guest.name);
    await button(page, say("entry", "address.confirm")).click();
    await page.getByLabel(say("invited-address", "email"), { exact: true }).fill(guest.email);
    await button(page, say("invited-address", "send")).click();
    await page.getByLabel(say("invited-address", "code")).fill(await codeFrom(guest.email, 2));
    await button(page, say("invited-address", "check")).click();
    await page.getByRole("checkbox", { name: say("fact-sheet", "agree") }).check();
    await page.getByRole("checkbox", { name: say("fact-sheet", "ownPolicy") }).check();
    await page.getByRole("checkbox", { name: say("fact-sheet", "device") }).check();
    await button(page, say("entry", "ask")).click();
    await heading(page, say("waiting", "early.title")).waitFor();
  });

  /** SEC-8: whoever comes in at high says so, hosts too. */
  const declareDevice = (page: Page) =>
    page.getByRole("checkbox", { name: walk.say("fact-sheet", "device") }).check();

  async function codeFrom(address: string, number: number): Promise<string> {
    return /\b\d{6}\b/u.exec(textOfMail(await house.smtp.mailTo(address, number)))?.[0] ?? "";
  }

  test("[ADM-4] [ADM-13] [ENC-2] the verifier hears and sees the guest over keys of their own, and admits", async () => {
    const { say, verifier } = walk;
    await walk.host.page.getByRole("link", { name: say("meeting-detail", "start") }).click();
    await declareDevice(walk.host.page);
    await button(walk.host.page, say("entry", "start")).click();
    await hasEntered(walk.host.page, say);
    await signIn(walk, verifier, "verifier");
    await verifier.page.goto(link);
    await declareDevice(verifier.page);
    await button(verifier.page, say("entry", "ask")).click();
    await hasEntered(verifier.page, say);
    await admitByCall(walk, guest.name);
  });

  test("[ENC-2] [ENC-5] picture and words arrive; nothing can be shared", async () => {
    const { say, host } = walk;
    await walk.guest.page.locator('[data-control="camera"]').click();
    await pictureFlows(host);
    await chat(say, walk.guest.page, host.page, lang === "ja" ? "資料は 3 枚目です" : "It is on page 3");
    const share = host.page.locator('[data-control="share"]');
    expect(await share.getAttribute("data-unavailable")).not.toBeNull();
  });

  test("[ENC-4] the safety code is the same on every screen", async () => {
    const codes = async () => Promise.all([walk.host, walk.verifier].map(({ page }) => codeOn(page)));
    await expect
      .poll(
        async () => {
          const [one, other] = await codes();
          return one === other && /^\d{30}$/u.test(one ?? "");
        },
        { timeout: PATIENCE },
      )
      .toBe(true);
  });

  async function codeOn(page: Page): Promise<string> {
    const { say } = walk;
    await page.keyboard.press("Alt+k");
    const dialog = page.getByRole("dialog", { name: say("safety-code", "title") });
    const groups = dialog.getByRole("list", { name: say("safety-code", "title") }).getByRole("listitem");
    await groups.first().waitFor();
    const digits = (await groups.allTextContents()).map((text) => /\d{5}/u.exec(text)?.[0] ?? "");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    return digits.join("");
  }

  test("[AUD-2] the host ends it; the report says who came, how they were verified, and what was agreed", async () => {
    const { say } = walk;
    await endForEveryone(walk);
    await heading(walk.guest.page, say("stop", "ended.title")).waitFor();
    const row = await reportedAbout(walk, meetingId, guest.name);
    expect(row).toContain(say("meeting-detail", "report.method.voiceAndFace"));
    expect(row).toContain(say("meeting-detail", "report.agreed", { version: 1 }));
    for (const { broken } of [walk.host, walk.verifier, walk.guest]) expect(broken).toEqual([]);
  });
});
