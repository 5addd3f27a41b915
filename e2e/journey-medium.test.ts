/** 002, chapter 5.2: a meeting at medium, from the form to the report, as host, verifier and guest, in both languages. */
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
  startMeeting,
  walkIn,
  type House,
  type Walk,
} from "./journey.ts";
import { pictureFlows } from "./people.ts";

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
  /** Each language takes another one of the ways that a passcode may go. */
  const way = lang === "ja" ? "secondMail" : "oneTimePage";

  beforeAll(async () => {
    walk = await walkIn(house, lang);
  });
  afterAll(() => walk?.[Symbol.asyncDispose]());

  test("[CNF-1] [INV-1] scheduled with class, verifier and guest; link and passcode go by two ways", async () => {
    const { say, host } = walk;
    await signIn(walk, host, "host");
    await beginForm(walk, "medium", lang === "ja" ? "融資条件のご説明" : "Terms of the loan");
    await host.page.getByRole("checkbox", { name: say("schedule", "risk"), exact: true }).check();
    await inviteOutsider(walk, guest);
    await nameVerifier(walk);
    meetingId = await saveForm(walk);
    link = await sendLink(walk, guest.email);
    await sendPasscode(walk, way);
    passcode = way === "secondMail" ? await fromSecondMail() : await fromOneTimePage();
    expect(passcode).toMatch(passcodeShape);
  });

  const fromSecondMail = async () =>
    passcodeShape.exec(textOfMail(await house.smtp.mailTo(guest.secondEmail)))?.[0] ?? "";

  /** The page's address goes where the link went, the code that opens it to the second address. */
  async function fromOneTimePage(): Promise<string> {
    const { say } = walk;
    const { page } = walk.guest;
    const told = textOfMail(await house.smtp.mailTo(guest.email, 2));
    await page.goto(/https?:\S+/u.exec(told)?.[0] ?? "");
    await button(page, say("passcode-page", "ask")).click();
    const mail = textOfMail(await house.smtp.mailTo(guest.secondEmail));
    await page.getByLabel(say("passcode-page", "code")).fill(/\b\d{6}\b/u.exec(mail)?.[0] ?? "");
    await button(page, say("passcode-page", "open")).click();
    const shown = page.getByText(passcodeShape);
    return (await shown.textContent()) ?? "";
  }

  test("[CNF-6] the check before the start tries removal, and says who verifies and who comes from outside", async () => {
    const { say } = walk;
    const found = await checkBefore(walk, true);
    expect(found).toContain(say("meeting-detail", "check.removal.works"));
    const value = house.verifier.me.displayName;
    expect(found).toContain(say("meeting-detail", "check.verifier.named", { value }));
    expect(found).toContain(say("meeting-detail", "check.outsiders.invited", { count: 1 }));
    const what = say("meeting-detail", `check.passcodeWays.of.${way}`, { count: 1 });
    expect(found).toContain(say("meeting-detail", "check.passcodeWays", { what }));
    expect(found).toContain(say("meeting-detail", "check.materials.sent"));
  });

  test("[INV-4] [ADM-3] the guest reads and agrees, asks, and waits before the meeting has begun", async () => {
    const { say } = walk;
    const { page } = walk.guest;
    await page.goto(link);
    await page.getByLabel(say("entry", "passcode")).fill(passcode);
    await page.getByLabel(say("entry", "name")).fill(guest.name);
    await page.getByRole("textbox", { name: say("entry", "affiliation") }).fill(guest.affiliation);
    await page.getByText(say("fact-sheet", "read", { version: 1 })).click();
    await page.getByRole("checkbox", { name: say("fact-sheet", "agree") }).check();
    await page.getByRole("checkbox", { name: say("fact-sheet", "ownPolicy") }).check();
    await button(page, say("entry", "ask")).click();
    await heading(page, say("waiting", "early.title")).waitFor();
  });

  test("[ADM-4] [ADM-13] the verifier hears and sees the guest, and admits by voice and face", async () => {
    const { say, verifier } = walk;
    await startMeeting(walk);
    await signIn(walk, verifier, "verifier");
    await verifier.page.goto(link);
    await button(verifier.page, say("entry", "ask")).click();
    await hasEntered(verifier.page, say);
    await admitByCall(walk, guest.name);
  });

  test("[CNF-1] [SEC-2] they see each other and write; nothing can be shared at this class", async () => {
    const { say, host } = walk;
    await walk.guest.page.locator('[data-control="camera"]').click();
    await pictureFlows(host);
    await chat(say, walk.guest.page, host.page, lang === "ja" ? "資料は 3 枚目です" : "It is on page 3");
    const share = host.page.locator('[data-control="share"]');
    expect(await share.getAttribute("data-unavailable")).not.toBeNull();
  });

  test("[AUD-2] the host ends it; the report says who came, how they were verified, and what was agreed", async () => {
    const { say } = walk;
    await endForEveryone(walk);
    await heading(walk.guest.page, say("stop", "ended.title")).waitFor();
    const row = await reportedAbout(walk, meetingId, guest.name);
    expect(row).toContain(guest.affiliation);
    expect(row).toContain(house.verifier.me.displayName);
    expect(row).toContain(say("meeting-detail", "report.method.voiceAndFace"));
    expect(row).toContain(say("meeting-detail", "report.agreed", { version: 1 }));
    for (const { broken } of [walk.host, walk.verifier, walk.guest]) expect(broken).toEqual([]);
  });
});
