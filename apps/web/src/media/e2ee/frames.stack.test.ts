/** Protected frames between real pages, through the real gate and a real LiveKit (ENC-1, ENC-2). */
import { RoomServiceClient, DataPacket_Kind } from "livekit-server-sdk";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import {
  startFrameWorld,
  type FramePerson,
  type FrameWorld,
} from "../../../../../packages/testkit/src/frame-pages.ts";
import type { JoinOptions } from "./test-page/frames-page.ts";
import type { FrameCounts } from "./worker-messages.ts";

const patient = { timeout: 45_000, interval: 100 };
const both = ["camera", "microphone"];

let world: FrameWorld;

beforeAll(async () => {
  world = await startFrameWorld();
}, 600_000);

afterAll(() => world?.[Symbol.asyncDispose]());

/** In the meeting with keys of this epoch, and sending with them. */
async function enter(who: FramePerson, epoch: number, options: Partial<JoinOptions> = {}): Promise<void> {
  await who.join(options);
  await who.giveKeys(epoch);
  await who.sendWith(epoch);
  await who.publish();
}

/** What comes from the other is decoded, and goes on being so: each of the named sources. */
async function seesMore(who: FramePerson, from: FramePerson, sources: readonly string[]): Promise<void> {
  const before = await who.decoded();
  await vi.waitFor(async () => {
    const now = await who.decoded();
    for (const source of sources) {
      const key = `id-${from.name} ${source}`;
      // A track that is new counts from the beginning.
      const base = (now[key] ?? 0) < (before[key] ?? 0) ? 0 : (before[key] ?? 0);
      expect(now[key] ?? 0, key).toBeGreaterThan(base + 5);
    }
  }, patient);
}

const see = (one: FramePerson, other: FramePerson, sources = both) =>
  Promise.all([seesMore(one, other, sources), seesMore(other, one, sources)]);

/** Until so many more frames have come and been dropped for that reason. */
async function dropsMore(
  who: FramePerson,
  reason: keyof FrameCounts["dropped"],
  frames: number,
): Promise<void> {
  const before = (await who.counts()).dropped[reason];
  await vi.waitFor(
    async () => expect((await who.counts()).dropped[reason]).toBeGreaterThan(before + frames),
    patient,
  );
}

const alarmsOf = ({ page }: FramePerson) => page.evaluate(() => window.framesPage.alarms);

async function seesNothingOf(who: FramePerson): Promise<void> {
  expect((await who.counts()).opened).toBe(0);
  expect(Object.values(await who.decoded()).filter((amount) => amount > 0)).toEqual([]);
}

test("[ENC-1] a browser that cannot protect frames says so, and opens nothing", async () => {
  await using akari = await world.person("akari", "old");
  expect(await akari.page.evaluate(() => window.framesPage.can())).toBe(true);
  await akari.page.addInitScript(() => Reflect.deleteProperty(window, "RTCRtpScriptTransform"));
  await akari.page.reload();
  await akari.page.waitForFunction(() => Reflect.has(window, "framesPage"));
  expect(await akari.page.evaluate(() => window.framesPage.can())).toBe(false);
  await expect(akari.join()).rejects.toThrow("cannot protect frames");
});

test("[ENC-2] sound and picture reach whoever has the key, and nobody else", async () => {
  await using akari = await world.person("akari", "keys");
  await using minato = await world.person("minato", "keys");
  await using sora = await world.person("sora", "keys");
  await enter(akari, 1);
  await enter(minato, 1);
  await sora.join();
  await see(akari, minato);

  // Without any key, and with a wrong one, nothing of what arrives is decoded.
  await dropsMore(sora, "no_key", 100);
  await sora.giveKeys(1, new Uint8Array(32).fill(77));
  await dropsMore(sora, "broken", 100);
  await seesNothingOf(sora);

  // Without a key to send with nothing leaves, however much camera and microphone produce.
  await sora.publish();
  await vi.waitFor(async () => expect((await sora.counts()).withheld).toBeGreaterThan(100), patient);
  expect((await sora.counts()).sent).toBe(0);

  // New keys, receivers first: the picture goes on, the old key is gone, and whoever was left out sees nothing more.
  for (const who of [akari, minato]) await who.giveKeys(2);
  for (const who of [akari, minato]) await who.sendWith(2);
  for (const who of [akari, minato]) await who.forgetBelow(2);
  await see(akari, minato);
  expect((await minato.counts()).dropped).toMatchObject({ broken: 0, replayed: 0, wrong_sender: 0 });
  await dropsMore(sora, "no_key", 100);
  await seesNothingOf(sora);

  // Frames of one person under the name of another are dropped.
  await minato.page.evaluate(() => window.framesPage.setLeaf("id-akari", 2));
  await dropsMore(minato, "wrong_sender", 50);
});

