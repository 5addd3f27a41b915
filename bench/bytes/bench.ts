/** What a guest's browser has to fetch and compute: until the waiting room works, and until in the meeting. */
import { AccessToken, RoomServiceClient } from "livekit-server-sdk";
import { join } from "node:path";
import {
  address,
  admit,
  ask,
  inRoom,
  person,
  signInOwner,
  type Page,
  type Person,
} from "../../e2e/people.ts";
import { launchBrowser } from "../../packages/testkit/src/browser.ts";
import { schedule, type TestMeeting } from "../../packages/testkit/src/meetings.ts";
import { startProduct, type Product } from "../../packages/testkit/src/product.ts";
import { buildLivekitPage, fetchPeers, peerFile } from "../lib/peers.ts";
import type { Outcome, Row } from "../lib/report.ts";
import { serveFolder } from "../lib/static-server.ts";
import { median } from "../lib/stats.ts";
import { noteHeading, watch, type Cost, type Watch } from "./watch.ts";

type Who = "ours" | "livekit" | "elementCall";
type Stage = "before" | "in";
const waiting = "入室の許可を待っています";

type Sample = { readonly who: Who; readonly stage: Stage; readonly cost: Cost };

export async function run(options: readonly string[]): Promise<Outcome> {
  const rounds = Number(options[0] ?? 5);
  const versions = await fetchPeers();
  await using livekitPage = await serveFolder(await buildLivekitPage());
  await using elementCall = await serveFolder(join(peerFile("@element-hq/element-call-embedded"), "dist"));
  await using product = await startProduct();
  const meeting = await schedule(await product.setUp(), { muteOnEntry: false });
  await using host = await person();
  await signInOwner(host, product);
  await host.page.goto(address(product, meeting));
  await host.page.getByRole("button", { name: "会議を始める" }).click();
  await inRoom(host.page);
  const samples: Sample[] = [];
  const plays: Readonly<Record<Who, (round: number) => Promise<readonly Sample[]>>> = {
    ours: (round) => playOurs(product, meeting, host, `客${"一二三四五六七八九十"[round] ?? round}`),
    livekit: () => playLivekit(product, livekitPage.origin),
    elementCall: () => playElementCall(elementCall.origin),
  };
  const order = ["ours", "livekit", "elementCall"] as const;
  for (let round = 0; round < rounds; round += 1)
    for (let turn = 0; turn < order.length; turn += 1) {
      const who = order[(turn + round) % order.length] ?? "ours";
      const played = await plays[who](round);
      for (const { stage, cost } of played) console.log(who, stage, JSON.stringify(cost));
      samples.push(...played);
    }
  return report(samples, rounds, versions);
}

/** Every visitor has an empty cache: a browser of their own. */
async function visit<T>(work: (page: Page, watched: Watch) => Promise<T>): Promise<T> {
  await using browser = await launchBrowser({
    context: { locale: "ja-JP", timezoneId: "Asia/Tokyo", viewport: { width: 1280, height: 800 } },
  });
  const page = await browser.context.newPage();
  page.setDefaultTimeout(30_000);
  return await work(page, await watch(page));
}

function playOurs(
  product: Product,
  meeting: TestMeeting,
  host: Person,
  name: string,
): Promise<readonly Sample[]> {
  return visit(async (page, watched) => {
    const works = await noteHeading(page, waiting);
    await page.goto(address(product, meeting));
    await ask(page, meeting, { name });
    await page.getByRole("heading", { name: waiting }).waitFor();
    const before = await watched.cost(await works());
    // While the person waits, the page fetches what the meeting will need: that belongs to the meeting.
    await admit(host.page, name);
    await inRoom(page);
    await seesPicture(page);
    if (watched.plain.length > 0) throw new Error(`came without brotli: ${watched.plain.join(", ")}`);
    return [
      { who: "ours", stage: "before", cost: before },
      { who: "ours", stage: "in", cost: await watched.cost() },
    ] as const;
  });
}

