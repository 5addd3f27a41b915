/** What the SFU has in hand (ENC-2): frames as it forwards them to a page that only looks, opened with other code than ours. */
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import {
  baseKeyOf,
  startFrameWorld,
  type FramePerson,
  type FrameWorld,
} from "../../../../../packages/testkit/src/frame-pages.ts";
import { openFrame, type FrameToOpen } from "../../../../../packages/testkit/src/open-frame.ts";
import type { VideoCodec } from "livekit-client";
import type { Mode } from "./test-page/frames-page.ts";

const patient = { timeout: 45_000, interval: 100 };

let world: FrameWorld;

beforeAll(async () => {
  world = await startFrameWorld();
}, 600_000);

afterAll(() => world?.[Symbol.asyncDispose]());

type Scene = { readonly sender: FramePerson; readonly looker: FramePerson; readonly frames: FrameToOpen[] };

async function scene(
  stack: AsyncDisposableStack,
  sfuRoom: string,
  mode: Mode,
  codec: VideoCodec = "vp9",
): Promise<Scene> {
  const looker = stack.use(await world.person("sora", sfuRoom));
  const sender = stack.use(await world.person("akari", sfuRoom));
  await looker.join({ mode: "looking" });
  await sender.join({ mode, codec });
  return { sender, looker, frames: [] };
}

/** Looks until so many more of each have come; keeps them all. */
async function capture({ looker, frames }: Scene, ...mimeTypes: readonly string[]): Promise<void> {
  const before = frames.length;
  await vi.waitFor(async () => {
    const taken = await looker.page.evaluate(() => window.framesPage.take());
    for (const { bytes, ...facts } of taken) frames.push({ ...facts, bytes: Buffer.from(bytes, "base64") });
    for (const mimeType of mimeTypes)
      expect(
        frames.slice(before).filter((frame) => frame.mimeType?.startsWith(mimeType)).length,
      ).toBeGreaterThan(40);
  }, patient);
}

/** Everything a sender does while it is captured. */
async function play(playing: Scene): Promise<void> {
  const { page } = playing.sender;
  await playing.sender.publish();
  await capture(playing, "audio/", "video/vp9");
  await page.evaluate(() => window.framesPage.mute(true));
  await page.evaluate(() => window.framesPage.mute(false));
  await capture(playing, "audio/", "video/vp9");
  await page.evaluate(() => window.framesPage.republish("vp8"));
  await capture(playing, "audio/", "video/vp8");
  await page.evaluate(() => window.framesPage.reconnect());
  await capture(playing, "audio/", "video/vp8");
}

const opens = (frames: readonly FrameToOpen[], key: Uint8Array) =>
  frames.flatMap((frame) => openFrame(frame, "p384", key) ?? []);

/** What LiveKit makes up itself when a track ends: silence, and a picture of 8 by 8; behind either a mark of the room's. */
const blanks: ReadonlyMap<string | null, string> = new Map([
  ["audio/opus", "f8fffe0000000000"],
  ["video/vp8", "1002009d012a08000800"],
]);

const isBlank = ({ mimeType, bytes }: FrameToOpen) =>
  bytes.length < 150 && bytes.toString("hex").startsWith(blanks.get(mimeType) ?? "none");

const described = ({ mimeType, keyFrame, bytes }: FrameToOpen) =>
  `${mimeType} ${keyFrame} ${bytes.length}: ${bytes.toString("hex").slice(0, 32)}…${bytes.toString("hex").slice(-48)}`;

function partition<T>(all: readonly T[], is: (one: T) => boolean): [T[], T[]] {
  return [all.filter((one) => !is(one)), all.filter(is)];
}

test("[ENC-2] every frame that the SFU forwards opens with the key of its epoch and with no other", async () => {
  await using stack = new AsyncDisposableStack();
  const playing = await scene(stack, "protected", "protected");
  const { sender, looker, frames } = playing;
  await sender.giveKeys(1);
  await sender.sendWith(1);
  await play(playing);
  const before = frames.length;
  await sender.giveKeys(2);
  await sender.sendWith(2);
  await sender.forgetBelow(2);
  await capture(playing, "audio/", "video/vp8");

  const opened = [...opens(frames, baseKeyOf(1)), ...opens(frames, baseKeyOf(2))];
  const [others, blank] = partition(frames, isBlank);
  const closed = others.filter(
    (frame) => opens([frame], baseKeyOf(1)).length + opens([frame], baseKeyOf(2)).length === 0,
  );
  expect(closed.map(described)).toEqual([]);
  expect(blank.length / frames.length).toBeLessThan(0.2);
  expect(new Set(blank.map(({ bytes }) => bytes.toString("latin1").slice(-24))).size).toBeLessThanOrEqual(1);
  expect(new Set(opened.map(({ leaf }) => leaf))).toEqual(new Set([0]));
  expect(new Set(opened.map(({ epoch }) => epoch))).toEqual(new Set([1, 2]));
  expect(opens(frames, baseKeyOf(3))).toEqual([]);
  expect(opens(frames.slice(0, before), baseKeyOf(2))).toEqual([]);
  expect(opened.every(({ content }) => content.length > 0)).toBe(true);
  // Of the pictures the page could at most show the blank ones.
  const shown = (await looker.decoded())["id-akari camera"] ?? 0;
  expect(shown).toBeLessThanOrEqual(blank.filter(({ mimeType }) => mimeType === "video/vp8").length);
});

test("[ENC-2] of a codec that is not protected no frame leaves", async () => {
  await using stack = new AsyncDisposableStack();
  const playing = await scene(stack, "av1", "protected", "av1");
  const { sender, frames } = playing;
  await sender.giveKeys(1);
  await sender.sendWith(1);
  await sender.publish();
  await vi.waitFor(async () => expect((await sender.counts()).withheld).toBeGreaterThan(40), patient);
  await capture(playing, "audio/");
  expect(frames.filter(({ mimeType }) => mimeType?.startsWith("video/"))).toEqual([]);
});

test("[ENC-2] in transport mode the same look finds plain frames, so it is not blind", async () => {
  await using stack = new AsyncDisposableStack();
  const playing = await scene(stack, "transport", "clear");
  await play(playing);
  expect(opens(playing.frames, baseKeyOf(1))).toEqual([]);
  await vi.waitFor(async () => {
    const decoded = await playing.looker.decoded();
    expect(decoded["id-akari camera"]).toBeGreaterThan(20);
    expect(decoded["id-akari microphone"]).toBeGreaterThan(0);
  }, patient);
});
