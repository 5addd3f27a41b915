/** What runs in a page of a bench before its own scripts. Times are the machine's clock, ms with fractions. */
import type { Page } from "./people.ts";

/**
 * A page that does not do as it is told: it keeps its peer connections and its devices whatever its own scripts say, so
 * that what ends its media is the server alone.
 */
export async function makeStubborn(page: Page): Promise<void> {
  await page.addInitScript(() => {
    RTCPeerConnection.prototype.close = () => undefined;
    RTCPeerConnection.prototype.removeTrack = () => undefined;
    MediaStreamTrack.prototype.stop = () => undefined;
    RTCRtpSender.prototype.replaceTrack = () => Promise.resolve();
  });
}

/** Looks every 10 ms whether another media packet has arrived, on any connection of the page, and when. */
export async function watchPackets(page: Page): Promise<void> {
  await page.evaluate(() => {
    const counts = new Map<string, number>();
    const seen = { lastAt: 0, looks: 0, longestGapMs: 0, stop: false };
    Reflect.set(globalThis, "packetsSeen", seen);
    const value = (of: unknown, key: string): unknown =>
      typeof of === "object" && of !== null ? Reflect.get(of, key) : undefined;
    const now = () => performance.timeOrigin + performance.now();
    async function look(): Promise<void> {
      const all: unknown = Reflect.get(globalThis, "testConnections");
      for (const connection of Array.isArray(all) ? all : []) {
        if (!(connection instanceof RTCPeerConnection)) continue;
        const stats = await connection.getStats().catch(() => null);
        stats?.forEach((report: unknown) => {
          if (value(report, "type") !== "inbound-rtp") return;
          const id = `${String(value(report, "ssrc"))}:${String(value(report, "id"))}`;
          const packets = Number(value(report, "packetsReceived") ?? 0);
          if (packets > (counts.get(id) ?? 0)) seen.lastAt = now();
          counts.set(id, packets);
        });
      }
    }
    async function loop(): Promise<void> {
      let before = now();
      while (!seen.stop) {
        await look();
        seen.looks += 1;
        await new Promise((resolve) => setTimeout(resolve, 10));
        seen.longestGapMs = Math.max(seen.longestGapMs, now() - before);
        before = now();
      }
    }
    void loop();
  });
}

export type PacketsSeen = { readonly lastAt: number; readonly longestGapMs: number };

export function packetsSeen(page: Page): Promise<PacketsSeen> {
  return page.evaluate(() => {
    const seen: unknown = Reflect.get(globalThis, "packetsSeen");
    const of = (key: string) =>
      typeof seen === "object" && seen !== null ? Number(Reflect.get(seen, key)) : Number.NaN;
    return { lastAt: of("lastAt"), longestGapMs: of("longestGapMs") };
  });
}

export async function stopWatching(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen: unknown = Reflect.get(globalThis, "packetsSeen");
    if (typeof seen === "object" && seen !== null) Reflect.set(seen, "stop", true);
  });
}

export type Sent = {
  readonly at: number;
  readonly answeredAt: number;
  readonly status: number;
  readonly body: string;
};

/** A command of the person of this page, as the page itself would send it, with the moment it left. */
export function command(page: Page, path: string, body: unknown): Promise<Sent> {
  return page.evaluate(
    async ({ path: where, body: what }) => {
      const now = () => performance.timeOrigin + performance.now();
      const at = now();
      const response = await fetch(where, {
        method: "POST",
        ...(what === undefined
          ? {}
          : { headers: { "content-type": "application/json" }, body: JSON.stringify(what) }),
      });
      const answeredAt = now();
      return { at, answeredAt, status: response.status, body: await response.text() };
    },
    { path, body },
  );
}
