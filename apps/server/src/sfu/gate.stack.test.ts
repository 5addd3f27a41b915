import { createLivekitSfu } from "./livekit-sfu.ts";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { startLiveKit, type TestLiveKit } from "../../../../packages/testkit/src/livekit.ts";
import {
  everything,
  startGateHarness,
  type GateHarness,
} from "../../../../packages/testkit/src/contract-suites/sfu-gate-harness.ts";
import { startPerson, type Person } from "../../../../packages/testkit/src/contract-suites/sfu-gate-page.ts";
import type { Sfu } from "./sfu.ts";

const patient = { timeout: 30_000, interval: 100 };

let livekit: TestLiveKit;
let sfu: Sfu;
let harness: GateHarness;
let akari: Person;
let minato: Person;

beforeAll(async () => {
  livekit = await startLiveKit();
  sfu = createLivekitSfu(livekit);
  harness = await startGateHarness(sfu);
  akari = await startPerson(harness.origin, "akari");
  minato = await startPerson(harness.origin, "minato");
}, 600_000);

afterAll(async () => {
  await akari?.[Symbol.asyncDispose]();
  await minato?.[Symbol.asyncDispose]();
  await harness?.[Symbol.asyncDispose]();
  await livekit?.stop();
});

async function decoded(person: Person, identity: string): Promise<number> {
  return (await person.page.evaluate(() => window.gateMeasures.decoded()))[identity] ?? 0;
}

/** Frames go on being decoded: more than at the look before. A reconnect starts the count anew. */
async function seesMoreOf(person: Person, identity: string): Promise<void> {
  let before = Number.POSITIVE_INFINITY;
  await vi.waitFor(async () => {
    const now = await decoded(person, identity);
    const more = now > before;
    before = now;
    expect(more).toBe(true);
  }, patient);
}

