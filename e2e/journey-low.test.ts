/** 002, chapter 5.3: a course at low that people register for, from the form to the report, in both languages. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { textOfMail } from "../packages/testkit/src/smtp-server.ts";
import {
  arrangeRegistration,
  beginForm,
  button,
  chat,
  checkBefore,
  chooseMethod,
  confirmRegistration,
  endForEveryone,
  fillRegistration,
  hasEntered,
  heading,
  nameVerifier,
  openHouse,
  passcodeShape,
  reportedAbout,
  saveForm,
  saveRegistration,
  signIn,
  walkIn,
  type House,
  type Walk,
} from "./journey.ts";
import { pressWhenStill } from "./people.ts";

let house: House;

beforeAll(async () => {
  house = await openHouse();
}, 600_000);
afterAll(() => house?.[Symbol.asyncDispose]());

const courses = {
  ja: {
    ...{ topic: "相続の基礎講座", question: "ご質問はありますか", answer: "税のことを知りたい" },
    guest: { name: "大庭 修一郎", affiliation: "常磐木製作所", email: "oba@tokiwagi.example" },
  },
  en: {
    ...{ topic: "Basics of inheritance", question: "What would you like to ask?", answer: "About the tax" },
    guest: {
      ...{ name: "Marie Teshigawara", affiliation: "Yamabukidai Clinic" },
      email: "marie@yamabukidai.example",
    },
  },
} as const;

describe.each(["ja", "en"] as const)("%s", (lang) => {
  let walk: Walk;
  let meetingId: string;
  let form: string;
  const { topic, question, answer, guest } = courses[lang];

  beforeAll(async () => {
    walk = await walkIn(house, lang);
  });
  afterAll(() => walk?.[Symbol.asyncDispose]());

  test("[CNF-1] [INV-5] a course is scheduled: registration instead of a passcode, with a question of the host's", async () => {
    const { say } = walk;
    const { page } = walk.host;
    await signIn(walk, walk.host, "host");
    await beginForm(walk, "low", topic);
    await nameVerifier(walk);
    meetingId = await saveForm(walk);
    await page.getByText(say("meeting-detail", "noPasscodeNote")).waitFor();
    await arrangeRegistration(walk);
    await button(page, say("registrations", "questions.add")).click();
    await page.getByLabel(say("registrations", "question", { number: 1 }), { exact: true }).fill(question);
    await page.getByRole("checkbox", { name: say("registrations", "question.required") }).check();
    form = await saveRegistration(walk);
  });

  test("[INV-5] the guest registers, answers, and confirms the address; the own link comes by mail", async () => {
    const { say } = walk;
    const { page } = walk.guest;
    await page.goto(form);
    await page.getByText(topic).waitFor();
    await fillRegistration(say, page, guest);
    await button(page, say("registration", "submit")).click();
    await page.getByText(say("registration", "error.missing")).waitFor();
    await page.getByLabel(question).fill(answer);
    await button(page, say("registration", "submit")).click();
    const own = await confirmRegistration(walk, page, guest.email);
    await heading(page, say("registration", "own.registered.title")).waitFor();
    const told = textOfMail(await house.smtp.mailTo(guest.email, 2));
    expect(told).toContain(own);
    expect(told).not.toMatch(passcodeShape);
    await walk.host.page.reload();
    await walk.host.page.getByText(answer).waitFor();
  });

  test("[INV-5] [ADM-2] the own link leads to the meeting's door, the name is known, and the guest waits", async () => {
    const { say } = walk;
    const { page } = walk.guest;
    await button(page, say("registration", "own.open")).click();
    await page.getByText(guest.name).first().waitFor();
    expect(await page.getByLabel(say("entry", "name"), { exact: true }).count()).toBe(0);
    await button(page, say("entry", "ask")).click();
    await heading(page, say("waiting", "early.title")).waitFor();
  });

  async function checkAtTheDoor({ say, host: { page } }: Walk): Promise<void> {
    await page.getByRole("link", { name: say("meeting-detail", "start") }).click();
    await button(page, say("meeting-detail", "check")).click();
    const found = await checkBefore(walk, false);
    const what = say("meeting-detail", "check.registration.of.registered", { count: 1 });
    expect(found).toContain(say("meeting-detail", "check.registration", { what }));
    await page.keyboard.press("Escape");
  }

  test("[CNF-6] [ADM-4] [INV-5] the host checks at the door; the verifier sees who has registered, and admits by that match", async () => {
    const { say, verifier, house: at } = walk;
    await walk.host.page.goto(`${at.product.origin}/meetings/${meetingId}`);
    await checkAtTheDoor(walk);
    await button(walk.host.page, say("entry", "start")).click();
    await hasEntered(walk.host.page, say);
    await signIn(walk, verifier, "verifier");
    await verifier.page.goto(walk.host.page.url());
    await button(verifier.page, say("entry", "ask")).click();
    await hasEntered(verifier.page, say);
    await pressWhenStill(verifier.page, say("host-controls", "checkOf", { name: guest.name }));
    await verifier.page.getByText(say("host-controls", "fact.registration.registered")).waitFor();
    await chooseMethod(say, verifier.page, "registrationMatch");
    await pressWhenStill(verifier.page, say("host-controls", "admit", { name: guest.name }));
    await hasEntered(walk.guest.page, say);
  });

  test("[CNF-1] [SEC-5] at this class the host shows the screen, and everybody writes", async () => {
    const { say } = walk;
    const { page } = walk.host;
    await page.locator('[data-control="share"]').click();
    await button(page, say("room", "shareDialog.go")).click();
    const name = say("room", "sharedBy", { name: "佐久間 里奈" });
    await walk.guest.page.getByRole("article", { name }).waitFor();
    await chat(say, walk.guest.page, page, answer);
  });

  test("[AUD-2] the host ends it; the report says who came, and that they were known by registration", async () => {
    const { say } = walk;
    await endForEveryone(walk);
    await heading(walk.guest.page, say("stop", "ended.title")).waitFor();
    const row = await reportedAbout(walk, meetingId, guest.name);
    expect(row).toContain(house.verifier.me.displayName);
    expect(row).toContain(say("meeting-detail", "report.method.registrationMatch"));
    expect(row).toContain(say("meeting-detail", "report.registered"));
    for (const { broken } of [walk.host, walk.verifier, walk.guest]) expect(broken).toEqual([]);
  });
});
