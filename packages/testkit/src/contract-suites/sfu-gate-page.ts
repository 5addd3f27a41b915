import type { Page } from "@playwright/test";
import { launchBrowser } from "../browser.ts";
import { installMeasures, installPage, installProbes } from "./sfu-gate-page-scripts.ts";

export type Person = AsyncDisposable & {
  readonly page: Page;
  /** Every frame and answer that reached the page on the gate's address, as latin1 text. */
  readonly received: string[];
  join(ticket: string): Promise<void>;
};

/** One person in a browser process of their own: reconnecting pages must not share a fake camera. */
export async function startPerson(origin: string, name: string): Promise<Person> {
  const browser = await launchBrowser();
  await browser.context.addCookies([{ name: "person", value: name, url: origin }]);
  const page = await browser.context.newPage();
  const received: string[] = [];
  page.on("websocket", (socket) =>
    socket.on("framereceived", ({ payload }) => {
      received.push(typeof payload === "string" ? `text:${payload}` : payload.toString("latin1"));
    }),
  );
  page.on("response", (response) => {
    if (!response.url().includes("/sfu/")) return;
    response.text().then(
      (text) => received.push(text),
      () => {},
    );
  });
  await page.goto(origin);
  await page.evaluate(installProbes);
  await page.evaluate(installPage);
  await page.evaluate(installMeasures);
  return {
    page,
    received,
    join: (ticket) => page.evaluate((value) => window.gatePage.join(value), ticket),
    [Symbol.asyncDispose]: () => browser.stop(),
  };
}