/** Their device check stands for our entry: they have no waiting room. */
function playLivekit(product: Product, origin: string): Promise<readonly Sample[]> {
  const { url, apiKey, apiSecret } = product.livekit;
  return visit(async (page, watched) => {
    const room = `bytes-${crypto.randomUUID()}`;
    await new RoomServiceClient(url, apiKey, apiSecret).createRoom({ name: room });
    const token = new AccessToken(apiKey, apiSecret, { identity: crypto.randomUUID() });
    token.addGrant({ room, roomJoin: true, canPublish: true, canSubscribe: true });
    const query = new URLSearchParams({ server: url.replace("http", "ws"), token: await token.toJwt() });
    await page.goto(`${origin}/#${query.toString()}`);
    await page.getByPlaceholder("Username").fill("Guest");
    await page.locator("button.lk-join-button:enabled").waitFor();
    await seesPicture(page);
    const before = await watched.cost();
    await page.locator("button.lk-join-button").click();
    await page.locator(".lk-control-bar").waitFor();
    await seesPicture(page);
    return [
      { who: "livekit", stage: "before", cost: before },
      { who: "livekit", stage: "in", cost: await watched.cost() },
    ] as const;
  });
}

/** Without a Matrix server it comes no further than its first text, so that is all that is counted of it. */
function playElementCall(origin: string): Promise<readonly Sample[]> {
  return visit(async (page, watched) => {
    await page.goto(origin);
    await page.waitForFunction(() => (document.getElementById("root")?.textContent ?? "").trim() !== "");
    return [{ who: "elementCall", stage: "before", cost: await watched.cost() }] as const;
  });
}

async function seesPicture(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    [...document.querySelectorAll("video")].some((video) => video.videoWidth > 0 && !video.paused),
  );
}

const names = { livekit: "LiveKit's components", elementCall: "Element Call" } as const;

function report(
  samples: readonly Sample[],
  rounds: number,
  versions: Readonly<Record<string, string>>,
): Outcome {
  const of = (who: Who, stage: Stage, field: keyof Cost) =>
    median(samples.filter((one) => one.who === who && one.stage === stage).map((one) => one.cost[field]));
  const rowsOf = (measure: string, stage: Stage, field: keyof Cost, most: number | null): Row[] => {
    const peers = stage === "before" ? (["livekit", "elementCall"] as const) : (["livekit"] as const);
    const isBytes = field === "bytes" || field === "bodyBytes";
    const scale = isBytes ? 1024 : 1;
    const ours = of("ours", stage, field) / scale;
    return peers.map((who, index) => ({
      measure,
      unit: isBytes ? "KiB" : "ms",
      ours,
      peer: { name: names[who], value: of(who, stage, field) / scale },
      goal: most === null || index > 0 ? null : { text: `≤ ${most} KiB`, reached: ours <= most },
    }));
  };
  return {
    title: "What a guest's browser fetches and computes",
    versions,
    method: [
      `A fresh browser without a cache for every visit, Japanese, 1280×800, a fake camera; served over loopback HTTP with brotli at its highest quality; ${rounds} rounds, rotated, medians.`,
      "Bytes are those on the wire, answers of the API and the event stream included; web fonts with their style sheet are counted apart, because only a machine without a Japanese font fetches them. The product sends its security headers with every file, the peers' static server almost none: hence the rows without headers.",
      "Ours, waiting room: from the link through the form to the moment its heading stands there; what the page fetches from then on, while the person waits, counts for the meeting. In the meeting: admitted, the control bar there, the host's picture running.",
      "LiveKit's components: a page of PreJoin and VideoConference with their styles, built by the same tool. Before: their device check with the camera's picture; they have no waiting room. In the meeting: alone in a room, own picture running.",
      "Element Call's embedded bundle has no Matrix server here: it is counted until its first text only, which flatters it.",
      "Main thread: time in tasks by the browser's own counter. Long tasks: those of more than 50 ms.",
    ],
    rows: [
      ...rowsOf("bytes until the waiting room works, headers included", "before", "bytes", 90),
      ...rowsOf("the same without headers", "before", "bodyBytes", null),
      ...rowsOf("bytes until in the meeting, headers included", "in", "bytes", 260),
      ...rowsOf("the same without headers", "in", "bodyBytes", null),
      ...rowsOf("long tasks until the waiting room works", "before", "longTaskMs", null),
      ...rowsOf("long tasks until in the meeting", "in", "longTaskMs", null),
      ...rowsOf("main thread until in the meeting", "in", "taskMs", null),
      ...rowsOf("first paint", "before", "firstPaintMs", null),
      {
        measure: "web fonts until in the meeting, where there is no Japanese font",
        unit: "KiB",
        ours: of("ours", "in", "fontBytes") / 1024,
        peer: null,
        goal: null,
      },
    ],
    notes: [],
    samples,
  };
}
