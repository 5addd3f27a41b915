/** Protected frames between real pages, through the real gate and a real LiveKit (ENC-2). */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createLivekitSfu } from "../../../../server/src/sfu/livekit-sfu.ts";
import { launchBrowser, type TestBrowser } from "../../../../../packages/testkit/src/browser.ts";
import {
  startGateHarness,
  type GateHarness,
} from "../../../../../packages/testkit/src/contract-suites/sfu-gate-harness.ts";
import { startLiveKit, type TestLiveKit } from "../../../../../packages/testkit/src/livekit.ts";
import type { JoinOptions } from "./test-page/main.ts";
import type { FrameCounts } from "./worker-messages.ts";

const patient = { timeout: 45_000, interval: 100 };

let folder: string;
let livekit: TestLiveKit;
let harness: GateHarness;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sekisho-frames-"));
  await build({
    configFile: false,
    root: join(import.meta.dirname, "test-page"),
    logLevel: "error",
    worker: { format: "es" },
    build: { outDir: folder, emptyOutDir: true, modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
  });
  livekit = await startLiveKit();
  harness = await startGateHarness(createLivekitSfu(livekit), { page: folder });
}, 600_000);

afterAll(async () => {
  await harness?.[Symbol.asyncDispose]();
  await livekit?.stop();
  await rm(folder, { recursive: true, force: true });
});

type Page = Awaited<ReturnType<TestBrowser["context"]["newPage"]>>;
type Person = AsyncDisposable & {
  readonly name: string;
  readonly page: Page;
  join(options?: Partial<JoinOptions>): Promise<void>;
};

const leaves = { "id-akari": 0, "id-minato": 1, "id-sora": 2 };

async function startPerson(name: string): Promise<Person> {
  const browser = await launchBrowser({ args: ["--auto-select-desktop-capture-source=Entire screen"] });
  await browser.context.addCookies([{ name: "person", value: name, url: harness.origin }]);
  const page = await browser.context.newPage();
  await page.goto(harness.origin);
  await page.waitForFunction(() => Reflect.has(window, "framesPage"));
  return {
    name,
    page,
    async join(options = {}) {
      harness.authority.admit(name);
      const ticket = harness.authority.ticket(name, name);
      const all: JoinOptions = { ticket, mode: "protected", leaves, ...options };
      await page.evaluate((given) => window.framesPage.join(given), all);
    },
    [Symbol.asyncDispose]: () => browser.stop(),
  };
}

/** As the group's worker would send it. */
async function giveKeys({ page, name }: Person, epoch: number, fill = epoch): Promise<void> {
  const selfLeaf = new Map(Object.entries(leaves)).get(`id-${name}`) ?? 9;
  await page.evaluate(
    async (given) => {
      const baseKey = new Uint8Array(32).fill(given.fill);
      window.framesPage.keys({
        type: "epoch",
        keys: { suite: "p384", epoch: given.epoch, baseKey, selfLeaf: given.selfLeaf },
      });
      while (!window.framesPage.ready.includes(given.epoch)) await new Promise((r) => setTimeout(r, 10));
    },
    { epoch, fill, selfLeaf },
  );
}

const sendWith = ({ page }: Person, epoch: number | null) =>
  page.evaluate((given) => window.framesPage.keys({ type: "send", epoch: given }), epoch);

/** In the meeting with keys of this epoch, and sending with them. */
async function enter(who: Person, epoch: number, options: Partial<JoinOptions> = {}): Promise<void> {
  await who.join(options);
  await giveKeys(who, epoch);
  await sendWith(who, epoch);
  await who.page.evaluate(() => window.framesPage.publish());
}

const decoded = ({ page }: Person) => page.evaluate(() => window.framesPage.decoded());
const counts = ({ page }: Person) => page.evaluate(() => window.framesPage.counts());

/** What comes from the other is decoded, and goes on being so: each of the named sources. */
async function seesMore(who: Person, from: Person, ...sources: readonly string[]): Promise<void> {
  const before = await decoded(who);
  await vi.waitFor(async () => {
    const now = await decoded(who);
    for (const source of sources) {
      const key = `id-${from.name} ${source}`;
      expect(now[key] ?? 0, key).toBeGreaterThan((before[key] ?? 0) + 5);
    }
  }, patient);
}

/** Until so many more frames of theirs have come and been dropped. */
async function dropsMore(who: Person, reason: keyof FrameCounts["dropped"], frames: number): Promise<void> {
  const before = (await counts(who)).dropped[reason];
  await vi.waitFor(
    async () => expect((await counts(who)).dropped[reason]).toBeGreaterThan(before + frames),
    patient,
  );
}

const both = ["camera", "microphone"];

test("[ENC-1] a browser that cannot protect frames says so", async () => {
  await using akari = await startPerson("akari");
  expect(await akari.page.evaluate(() => window.framesPage.can())).toBe(true);
  await akari.page.addInitScript(() => Reflect.deleteProperty(window, "RTCRtpScriptTransform"));
  await akari.page.reload();
  await akari.page.waitForFunction(() => Reflect.has(window, "framesPage"));
  expect(await akari.page.evaluate(() => window.framesPage.can())).toBe(false);
  await expect(akari.join()).rejects.toThrow("cannot protect frames");
});

test("[ENC-2] sound and picture reach whoever has the key, and nobody else", async () => {
  await using akari = await startPerson("akari");
  await using minato = await startPerson("minato");
  await using sora = await startPerson("sora");
  await enter(akari, 1);
  await enter(minato, 1);
  await sora.join();
  await Promise.all([seesMore(akari, minato, ...both), seesMore(minato, akari, ...both)]);

  // Without any key, and with a wrong one, nothing of what arrives is decoded.
  await dropsMore(sora, "no_key", 100);
  await giveKeys(sora, 1, 77);
  await dropsMore(sora, "broken", 100);
  expect((await counts(sora)).opened).toBe(0);
  expect(Object.values(await decoded(sora)).filter((frames) => frames > 0)).toEqual([]);

  // Without a key to send with nothing leaves, however much camera and microphone produce.
  await sora.page.evaluate(() => window.framesPage.publish());
  await vi.waitFor(async () => expect((await counts(sora)).withheld).toBeGreaterThan(100), patient);
  expect((await counts(sora)).sent).toBe(0);

  // New keys, receivers first: the picture goes on, the old key is gone, and whoever was left out sees nothing more.
  for (const who of [akari, minato]) await giveKeys(who, 2);
  for (const who of [akari, minato]) await sendWith(who, 2);
  for (const who of [akari, minato])
    await who.page.evaluate(() => window.framesPage.keys({ type: "forgetBelow", epoch: 2 }));
  await Promise.all([seesMore(akari, minato, ...both), seesMore(minato, akari, ...both)]);
  expect((await counts(minato)).dropped).toMatchObject({ broken: 0, replayed: 0, wrong_sender: 0 });
  await dropsMore(sora, "no_key", 100);

  // Frames of one person under the name of another are dropped.
  await minato.page.evaluate(() => window.framesPage.setLeaf("id-akari", 2));
  await dropsMore(minato, "wrong_sender", 50);
});
