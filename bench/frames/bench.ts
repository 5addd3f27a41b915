/** What end-to-end encryption of media costs: the same page, camera and media server, with it and without. */
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import {
  startFrameWorld,
  type FramePerson,
  type FrameWorld,
} from "../../packages/testkit/src/frame-pages.ts";
import { versionOf } from "../lib/machine.ts";
import type { Outcome, Row } from "../lib/report.ts";
import { median, quantile } from "../lib/stats.ts";

type Way = "protected" | "clear";
type Sample = {
  readonly way: Way;
  /** From the receiver's join to the first frame that its page draws. */
  readonly firstFrameMs: number;
  readonly decodedPerSecond: number;
  readonly sentPerSecond: number;
  /** Of both browsers, all their processes; one core busy is 1. */
  readonly cores: number;
  /** Of each frame in this round, both ways; empty without encryption. */
  readonly transformMs: readonly number[];
};

/** So small that two cores can encode and decode it beside everything else: what is compared is the way, not the camera. */
const HEIGHT = 360;
const WINDOW_MS = 8000;

export async function run(options: readonly string[]): Promise<Outcome> {
  const rounds = Number(options[0] ?? 12);
  await using world = await startFrameWorld({ timed: true });
  await using sender = await world.person("akari", "warm-up");
  await using receiver = await world.person("minato", "warm-up");
  const samples: Sample[] = [];
  // The first join of a fresh browser is slow, and nobody's business.
  for (let round = -1; round < rounds; round += 1)
    for (const way of round % 2 === 0
      ? (["protected", "clear"] as const)
      : (["clear", "protected"] as const)) {
      const sample = await meet(world, { sender, receiver, way, sfuRoom: `round-${round}-${way}` });
      if (round < 0) continue;
      samples.push(sample);
      console.log(JSON.stringify({ ...sample, transformMs: sample.transformMs.length }));
    }
  return report(samples, versionsOf(receiver));
}

type Meeting = {
  readonly sender: FramePerson;
  readonly receiver: FramePerson;
  readonly way: Way;
  readonly sfuRoom: string;
};

async function meet(world: FrameWorld, { sender, receiver, way, sfuRoom }: Meeting): Promise<Sample> {
  for (const who of [sender, receiver]) {
    await who.visit(sfuRoom);
    if (way === "clear") continue;
    await who.giveKeys(1, undefined, false);
    await who.sendWith(1);
  }
  // The same sending options for both: only the protection differs.
  await sender.join({ mode: way, plainSound: true });
  await sender.publish(HEIGHT);
  await delay(1500);
  await noteFirstFrame(receiver);
  const from = await receiver.page.evaluate(() => performance.now());
  await receiver.join({ mode: way, plainSound: true });
  const firstFrameMs = (await firstFrame(receiver)) - from;
  await receiver.publish(HEIGHT);
  await delay(2500);
  await timesOf(receiver, way);
  await timesOf(sender, way);
  const before = await look(sender, receiver);
  await delay(WINDOW_MS);
  const after = await look(sender, receiver);
  const seconds = (after.at - before.at) / 1000;
  const sample = {
    way,
    firstFrameMs,
    decodedPerSecond: (after.decoded - before.decoded) / seconds,
    sentPerSecond: (after.sent - before.sent) / seconds,
    cores: (after.cpu - before.cpu) / seconds,
    transformMs: [...(await timesOf(receiver, way)), ...(await timesOf(sender, way))],
  };
  for (const who of [sender, receiver]) await who.page.goto("about:blank");
  await empty(world, sfuRoom);
  return sample;
}

async function empty(world: FrameWorld, sfuRoom: string): Promise<void> {
  world.harness.gate.closeAll("ended");
  await world.harness.gate.evict(sfuRoom, "id-akari");
  await world.harness.gate.evict(sfuRoom, "id-minato");
}

/** Drawn, not decoded: `requestVideoFrameCallback` of the first picture that the page attaches. */
function noteFirstFrame({ page }: FramePerson): Promise<void> {
  return page.evaluate(() => {
    const drawn = new Promise<number>((resolve) => {
      new MutationObserver((_, observer) => {
        const video = document.querySelector("video");
        if (video === null) return;
        observer.disconnect();
        video.requestVideoFrameCallback(() => resolve(performance.now()));
      }).observe(document.body, { childList: true });
    });
    Reflect.set(globalThis, "firstFrame", drawn);
  });
}