test("[ENC-2] whoever gets the key late sees the picture without anybody's doing", async () => {
  await using akari = await world.person("akari", "late");
  await using minato = await world.person("minato", "late");
  await enter(akari, 8);
  await minato.join();
  await dropsMore(minato, "no_key", 100);
  await minato.giveKeys(8);
  await seesMore(minato, akari, both);
});

test("[ENC-2] VP9 in layers, a shared screen, another codec, silence and a new connection keep their protection", async () => {
  await using akari = await world.person("akari", "codecs");
  await using minato = await world.person("minato", "codecs");
  await enter(akari, 3, { codec: "vp9" });
  await enter(minato, 3);
  await see(akari, minato);
  await akari.page.evaluate(() => window.framesPage.share());
  await seesMore(minato, akari, [...both, "screen_share"]);
  await akari.page.evaluate(() => window.framesPage.republish("vp8"));
  await seesMore(minato, akari, [...both, "screen_share"]);
  await akari.page.evaluate(() => window.framesPage.mute(true));
  await akari.page.evaluate(() => window.framesPage.mute(false));
  await seesMore(minato, akari, both);
  await akari.page.evaluate(() => window.framesPage.reconnect());
  await see(akari, minato);
  // Both at once, after which the library does not announce every track.
  await Promise.all([akari, minato].map(({ page }) => page.evaluate(() => window.framesPage.reconnect())));
  await see(akari, minato);
  world.harness.authority.asked.length = 0;
  world.harness.gate.closeAll("unreachable");
  await vi.waitFor(() => expect(world.harness.authority.asked).toContain("resume"), patient);
  await see(akari, minato);
  expect(await alarmsOf(minato)).toEqual([]);
  // A packet that the SFU sends again after a new connection may bring a frame twice: dropped, and no fault.
  expect((await minato.counts()).dropped).toMatchObject({ unknown_codec: 0 });
});

test("[ENC-2] a codec that is not protected is neither sent nor played, and said", async () => {
  await using akari = await world.person("akari", "av1");
  await enter(akari, 4, { codec: "av1" });
  await vi.waitFor(
    async () => expect(await alarmsOf(akari)).toContainEqual({ type: "unknown_codec", codec: "video/av1" }),
    patient,
  );
});

test("[ENC-2] a clear track, announced or not, is not played; clear data packets raise an alarm", async () => {
  await using akari = await world.person("akari", "clear");
  await using minato = await world.person("minato", "clear");
  await using riku = await world.person("riku", "clear");
  await enter(akari, 5);
  await minato.join({ mode: "clear" });
  await minato.publish();
  const clear = { type: "clear_track", sfuIdentity: "id-minato" } as const;
  await vi.waitFor(async () => expect(await alarmsOf(akari)).toContainEqual(clear), patient);
  await riku.join({ mode: "lying" });
  await riku.publish();
  await dropsMore(akari, "broken", 100);
  await seesNothingOf(akari);
  const { url, apiKey, apiSecret } = world.livekit;
  const said = new TextEncoder().encode("hello");
  await new RoomServiceClient(url, apiKey, apiSecret).sendData("clear", said, DataPacket_Kind.RELIABLE);
  await vi.waitFor(
    async () => expect(await alarmsOf(akari)).toContainEqual({ type: "data_packet" }),
    patient,
  );
});

test("[ENC-2] when the worker is gone nothing is sent or played any more", async () => {
  await using akari = await world.person("akari", "crash");
  await using minato = await world.person("minato", "crash");
  await enter(akari, 6);
  await enter(minato, 6);
  await see(akari, minato);
  await minato.page.evaluate(() => window.framesPage.crash());
  // What is under way still arrives; then the counters stand still in both directions, while the connection lives.
  await vi.waitFor(async () => {
    const before = [await akari.decoded(), await minato.decoded()];
    const sent = await akari.page.evaluate(() => window.framesPage.packetsSent());
    await vi.waitFor(async () =>
      expect(await akari.page.evaluate(() => window.framesPage.packetsSent())).toBeGreaterThan(sent + 100),
    );
    expect([await akari.decoded(), await minato.decoded()]).toEqual(before);
  }, patient);
});

test("[ENC-2] the meeting's own media runs on it", async () => {
  await using akari = await world.person("akari", "media");
  await using minato = await world.person("minato", "media");
  await enter(akari, 7);
  await enter(minato, 7, { mode: "product" });
  await seesMore(akari, minato, both);
  await vi.waitFor(async () => expect((await minato.counts()).opened).toBeGreaterThan(100), patient);
});
