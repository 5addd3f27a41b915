/** From the admission to the first remote frame: through our gate, and straight to the same LiveKit. */
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { ask, inRoom, type Page } from "../../e2e/people.ts";
import { launchBrowser, type TestBrowser } from "../../packages/testkit/src/browser.ts";
import { schedule, type TestMeeting } from "../../packages/testkit/src/meetings.ts";
import { owner } from "../../packages/testkit/src/product.ts";
import { command } from "../../e2e/in-page.ts";
import { versionOf } from "../lib/machine.ts";
import type { Outcome, Row } from "../lib/report.ts";
import { median } from "../lib/stats.ts";
import { startDirect, type Direct } from "./direct.ts";
import { moveToOwnNetwork, openFarAway, serverAddress, trustFlag } from "./network.ts";
import { startReachable, type Reachable } from "./product.ts";

type Way = "ours" | "direct";
type Sample = {
  readonly way: Way;
  readonly roundTripMs: number;
  /** From what the page was told (the token in hand; the word of the admission) to the first remote frame. */
  readonly fromToldMs: number;
  /** From the host's press to the same frame; NaN for the direct way, which has no host. */
  readonly fromPressMs: number;
};

const roundTrips = [0, 100] as const;
/** A person who waits does so for longer than this; by then the page has fetched what the meeting needs. */
const waitingMs = 3000;

export async function run(options: readonly string[]): Promise<Outcome> {
  const rounds = Number(options[0] ?? 12);
  moveToOwnNetwork();
  // Our own authority's certificate, on our own machine.
  process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = "0";
  await using far = await openFarAway();
  await far.setRoundTrip(0);
  await using product = await startReachable(serverAddress);
  await using direct = await startDirect(serverAddress);
  const meeting = await schedule(product.host, { muteOnEntry: false });
  const args = [await trustFlag([product.origin, direct.origin])];
  await using hostBrowser = await launchBrowser({ context, args });
  await using otherBrowser = await launchBrowser({ context, args });
  const host = await startHost(hostBrowser, product, meeting);
  await publishDirect(otherBrowser, direct);
  const samples: Sample[] = [];
  const join = { ours: () => joinOurs, direct: () => joinDirect };
  for (const roundTripMs of roundTrips) {
    await far.setRoundTrip(roundTripMs);
    await using joiner = await far.launch(() => launchBrowser({ context, args }));
    const site = { joiner, product, direct, meeting, host };
    // The first join of a fresh browser is slow, and nobody's business.
    for (let round = -1; round < rounds; round += 1)
      for (const way of round % 2 === 0 ? (["ours", "direct"] as const) : (["direct", "ours"] as const)) {
        const measured = await join[way]()(site, `${roundTripMs}-${round}`);
        if (round < 0) continue;
        samples.push({ way, roundTripMs, ...measured });
        console.log(JSON.stringify(samples.at(-1)));
      }
  }
  return report(samples, rounds);
}

const context = {
  locale: "ja-JP",
  viewport: { width: 1280, height: 800 },
  reducedMotion: "reduce",
} as const;

type Site = {
  readonly joiner: TestBrowser;
  readonly product: Reachable;
  readonly direct: Direct;
  readonly meeting: TestMeeting;
  readonly host: Page;
};
type Measured = Omit<Sample, "way" | "roundTripMs">;

async function startHost(browser: TestBrowser, product: Reachable, meeting: TestMeeting): Promise<Page> {
  const page = await browser.context.newPage();
  await page.goto(`${product.origin}/signin`);
  await page.getByLabel("メールアドレス").fill(owner.email);
  await page.getByLabel("パスワード", { exact: true }).fill(owner.password);
  await page.getByRole("button", { name: "サインイン", exact: true }).click();
  await page.getByRole("heading", { name: "会議", exact: true }).first().waitFor();
  await page.goto(`${product.origin}/m/${meeting.link}`);
  await page.getByRole("button", { name: "会議を始める" }).click();
  await inRoom(page);
  return page;
}

async function publishDirect(browser: TestBrowser, direct: Direct): Promise<void> {
  const page = await browser.context.newPage();
  await page.goto(direct.origin);
  await callJoin(page, await direct.token());
}

async function callJoin(page: Page, token: string): Promise<void> {
  await page.waitForFunction(() => Reflect.has(globalThis, "join"));
  await page.evaluate((own) => {
    const join: unknown = Reflect.get(globalThis, "join");
    if (typeof join === "function") Reflect.apply(join, undefined, [own]);
  }, token);
}

async function joinDirect({ joiner, direct }: Site): Promise<Measured> {
  await using visit = await openVisit(joiner);
  await visit.page.goto(direct.origin);
  await visit.page.waitForFunction(() => Reflect.has(globalThis, "join"));
  await delay(waitingMs);
  await callJoin(visit.page, await direct.token());
  const frameAt = await visit.firstFrame();
  return { fromToldMs: frameAt - (await visit.moment("startedAt")), fromPressMs: Number.NaN };
}

const own = z.object({ admission: z.object({ admissionId: z.string() }) });

