import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { launchBrowser } from "./browser.ts";

async function serveBlank(): Promise<AsyncDisposable & { origin: string }> {
  const server = createServer((_request, response) => response.end("<!doctype html><title>blank</title>"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    origin: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

test("the browser gives picture and sound without asking, in two separate contexts", async () => {
  await using site = await serveBlank();
  await using browser = await launchBrowser();
  const page = await browser.context.newPage();
  await page.goto(site.origin);
  const kinds = await page.evaluate(async () => {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
    return stream.getTracks().map((track) => `${track.kind} ${track.readyState}`);
  });
  expect(kinds.toSorted()).toEqual(["audio live", "video live"]);
  await page.evaluate(() => localStorage.setItem("who", "first"));
  const other = await (await browser.newContext()).newPage();
  await other.goto(site.origin);
  expect(await other.evaluate(() => localStorage.getItem("who"))).toBeNull();
});

test("a profile folder keeps what the page stored when the browser is started again", async () => {
  await using site = await serveBlank();
  const profile = mkdtempSync(join(tmpdir(), "sekisho-profile-"));
  try {
    for (const expected of [null, "kept"]) {
      await using browser = await launchBrowser({ profile });
      const page = await browser.context.newPage();
      await page.goto(site.origin);
      expect(await page.evaluate(() => localStorage.getItem("who"))).toBe(expected);
      await page.evaluate(() => localStorage.setItem("who", "kept"));
    }
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
});
