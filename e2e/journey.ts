/** Steps of a whole meeting, from the form to the report, in the words of one language. */
import { colleague, type Colleague } from "../packages/testkit/src/colleagues.ts";
import type { Client } from "../packages/testkit/src/client.ts";
import { owner, startProduct, type Product } from "../packages/testkit/src/product.ts";
import {
  startSmtp,
  textOfMail,
  type SmtpOptions,
  type TestSmtp,
} from "../packages/testkit/src/smtp-server.ts";
import { expect } from "vitest";
import { inRoom, PATIENCE, person, pressWhenStill, type Page, type Person } from "./people.ts";
import { wordsIn, type Lang, type Say } from "./words.ts";

/** A product with a mail server, its owner, and a colleague who checks people. */
export type House = AsyncDisposable & {
  readonly product: Product;
  readonly smtp: TestSmtp;
  readonly host: Client;
  readonly verifier: Colleague;
};

export async function openHouse(mail: SmtpOptions = {}): Promise<House> {
  const stack = new AsyncDisposableStack();
  const smtp = stack.use(await startSmtp(mail));
  const product = stack.use(
    await startProduct({
      config: {
        ...{ smtpHost: smtp.host, smtpPort: smtp.port, smtpCaFile: smtp.caFile, smtpTls: "starttls" },
        smtpFrom: "sekisho@midorino.example",
      },
    }),
  );
  const host = await product.setUp();
  const verifier = await colleague(product, host);
  return { product, smtp, host, verifier, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

/** One language's walk through the house: each person has a browser that speaks it. */
export type Walk = AsyncDisposable & {
  readonly house: House;
  readonly lang: Lang;
  readonly say: Say;
  readonly host: Person;
  readonly verifier: Person;
  readonly guest: Person;
};

export async function walkIn(house: House, lang: Lang): Promise<Walk> {
  const stack = new AsyncDisposableStack();
  const locale = lang === "ja" ? "ja-JP" : "en-GB";
  const phone = { width: 390, height: 844 };
  const host = stack.use(await person({ locale }));
  const verifier = stack.use(await person({ locale }));
  const guest = stack.use(await person({ locale, viewport: phone }));
  const say = wordsIn(lang);
  return { house, lang, say, host, verifier, guest, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

export async function signIn({ house, say }: Walk, { page }: Person, who: "host" | "verifier") {
  const { me, password } = house.verifier;
  await page.goto(`${house.product.origin}/signin`);
  await page.getByLabel(say("account", "field.email")).fill(who === "host" ? owner.email : me.email);
  const field = page.getByLabel(say("account", "field.password"), { exact: true });
  await field.fill(who === "host" ? owner.password : password);
  await page.getByRole("button", { name: say("sign-in", "submit"), exact: true }).click();
  await page
    .getByRole("heading", { name: say("home", "title"), exact: true })
    .first()
    .waitFor();
}

export const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
export const heading = (page: Page, name: string) => page.getByRole("heading", { name });

/** Opens the form and gives the class, the topic and who checks people. */
export async function beginForm(walk: Walk, level: "high" | "medium" | "low", topic: string): Promise<void> {
  const { say } = walk;
  const { page } = walk.host;
  await page.goto(`${walk.house.product.origin}/meetings/new`);
  const cards = page.getByRole("radiogroup", { name: say("schedule", "class") });
  await cards.getByText(say("schedule", `class.${level}.use`), { exact: true }).click();
  await page.getByLabel(say("schedule", "topic")).fill(topic);
}

/** Whoever makes the meeting stands in the form, but at high, where nobody does; the colleague takes the place. */
export async function nameVerifier(walk: Walk, level: "high" | "medium" = "medium"): Promise<void> {
  const { say, house } = walk;
  const { page } = walk.host;
  if (level === "medium") await button(page, say("schedule", "remove", { name: owner.displayName })).click();
  const { displayName } = house.verifier.me;
  await page.getByRole("combobox", { name: say("schedule", "verifier") }).fill(displayName);
  await page.getByRole("option", { name: displayName }).click();
  await button(page, say("schedule", "remove", { name: displayName })).waitFor();
}

export type Outsider = {
  readonly name: string;
  readonly affiliation: string;
  readonly email: string;
  readonly secondEmail: string;
};

/** Whom each language invites. */
export const outsiders: Readonly<Record<Lang, Outsider>> = {
  ja: {
    ...{ name: "大庭 修一郎", affiliation: "常磐木製作所" },
    ...{ email: "oba@tokiwagi.example", secondEmail: "oba@mail.example" },
  },
  en: {
    ...{ name: "Marie Teshigawara", affiliation: "Yamabukidai Clinic" },
    ...{ email: "marie@yamabukidai.example", secondEmail: "marie@mail.example" },
  },
};

export async function inviteOutsider({ say, host: { page } }: Walk, who: Outsider): Promise<void> {
  await button(page, say("schedule", "invitees.addExternal")).click();
  const dialog = page.getByRole("dialog", { name: say("schedule", "external.title") });
  await dialog.getByLabel(say("schedule", "external.name")).fill(who.name);
  await dialog.getByLabel(say("schedule", "external.organisation")).fill(who.affiliation);
  await dialog.getByLabel(say("schedule", "external.email")).first().fill(who.email);
  await dialog.getByLabel(say("schedule", "external.second")).fill(who.secondEmail);
  await button(page, say("schedule", "external.add")).click();
  await dialog.waitFor({ state: "detached" });
}

/** Saves the form; answers the meeting's id, of the page that opens. */
export async function saveForm({ say, host: { page } }: Walk): Promise<string> {
  await button(page, say("schedule", "submit")).click();
  await page.waitForURL(/\/meetings\/(?!new$)[^/]+$/u);
  return new URL(page.url()).pathname.split("/").at(-1) ?? "";
}

/** From the meeting's page to the link in the mailbox of the one who is invited. */
export async function sendLink({ say, host: { page }, house }: Walk, to: string): Promise<string> {
  await button(page, say("invitations", "send.button")).click();
  const dialog = page.getByRole("dialog", { name: say("invitations", "send.title") });
  await dialog
    .getByRole("button", { name: say("invitations", "send.submit", { count: 1 }), exact: true })
    .click();
  await dialog.waitFor({ state: "detached" });
  const text = textOfMail(await house.smtp.mailTo(to));
  return /https?:\S+\/m\/\S+/u.exec(text)?.[0] ?? `no link in ${text}`;
}

/** The passcode by a way of its own (INV-1). */
export async function sendPasscode(
  { say, host: { page } }: Walk,
  way: "secondMail" | "oneTimePage",
): Promise<void> {
  await button(page, say("invitations", `channel.${way}`)).click();
  const dialog = page.getByRole("dialog", { name: say("invitations", "passcode.title") });
  await dialog.getByRole("button", { name: say("invitations", "passcode.send"), exact: true }).click();
  await dialog.waitFor({ state: "detached" });
}

export const passcodeShape = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{2}/u;

/** From the meeting's page to the one where registration is arranged. */
export async function arrangeRegistration({ say, host: { page } }: Walk): Promise<void> {
  await page.getByRole("link", { name: say("meeting-detail", "registration.open") }).click();
  await heading(page, say("registrations", "form")).waitFor();
}

/** Saves the form that people will fill in; answers its address. */
export async function saveRegistration({ say, host: { page } }: Walk): Promise<string> {
  await button(page, say("registrations", "save")).click();
  await page.getByText(say("registrations", "saved")).first().waitFor();
  return (await page.getByText(/^https?:\S+\/r\/\S+$/u).textContent()) ?? "";
}

/** Fills in what every form asks. */
export async function fillRegistration(
  say: Say,
  page: Page,
  who: Pick<Outsider, "name" | "affiliation" | "email">,
): Promise<void> {
  await page.getByLabel(say("registration", "name")).fill(who.name);
  await page.getByLabel(say("registration", "organisation")).fill(who.affiliation);
  await page.getByLabel(say("registration", "email")).fill(who.email);
}

/** By the button on the page whose link was mailed. Answers that link. */
export async function confirmRegistration({ say, house }: Walk, page: Page, email: string): Promise<string> {
  await heading(page, say("registration", "sent.title")).waitFor();
  const told = textOfMail(await house.smtp.mailTo(email));
  const own = /https?:\S+\/r\/\S+\/\S+/u.exec(told)?.[0] ?? `no link in ${told}`;
  await page.goto(own);
  await button(page, say("registration", "own.confirm")).click();
  return own;
}

/** What the check before the start finds, tried now (CNF-6). */
export async function checkBefore({ say, host: { page } }: Walk, materials: boolean): Promise<string> {
  if (materials) await page.getByText(say("meeting-detail", "check.materials"), { exact: true }).click();
  await button(page, say("meeting-detail", "check.run")).click();
  const lines = page.getByRole("list", { name: say("meeting-detail", "check.lines") });
  await lines.waitFor();
  return (await lines.textContent()) ?? "";
}

export async function startMeeting({ say, host: { page } }: Walk): Promise<void> {
  await page.getByRole("link", { name: say("meeting-detail", "start") }).click();
  await button(page, say("entry", "start")).click();
  await hasEntered(page, say);
}

export async function hasEntered(page: Page, say: Say): Promise<void> {
  if (say("room", "more") === "その他") return inRoom(page);
  await page.getByRole("toolbar").getByText(say("room", "more")).waitFor();
}

/** In the card of the one who waits. */
export async function chooseMethod(
  say: Say,
  page: Page,
  method: "voiceAndFace" | "registrationMatch",
): Promise<void> {
  const methods = page.getByRole("radiogroup", { name: say("host-controls", "methods") });
  await methods.getByText(say("host-controls", `method.${method}`), { exact: true }).click();
}

/** The verifier hears and sees the guest in a call, and admits by voice and face (ADM-13). */
export async function admitByCall(walk: Walk, name: string): Promise<void> {
  const { say, verifier } = walk;
  await heading(walk.guest.page, say("waiting", "title")).waitFor();
  await pressWhenStill(verifier.page, say("host-controls", "checkOf", { name: name }));
  await button(verifier.page, say("host-controls", "call.start")).click();
  await button(walk.guest.page, say("verification-call", "accept")).click();
  await heading(walk.guest.page, say("verification-call", "running.title")).waitFor();
  const method = verifier.page.getByRole("radio", { name: say("host-controls", "method.voiceAndFace") });
  await expect.poll(() => method.getAttribute("aria-disabled"), { timeout: PATIENCE }).toBeNull();
  await chooseMethod(say, verifier.page, "voiceAndFace");
  await pressWhenStill(verifier.page, say("host-controls", "admit", { name: name }));
  await hasEntered(walk.guest.page, say);
}

/** Somebody writes, somebody else reads it. */
export async function chat(say: Say, from: Page, to: Page, text: string): Promise<void> {
  await openChat(say, from);
  const field = from.getByLabel(say("chat", "placeholder.everyone"));
  await field.fill(text);
  await field.press("Enter");
  await openChat(say, to);
  await log(say, to).getByText(text).waitFor();
}

const log = (say: Say, page: Page) => page.getByRole("log", { name: say("chat", "log") });

/** On a phone it lies under "More". */
async function openChat(say: Say, page: Page): Promise<void> {
  const direct = page.locator('[data-control="chat"]');
  if (await log(say, page).isVisible()) return;
  if (await direct.isVisible()) return direct.click();
  await page.locator('[data-control="more"]').click();
  await page.getByRole("button", { name: say("room", "chat") }).click();
}

export async function endForEveryone({ say, host: { page } }: Walk): Promise<void> {
  await button(page, say("room", "end")).click();
  await page.getByRole("menuitem", { name: say("room", "end.all") }).click();
  await heading(page, say("stop", "ended.title")).waitFor();
}

/** The row of one person in the report of the meeting that has just ended. */
export async function reportedAbout(walk: Walk, meetingId: string, name: string): Promise<string> {
  const { say, house } = walk;
  const { page } = walk.host;
  await page.goto(`${house.product.origin}/meetings/${meetingId}`);
  await page.locator(`a[href^="/meetings/${meetingId}/reports/"]`).click();
  const people = page.getByRole("table", { name: say("meeting-detail", "report.people") });
  return (await people.getByRole("row").filter({ hasText: name }).first().textContent()) ?? "";
}