async function joinOurs({ joiner, product, meeting, host }: Site, name: string): Promise<Measured> {
  await using visit = await openVisit(joiner);
  const { page } = visit;
  const api = `/api/m/${meeting.link}`;
  await page.goto(`${product.origin}/m/${meeting.link}`);
  await ask(page, meeting, { name: `客 ${name}` });
  await page.getByRole("heading", { name: "入室の許可を待っています" }).waitFor();
  const view = await page.evaluate(async (path) => (await fetch(path)).text(), api);
  const { admissionId } = own.parse(JSON.parse(view)).admission;
  await delay(waitingMs);
  const pressed = await command(host, `${api}/admit`, {
    rows: [{ admissionId, revision: 1 }],
    method: null,
    standInReason: null,
  });
  if (pressed.status !== 200) throw new Error(`admit: ${pressed.status} ${pressed.body}`);
  const frameAt = await visit.firstFrame();
  return { fromToldMs: frameAt - (await visit.moment("toldAt")), fromPressMs: frameAt - pressed.at };
}

type Visit = AsyncDisposable & {
  readonly page: Page;
  firstFrame(): Promise<number>;
  moment(name: string): Promise<number>;
};

async function openVisit(browser: TestBrowser): Promise<Visit> {
  const visitor = await browser.newContext(context);
  const page = await visitor.newPage();
  page.setDefaultTimeout(30_000);
  await page.addInitScript(noteMoments);
  const moment = (name: string) => page.evaluate((key) => Number(Reflect.get(globalThis, key)), name);
  return {
    page,
    moment,
    async firstFrame() {
      await page.waitForFunction(() => Reflect.has(globalThis, "frameAt"));
      return moment("frameAt");
    },
    [Symbol.asyncDispose]: () => visitor.close(),
  };
}

/** The first frame of any incoming picture, as a video element presents it, and the word of the admission. */
function noteMoments(): void {
  const now = () => performance.timeOrigin + performance.now();
  const note = (name: string) => {
    if (!Reflect.has(globalThis, name)) Reflect.set(globalThis, name, now());
  };
  const Peer = globalThis.RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Peer {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      this.addEventListener("track", ({ track }) => {
        if (track.kind !== "video") return;
        const video = document.createElement("video");
        video.muted = true;
        video.srcObject = new MediaStream([track]);
        video.requestVideoFrameCallback(() => note("frameAt"));
        void video.play();
      });
    }
  };
  const Source = globalThis.EventSource;
  globalThis.EventSource = class extends Source {
    constructor(url: string | URL, init?: EventSourceInit) {
      super(url, init);
      this.addEventListener("message", (event: MessageEvent<string>) => {
        if (event.data.includes('"state":"admitted"')) note("toldAt");
      });
    }
  };
}

function report(samples: readonly Sample[], rounds: number): Outcome {
  const of = (way: Way, roundTripMs: number, field: "fromToldMs" | "fromPressMs") =>
    median(
      samples.filter((one) => one.way === way && one.roundTripMs === roundTripMs).map((one) => one[field]),
    );
  const trips = (way: Way, field: "fromToldMs" | "fromPressMs") =>
    (of(way, 100, field) - of(way, 0, field)) / 100;
  const ratio = of("ours", 0, "fromToldMs") / of("direct", 0, "fromToldMs");
  const row = (measure: string, roundTripMs: number, field: "fromToldMs" | "fromPressMs"): Row => ({
    measure,
    unit: "ms",
    ours: of("ours", roundTripMs, field),
    peer: { name: "LiveKit's client straight to LiveKit", value: of("direct", roundTripMs, "fromToldMs") },
    goal: null,
  });
  const tripsRow = (measure: string, field: "fromToldMs" | "fromPressMs"): Row => ({
    measure,
    unit: "round trips",
    ours: trips("ours", field),
    peer: { name: "straight to LiveKit", value: trips("direct", "fromToldMs") },
    goal: null,
  });
  return {
    title: "From the admission to the first remote frame",
    versions: { LiveKit: "1.13.5", "livekit-client": versionOf("livekit-client") },
    method: [
      `Two LiveKits of one build, one for each way, on one machine; the joining browser in a network namespace of its own behind a relay in user space that holds every frame for half of the round trip (this kernel has no netem); at "0 ms" the relay passes frames on at once. ${rounds} joins of each way at each round trip, rotated, medians; the first join of each browser is thrown away.`,
      "Straight: the bare media client with the product's own options and the token in hand, signalling to LiveKit through nothing but TLS, from the call of connect. Ours: from the moment the page that waits is told of the admission; and from the host's press, which the straight way does not have.",
      "Both pages have loaded their code before and then wait for 3 s; both have been allowed camera and microphone before, and publish them when connected. The first frame is the first one that a video element presents of an incoming track.",
      "Round trips: what 100 ms of round trip add to the median, divided by 100 ms.",
    ],
    rows: [
      {
        ...row("told → first frame, RTT 0 ms", 0, "fromToldMs"),
        goal: { text: "≤ 1.2 ×", reached: ratio <= 1.2 },
      },
      row("host's press → first frame, RTT 0 ms", 0, "fromPressMs"),
      row("told → first frame, RTT 100 ms", 100, "fromToldMs"),
      row("host's press → first frame, RTT 100 ms", 100, "fromPressMs"),
      {
        ...tripsRow("round trips, told → first frame", "fromToldMs"),
        goal: { text: "stretch: ≤ 5", reached: trips("ours", "fromToldMs") <= 5 },
      },
      tripsRow("round trips, host's press → first frame", "fromPressMs"),
    ],
    notes: [],
    samples,
  };
}
