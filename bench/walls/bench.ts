/** A block is committed: when does the last media packet of the one who goes reach the one who stays (performance 6). */
import { setTimeout as delay } from "node:timers/promises";
import { makeStubborn, packetsSeen, stopWatching, watchPackets } from "../../e2e/in-page.ts";
import { address, inRoom, person, pictureFlows, signInOwner, type Person } from "../../e2e/people.ts";
import { barriersOn, group, layDown, policy } from "../../packages/testkit/src/barrier-versions.ts";
import { colleague, type Colleague } from "../../packages/testkit/src/colleagues.ts";
import { schedule, type TestMeeting } from "../../packages/testkit/src/meetings.ts";
import { startProduct, type Product } from "../../packages/testkit/src/product.ts";
import { versionOf } from "../lib/machine.ts";
import type { Outcome, Row } from "../lib/report.ts";
import { maximum, median, quantile } from "../lib/stats.ts";

/** Nothing may come any more after this; a packet in it counts with its time. */
const watchMs = 1500;

type Site = {
  readonly product: Product;
  readonly meeting: TestMeeting;
  readonly hostId: string;
  readonly research: Colleague;
};

export async function run(options: readonly string[]): Promise<Outcome> {
  const rounds = Number(options[0] ?? 300);
  await using product = await startProduct({ postgres: { durable: true } });
  const owner = await product.setUp();
  const { id: hostId } = await owner.ok<{ id: string }>("GET", "/api/me");
  const research = await colleague(product, owner);
  await using host = await person();
  await using analyst = await person();
  const site = { product, hostId, research, meeting: await open(owner, host, product) };
  await signIn(analyst, site);
  await makeStubborn(analyst.page);
  const late: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    late.push(await blockOnce(site, host, analyst));
    if (round % 20 === 0) console.log(`${round} of ${rounds}: ${Math.round(late.at(-1) ?? 0)} ms`);
  }
  return report(late);
}

async function open(
  owner: Awaited<ReturnType<Product["setUp"]>>,
  host: Person,
  product: Product,
): Promise<TestMeeting> {
  const meeting = await schedule(owner, {
    muteOnEntry: false,
    waitingRoom: false,
    passcodeRequired: false,
    whoMayJoin: "signedIn",
  });
  await signInOwner(host, product);
  await host.page.goto(address(product, meeting));
  await host.page.getByRole("button", { name: "会議を始める" }).click();
  await inRoom(host.page);
  return meeting;
}

async function signIn({ page }: Person, { product, research }: Site): Promise<void> {
  await page.goto(product.origin);
  const answer = await page.request.post(`${product.origin}/api/sign-in`, {
    headers: { origin: product.origin },
    data: { email: research.me.email, password: research.password },
  });
  if (!answer.ok()) throw new Error(`sign in: ${answer.status()}`);
}

/** Answers the ms from the commit to the last packet. */
async function blockOnce(site: Site, host: Person, analyst: Person): Promise<number> {
  await layDown(site.product, walls(site, []));
  await analyst.page.goto(address(site.product, site.meeting));
  await analyst.page.getByRole("button", { name: "入室を申請する" }).click();
  await inRoom(analyst.page);
  await pictureFlows(host);
  await watchPackets(host.page);
  await layDown(site.product, walls(site, ["meeting"]));
  const committedAt = Date.now();
  await analyst.page.getByRole("heading", { name: "会議から退室しました" }).waitFor();
  await delay(Math.max(0, committedAt + watchMs - Date.now()));
  const { lastAt } = await packetsSeen(host.page);
  await stopWatching(host.page);
  if (lastAt < committedAt - 1000) throw new Error("no media was flowing");
  return lastAt - committedAt;
}

function walls({ hostId, research }: Site, flags: readonly "meeting"[]) {
  return [
    barriersOn,
    ...group("hosts", hostId),
    ...group("research", research.me.id),
    policy("hosts", "research", flags),
  ];
}

function report(late: readonly number[]): Outcome {
  const row = (measure: string, ours: number, most: number | null): Row => ({
    measure,
    unit: "ms",
    ours,
    peer: null,
    goal: most === null ? null : { text: `< ${most} ms`, reached: ours < most },
  });
  return {
    title: "From a block's commit to the last media packet of the one who goes",
    versions: { LiveKit: "1.13.5", "livekit-client": versionOf("livekit-client") },
    method: [
      `The whole product, durable PostgreSQL, real LiveKit, two browsers of their own with camera and microphone; ${late.length} blocks in one meeting, each lifted again before the next.`,
      "Time runs from when the transaction of the version is known to be committed. Packet counters of every incoming stream of the one who stays are read every 10 ms or as soon after as the browser answers.",
      "The page of the one who goes is stubborn: it ignores every order to close its connections or to stop its devices. LiveKit sends up to 200 ms of blank frames when it closes a track: the last packet may be one of those.",
    ],
    rows: [
      row("last packet at who stays, slowest", maximum(late), 1000),
      row("last packet at who stays, p99", quantile(late, 0.99), 500),
      row("last packet at who stays, median", median(late), null),
    ],
    notes: [],
    samples: late,
  };
}
