/** Pages whose frames are protected, or not: real browsers at the real gate and LiveKit, with the keys that a test gives. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, type Plugin } from "vite";
import { createLivekitSfu } from "../../../apps/server/src/sfu/livekit-sfu.ts";
import type { FrameCounts } from "../../../apps/web/src/media/e2ee/worker-messages.ts";
import type { JoinOptions } from "../../../apps/web/src/media/e2ee/test-page/frames-page.ts";
import { launchBrowser, type TestBrowser } from "./browser.ts";
import { startGateHarness, type GateHarness } from "./contract-suites/sfu-gate-harness.ts";
import { startLiveKit, type TestLiveKit } from "./livekit.ts";

type Page = Awaited<ReturnType<TestBrowser["context"]["newPage"]>>;

export type FramePerson = AsyncDisposable & {
  readonly name: string;
  readonly page: Page;
  readonly browser: TestBrowser;
  /** A fresh page in another room. */
  visit(sfuRoom: string): Promise<void>;
  join(options?: Partial<JoinOptions>): Promise<void>;
  /** As the group's worker would send it; resolves once frames of the epoch can be opened, or at once before joining. */
  giveKeys(epoch: number, baseKey?: Uint8Array, wait?: boolean): Promise<void>;
  sendWith(epoch: number | null): Promise<void>;
  forgetBelow(epoch: number): Promise<void>;
  publish(height?: number): Promise<void>;
  /** By identity and source: frames of pictures, energy of sound in millionths. */
  decoded(): Promise<Readonly<Record<string, number>>>;
  counts(): Promise<FrameCounts>;
};

export type FrameWorld = AsyncDisposable & {
  readonly harness: GateHarness;
  readonly livekit: TestLiveKit;
  /** In a room of the SFU's of that name. */
  person(name: FrameName, sfuRoom: string): Promise<FramePerson>;
};

export const frameLeaves = { "id-akari": 0, "id-minato": 1, "id-sora": 2, "id-riku": 3 } as const;
type FrameName = keyof typeof frameLeaves extends `id-${infer Name}` ? Name : never;

/** Of an epoch, where a test names none. */
export const baseKeyOf = (epoch: number) => new Uint8Array(32).fill(epoch);

export type FrameWorldOptions = {
  /** False: media as browsers would negotiate it without the gate. */
  readonly preferAeadSrtp?: boolean;
  /** The worker has a clock around it, for the bench. */
  readonly timed?: boolean;
};

export async function startFrameWorld({ timed, ...options }: FrameWorldOptions = {}): Promise<FrameWorld> {
  const stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "sekisho-frames-"));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  await build({
    configFile: false,
    root: join(import.meta.dirname, "../../../apps/web/src/media/e2ee/test-page"),
    logLevel: "error",
    worker: { format: "es" },
    plugins: timed === true ? [withClock] : [],
    build: { outDir: folder, emptyOutDir: true, modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
  });
  const livekit = stack.use(await startLiveKit());
  const harness = stack.use(await startGateHarness(createLivekitSfu(livekit), { page: folder, ...options }));
  return {
    harness,
    livekit,
    person: (name, sfuRoom) => startPerson(harness, name, sfuRoom),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

const withClock: Plugin = {
  name: "sekisho:timed-frames",
  enforce: "pre",
  resolveId(source, importer) {
    if (source !== "./frame-worker.ts?worker&url") return null;
    return this.resolve("./test-page/timed-worker.ts?worker&url", importer);
  },
};

async function startPerson(
  { origin, authority }: GateHarness,
  name: FrameName,
  sfuRoom: string,
): Promise<FramePerson> {
  const browser = await launchBrowser({ args: ["--auto-select-desktop-capture-source=Entire screen"] });
  const page = await browser.context.newPage();
  let room = sfuRoom;
  const admissionId = () => `${name}-${room}`;
  const visit = async (next: string) => {
    room = next;
    await browser.context.addCookies([{ name: "person", value: admissionId(), url: origin }]);
    await page.goto(origin);
    await page.waitForFunction(() => Reflect.has(window, "framesPage"));
  };
  await visit(sfuRoom);
  const selfLeaf = frameLeaves[`id-${name}`];
  const tell = (message: { readonly type: "send" | "forgetBelow"; readonly epoch: number | null }) =>
    page.evaluate((given) => {
      const { type, epoch } = given;
      if (type === "send") window.framesPage.keys({ type, epoch });
      else if (epoch !== null) window.framesPage.keys({ type, epoch });
    }, message);
  return {
    name,
    page,
    browser,
    visit,
    async join(options = {}) {
      authority.admit(admissionId(), { sfuRoom: room, sfuIdentity: `id-${name}` });
      const ticket = authority.ticket(admissionId(), admissionId());
      const all: JoinOptions = { ticket, mode: "protected", leaves: frameLeaves, ...options };
      await page.evaluate((given) => window.framesPage.join(given), all);
    },
    async giveKeys(epoch, baseKey = baseKeyOf(epoch), wait = true) {
      await page.evaluate(
        ({ bytes, ...keys }) => {
          const baseKey = Uint8Array.from(bytes);
          window.framesPage.keys({ type: "epoch", keys: { suite: "p384", baseKey, ...keys } });
        },
        { bytes: [...baseKey], epoch, selfLeaf },
      );
      if (wait) await page.waitForFunction((given) => window.framesPage.ready.includes(given), epoch);
    },
    sendWith: (epoch) => tell({ type: "send", epoch }),
    forgetBelow: (epoch) => tell({ type: "forgetBelow", epoch }),
    publish: (height = 720) => page.evaluate((given) => window.framesPage.publish(given), height),
    decoded: () => page.evaluate(() => window.framesPage.decoded()),
    counts: () => page.evaluate(() => window.framesPage.counts()),
    [Symbol.asyncDispose]: () => browser.stop(),
  };
}