const firstFrame = ({ page }: FramePerson) =>
  page.evaluate(async () => Number(await Reflect.get(globalThis, "firstFrame")));

/** What the worker's clock has noted since the last question. */
function timesOf({ page }: FramePerson, way: Way): Promise<readonly number[]> {
  if (way === "clear") return Promise.resolve([]);
  return page.evaluate(
    () =>
      new Promise<readonly number[]>((resolve) => {
        const channel = new BroadcastChannel("frame-times");
        channel.addEventListener("message", ({ data }: MessageEvent<readonly number[]>) => {
          channel.close();
          resolve(data);
        });
        channel.postMessage(null);
      }),
  );
}

async function look(sender: FramePerson, receiver: FramePerson) {
  const [decoded, sent, ...cpu] = await Promise.all([
    receiver.decoded(),
    sender.page.evaluate(() => window.framesPage.framesSent()),
    cpuOf(sender),
    cpuOf(receiver),
  ]);
  return {
    at: performance.now(),
    decoded: decoded["id-akari camera"] ?? 0,
    sent,
    cpu: cpu.reduce((sum, one) => sum + one, 0),
  };
}

const processes = z.object({ processInfo: z.array(z.object({ cpuTime: z.number() })) });

/** Seconds of processor time that the browser has used so far. */
async function cpuOf({ browser }: FramePerson): Promise<number> {
  const session = await browser.browser?.newBrowserCDPSession();
  const { processInfo } = processes.parse(await session?.send("SystemInfo.getProcessInfo"));
  await session?.detach();
  return processInfo.reduce((sum, one) => sum + one.cpuTime, 0);
}

function versionsOf({ browser }: FramePerson): Outcome["versions"] {
  return {
    Chromium: browser.browser?.version() ?? "unknown",
    LiveKit: "1.13.5",
    "livekit-client": versionOf("livekit-client"),
  };
}

function report(samples: readonly Sample[], versions: Outcome["versions"]): Outcome {
  const of = (way: Way, field: Exclude<keyof Sample, "way" | "transformMs">) =>
    median(samples.filter((one) => one.way === way).map((one) => one[field]));
  const against = (measure: string, field: Parameters<typeof of>[1], unit: string): Row => ({
    measure,
    unit,
    ours: of("protected", field),
    peer: { name: "without", value: of("clear", field) },
    goal: null,
  });
  const decoded = against("frames decoded a second", "decodedPerSecond", "fps");
  const first = against("from join to the first frame drawn", "firstFrameMs", "ms");
  const ratio = (row: Row) => row.ours / (row.peer?.value ?? Number.NaN);
  const transforms = samples.flatMap((one) => one.transformMs);
  const p99 = quantile(transforms, 0.99);
  const time = (q: number) => ({
    measure: `transform of one frame, p${q * 100}`,
    unit: "ms",
    ours: quantile(transforms, q),
    peer: null,
  });
  return {
    title: "End-to-end encryption of media, on against off",
    versions,
    method: [
      `Two browsers with camera (${HEIGHT} lines, VP8, simulcast) and microphone at the real gate and LiveKit; ${samples.length / 2} rounds of each way, in turns, each in a room and a page of its own; medians.`,
      "With encryption: AES-256-GCM (suite 5 of RFC 9605) in the product's worker, transforms on every sender and receiver. Without: the same page and the same sending options, no transforms.",
      `Frames and processor time over ${WINDOW_MS / 1000} s in which both send; processor time is that of all processes of both browsers.`,
      "A transform's time runs from the browser's handing over a frame to the worker's handing it on, so it holds waiting for the processor too.",
    ],
    rows: [
      { ...decoded, goal: { text: "≥ 99 %", reached: ratio(decoded) >= 0.99 } },
      against("frames sent a second", "sentPerSecond", "fps"),
      { ...first, goal: { text: "≤ 1.05 ×", reached: ratio(first) <= 1.05 } },
      { ...time(0.5), goal: null },
      { ...time(0.99), goal: { text: "≤ 0.5 ms", reached: p99 <= 0.5 } },
      against("processor of both browsers", "cores", "cores"),
    ],
    notes: [`${transforms.length} frames went through a transform while it was measured.`],
    samples: samples.map(({ transformMs, ...rest }) => ({ ...rest, transforms: transformMs.length })),
  };
}
