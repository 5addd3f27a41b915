/** Invitations by mail from the meeting's page: what did not arrive is shown with its reason, and sent again (INV-3). */
import { afterAll, beforeAll, expect, test } from "vitest";
import { schedule } from "../packages/testkit/src/meetings.ts";
import { calendarOfMail, textOfMail } from "../packages/testkit/src/smtp-server.ts";
import { button, openHouse, passcodeShape, signIn, walkIn, type House, type Walk } from "./journey.ts";

let house: House;
let walk: Walk;
const refused = new Set<string>();

const [oba, kiryu] = ["oba@tokiwagi.example", "kiryu@yamabukidai.example"];

beforeAll(async () => {
  house = await openHouse({
    recipient: (address) => (refused.has(address) ? "550 5.1.1 no such user" : null),
  });
  walk = await walkIn(house, "ja");
  const invitees = [oba, kiryu].map((email) => ({
    name: `${email.split("@")[0]} 様`,
    organisation: "",
    email,
  }));
  const { id } = await schedule(house.host, { invitees, verifier: house.verifier.me.id });
  await signIn(walk, walk.host, "host");
  await walk.host.page.goto(`${house.product.origin}/meetings/${id}`);
}, 600_000);
afterAll(async () => {
  await walk?.[Symbol.asyncDispose]();
  await house?.[Symbol.asyncDispose]();
});

const dialog = () => walk.host.page.getByRole("dialog", { name: walk.say("invitations", "send.title") });
const row = (email: string) => walk.host.page.getByRole("row").filter({ hasText: email });

async function send(count: number): Promise<void> {
  await button(walk.host.page, walk.say("invitations", "send.button")).click();
  await dialog()
    .getByRole("button", { name: walk.say("invitations", "send.submit", { count }), exact: true })
    .click();
  await dialog().waitFor({ state: "detached" });
}

test("[INV-3] one mail arrives, one is refused: each row says what became of it, in plain words", async () => {
  const { say } = walk;
  refused.add(kiryu);
  await walk.host.page
    .getByText(say("invitations", "card.linkMissing", { count: 2 }))
    .first()
    .waitFor();
  await send(2);
  const mail = await house.smtp.mailTo(oba);
  expect(textOfMail(mail)).not.toMatch(passcodeShape);
  expect(calendarOfMail(mail)).toContain("METHOD:REQUEST");
  await row(oba)
    .getByText(say("invitations", "state.sent", { at: "" }).trim())
    .waitFor();
  await row(kiryu).getByText(say("invitations", "problem.recipientRefused")).waitFor();
  await walk.host.page.getByText(say("invitations", "card.linkFailed", { count: 1 })).waitFor();
});

test("[INV-3] what did not arrive is chosen beforehand when it is sent again, and arrives", async () => {
  const { say } = walk;
  refused.clear();
  await send(1);
  expect(textOfMail(await house.smtp.mailTo(kiryu))).toContain("/m/");
  await row(kiryu)
    .getByText(say("invitations", "state.sent", { at: "" }).trim())
    .waitFor();
  await walk.host.page.getByText(say("invitations", "card.linkSent", { count: 2 })).waitFor();
  expect(house.smtp.mails.filter(({ to }) => to.includes(oba))).toHaveLength(1);
  expect(walk.host.broken).toEqual([]);
});
