/** Registration in the browser where places are few: form, confirmation, waiting list, and a place that comes free. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { schedule } from "../packages/testkit/src/meetings.ts";
import { subjectOfMail, textOfMail } from "../packages/testkit/src/smtp-server.ts";
import {
  button,
  confirmRegistration,
  fillRegistration,
  heading,
  openHouse,
  saveRegistration,
  signIn,
  walkIn,
  type House,
  type Walk,
} from "./journey.ts";
import { person, type Person } from "./people.ts";

let house: House;
let walk: Walk;
let late: Person;
let form: string;
let own: string;

const first = { name: "大庭 修一郎", affiliation: "常磐木製作所", email: "oba@tokiwagi.example" };
const second = { name: "桐生 真帆", affiliation: "", email: "kiryu@yamabukidai.example" };

beforeAll(async () => {
  house = await openHouse();
  walk = await walkIn(house, "ja");
  late = await person();
  const { id } = await schedule(house.host, { registration: "required", passcodeRequired: false });
  await signIn(walk, walk.host, "host");
  await walk.host.page.goto(`${house.product.origin}/meetings/${id}/registrations`);
}, 600_000);
afterAll(async () => {
  await late?.[Symbol.asyncDispose]();
  await walk?.[Symbol.asyncDispose]();
  await house?.[Symbol.asyncDispose]();
});

test("[INV-5] one place and a waiting list: the first has it, the second is told so beforehand and waits", async () => {
  const { say } = walk;
  const { page } = walk.host;
  await page.getByLabel(say("registrations", "capacity")).fill("1");
  await page.getByRole("checkbox", { name: say("registrations", "waitingList") }).check();
  form = await saveRegistration(walk);
  await walk.guest.page.goto(form);
  await fillRegistration(say, walk.guest.page, first);
  await button(walk.guest.page, say("registration", "submit")).click();
  own = await confirmRegistration(walk, walk.guest.page, first.email);
  await heading(walk.guest.page, say("registration", "own.registered.title")).waitFor();
  await late.page.goto(form);
  await late.page.getByText(say("registration", "waitingList")).waitFor();
  await fillRegistration(say, late.page, second);
  await button(late.page, say("registration", "submitWaiting")).click();
  await confirmRegistration(walk, late.page, second.email);
  await heading(late.page, say("registration", "own.waitlisted.title")).waitFor();
});

test("[INV-5] whoever cancels frees the place: the next one moves up, is told by mail, and the old link is dead", async () => {
  const { say } = walk;
  const { page } = walk.guest;
  await button(page, say("registration", "own.cancel")).click();
  const dialog = page.getByRole("dialog", { name: say("registration", "cancel.title") });
  await button(page, say("registration", "cancel.submit")).last().click();
  await heading(page, say("registration", "cancelled.title")).waitFor();
  await dialog.waitFor({ state: "detached" });
  const told = await house.smtp.mailTo(second.email, 3);
  expect(subjectOfMail(told)).toContain("空きが出て");
  await late.page.goto(/https?:\S+\/r\/\S+\/\S+/u.exec(textOfMail(told))?.[0] ?? "");
  await heading(late.page, say("registration", "own.registered.title")).waitFor();
  await button(late.page, say("registration", "own.open")).click();
  await button(late.page, say("entry", "ask")).waitFor();
  await page.goto(own);
  await heading(page, say("registration", "unknown.title")).waitFor();
});

test("[INV-5] a host takes a registration back in the list, and counts and list say so", async () => {
  const { say } = walk;
  const { page } = walk.host;
  await page.reload();
  await button(page, say("registrations", "decideOf.remove", { name: second.name })).click();
  const dialog = page.getByRole("dialog", {
    name: say("registrations", "ask.remove", { name: second.name }),
  });
  await dialog.getByRole("button", { name: say("registrations", "decide.remove"), exact: true }).click();
  await page
    .getByRole("row")
    .filter({ hasText: second.name })
    .getByText(say("registrations", "state.declined"))
    .waitFor();
  expect([...walk.host.broken, ...walk.guest.broken, ...late.broken]).toEqual([]);
});
