/** What the gate's turn of the handshake is worth, and what becomes of a connection without it (ENC-6). */
import { expect, test, vi } from "vitest";
import { startFrameWorld } from "../../../../packages/testkit/src/frame-pages.ts";

const patient = { timeout: 45_000, interval: 100 };

test("[ENC-6] at high a connection on HMAC-SHA-1 is given up before anything is sent, elsewhere it holds", async () => {
  await using world = await startFrameWorld({ preferAeadSrtp: false });
  await using akari = await world.person("akari", "high");
  const mediaOf = () => akari.page.evaluate(() => window.framesPage.media());
  await akari.join({ mode: "product", listedOnly: true });
  await vi.waitFor(
    async () => expect(await mediaOf()).toEqual({ phase: "closed", closed: "unlisted" }),
    patient,
  );
  expect(await akari.counts()).toMatchObject({ sent: 0, withheld: 0 });
  await using minato = await world.person("minato", "medium");
  await minato.join({ mode: "product" });
  await minato.publish();
  expect(await minato.page.evaluate(() => window.framesPage.media())).toMatchObject({ phase: "connected" });
}, 600_000);

test("[ENC-6] at high a connection on AES-GCM holds", async () => {
  await using world = await startFrameWorld();
  await using akari = await world.person("akari", "high");
  await akari.join({ mode: "product", listedOnly: true });
  await akari.publish();
  expect(await akari.page.evaluate(() => window.framesPage.media())).toMatchObject({ phase: "connected" });
}, 600_000);