describe("two people in two browsers", () => {
  test("[ADM-1] meet through the gate, and frames are decoded on both sides", async () => {
    for (const [name, person] of [
      ["akari", akari],
      ["minato", minato],
    ] as const) {
      harness.authority.admit(name);
      await person.join(harness.authority.ticket(name, name));
      await person.page.evaluate(() => window.gatePage.publish());
    }
    await vi.waitFor(async () => expect(await decoded(akari, "id-minato")).toBeGreaterThan(3), patient);
    await vi.waitFor(async () => expect(await decoded(minato, "id-akari")).toBeGreaterThan(3), patient);
    expect(harness.authority.asked).toEqual(Array(6).fill("connect"));
  });

  test("[ENC-6] media runs on AES-GCM", async () => {
    for (const person of [akari, minato]) {
      expect(await person.page.evaluate(() => window.gateMeasures.srtpCiphers())).toEqual([
        "SRTP_AEAD_AES_256_GCM",
      ]);
    }
  });

  test("[SEC-2] screen sharing can be switched off and on again", async () => {
    for (const on of [true, false, true, false])
      await akari.page.evaluate((to) => window.gatePage.share(to), on);
    expect(await tracksOf("id-akari")).toEqual(["camera", "microphone"]);
  });

  test("[SEC-2] one track of each source: a second camera is refused", async () => {
    expect(await akari.page.evaluate(() => window.gatePage.publishAnotherCamera())).toBe(false);
    expect((await tracksOf("id-akari")).filter((source) => source === "camera")).toEqual(["camera"]);
  });

  test("[ADM-1] a cut socket resumes with the ticket that replaced LiveKit's token", async () => {
    harness.authority.asked.length = 0;
    await akari.page.evaluate(() => window.gateProbes.sockets.at(-1)?.close());
    await vi.waitFor(() => expect(harness.authority.asked).toEqual(Array(3).fill("resume")), patient);
    await seesMoreOf(akari, "id-minato");
    await seesMoreOf(minato, "id-akari");
  });

  test("[ADM-1] a full reconnect asks again, and media is back", async () => {
    harness.authority.asked.length = 0;
    await minato.page.evaluate(() => window.gatePage.room.simulateScenario("full-reconnect"));
    await vi.waitFor(() => expect(harness.authority.asked).toEqual(Array(3).fill("connect")), patient);
    await seesMoreOf(akari, "id-minato");
    await seesMoreOf(minato, "id-akari");
  });

  test("[SEC-2] a right taken away stops the running track and cannot be taken back", async () => {
    const grants = { subscribe: true, sources: ["microphone"] } as const;
    harness.authority.setGrants("minato", grants);
    harness.gate.setGrants("minato", grants);
    await sfu.setGrants("room", "id-minato", grants);
    await vi.waitFor(async () => expect(await tracksOf("id-minato")).toEqual(["microphone"]), patient);
    expect(await minato.page.evaluate(() => window.gatePage.publishAnotherCamera())).toBe(false);
    expect(await tracksOf("id-minato")).toEqual(["microphone"]);
  });

  test("LiveKit killed: both are back in the room, and so is the picture", async () => {
    process.kill(livekit.pid, "SIGKILL");
    await vi.waitFor(() => expect(livekit.restarts).toBe(1), patient);
    await seesMoreOf(minato, "id-akari");
  });

  test("[ADM-8] who is removed neither hears nor sees any more, and comes back with nothing they hold", async () => {
    await giveBack("minato");
    await minato.page.evaluate(() => window.gatePage.publish());
    await seesMoreOf(akari, "id-minato");
    await minato.page.evaluate(() => void (window.gateProbes.keepPeers = true));
    harness.gate.closeSeat("minato", "removed");
    harness.authority.dismiss("minato");
    await harness.gate.evict("room", "id-minato");
    await vi.waitFor(async () => {
      expect((await minato.page.evaluate(() => window.gateProbes.closes)).map((each) => each.code)).toContain(
        4002,
      );
    }, patient);
    // Nothing flows any more in either direction, though the page that was removed keeps its peer connection.
    for (const person of [minato, akari]) await staysSilent(person);
    expect((await sfu.listParticipants("room")).map((each) => each.identity)).toEqual(["id-akari"]);
    for (const ticket of ticketsSeenBy(minato)) {
      expect(await minato.page.evaluate((value) => window.gatePage.tryAgain(value), ticket)).toBe(false);
    }
    expect((await sfu.listParticipants("room")).map((each) => each.identity)).toEqual(["id-akari"]);
  });

  test("no page ever received anything that LiveKit would accept", () => {
    for (const person of [akari, minato]) {
      expect(person.received.length).toBeGreaterThan(20);
      expect(person.received.filter((frame) => /eyJ|text:/.test(frame))).toEqual([]);
      expect(ticketsSeenBy(person).length).toBeGreaterThan(0);
    }
  });
});

async function giveBack(name: string): Promise<void> {
  harness.authority.setGrants(name, everything);
  harness.gate.setGrants(name, everything);
  await sfu.setGrants("room", `id-${name}`, everything);
}

/** Not one byte of media in a whole second, within five seconds. */
async function staysSilent(person: Person): Promise<void> {
  await vi.waitFor(
    async () => {
      const before = await person.page.evaluate(() => window.gateMeasures.bytesReceived());
      await person.page.waitForTimeout(1_000);
      expect(await person.page.evaluate(() => window.gateMeasures.bytesReceived())).toBe(before);
    },
    { timeout: 5_000 },
  );
}

/** Frames with field 16, refresh_token: 0x82 0x01, then the length of a ticket. */
function ticketsSeenBy(person: Person): string[] {
  return person.received.filter((frame) => frame.startsWith("\x82\x01\x2b")).map((frame) => frame.slice(3));
}

async function tracksOf(identity: string): Promise<string[]> {
  const person = (await sfu.listParticipants("room")).find((each) => each.identity === identity);
  return (person?.tracks ?? []).map((track) => String(track.source)).toSorted();
}
