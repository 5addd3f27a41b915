/** The host removes somebody: when does the last media packet reach the others, and the removed person. */
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { address, ask, inRoom, person, pictureFlows, signInOwner, type Person } from "../../e2e/people.ts";
import { schedule, type TestMeeting } from "../../packages/testkit/src/meetings.ts";
import { startProduct, type Product } from "../../packages/testkit/src/product.ts";
import { command, makeStubborn, packetsSeen, stopWatching, watchPackets } from "../../e2e/in-page.ts";
import { versionOf } from "../lib/machine.ts";
import type { Outcome, Row } from "../lib/report.ts";
import { maximum, median, quantile } from "../lib/stats.ts";

type Removal = {
  readonly lastAtOthersMs: number;
  readonly lastAtRemovedMs: number;
  readonly acknowledgedMs: number;
  /** How blind the looks at the counters were at most. */
  readonly longestGapMs: number;
};

/** Nothing may come any more after this; a packet in it counts with its time. */
const watchMs = 3000;

export async function run(options: readonly string[]): Promise<Outcome> {
  const rounds = Number(options[0] ?? 30);
  await using product = await startProduct({ postgres: { durable: true } });
  const meeting = await schedule(await product.setUp(), { muteOnEntry: false });
  await using host = await person();
  await signInOwner(host, product);
  await host.page.goto(address(product, meeting));
  await host.page.getByRole("button", { name: "会議を始める" }).click();
  await inRoom(host.page);
  const removals: Removal[] = [];
  for (let round = 0; round < rounds; round += 1) {
    removals.push(await removeOne(product, meeting, host, `客 ${round + 1}`));
    console.log(JSON.stringify(removals.at(-1)));
  }
  return report(removals);
}

const own = z.object({ admission: z.object({ admissionId: z.string() }) });

async function removeOne(
  product: Product,
  meeting: TestMeeting,
  host: Person,
  name: string,
): Promise<Removal> {
  await using guest = await person();
  await makeStubborn(guest.page);
  const api = `/api/m/${meeting.link}`;
  await guest.page.goto(address(product, meeting));
  await ask(guest.page, meeting, { name });
  await guest.page.getByRole("heading", { name: "入室の許可を待っています" }).waitFor();
  const view = await guest.page.evaluate(async (path) => (await fetch(path)).text(), api);
  const { admissionId } = own.parse(JSON.parse(view)).admission;
  await good(host, `${api}/admit`, {
    rows: [{ admissionId, revision: 1 }],
    method: null,
    standInReason: null,
  });
  await inRoom(guest.page);
  await Promise.all([pictureFlows(host), pictureFlows(guest)]);
  await Promise.all([watchPackets(host.page), watchPackets(guest.page)]);
  await delay(1000);
  const removed = await good(host, `${api}/participants/${admissionId}/remove`, { report: false });
  await delay(watchMs);
  const [atOthers, atRemoved] = await Promise.all([packetsSeen(host.page), packetsSeen(guest.page)]);
  if (Math.min(atOthers.lastAt, atRemoved.lastAt) < removed.at - 1000)
    throw new Error("no media was flowing");
  await stopWatching(host.page);
  // Nobody else may have to pay for this person: the link is opened again for the next one.
  await good(host, `${api}/reopen-link`, undefined);
  return {
    lastAtOthersMs: atOthers.lastAt - removed.at,
    lastAtRemovedMs: atRemoved.lastAt - removed.at,
    acknowledgedMs: removed.answeredAt - removed.at,
    longestGapMs: Math.max(atOthers.longestGapMs, atRemoved.longestGapMs),
  };
}

async function good(who: Person, path: string, body: unknown) {
  const answer = await command(who.page, path, body);
  if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.body}`);
  return answer;
}

/** Pictures are decoded, and go on being decoded. */
function report(removals: readonly Removal[]): Outcome {
  const of = (field: keyof Removal) => removals.map((one) => one[field]);
  const row = (measure: string, ours: number, most: number | null): Row => ({
    measure,
    unit: "ms",
    ours,
    peer: null,
    goal: most === null ? null : { text: `< ${most} ms`, reached: ours < most },
  });
  const others = of("lastAtOthersMs");
  const own = of("lastAtRemovedMs");
  return {
    title: "From the host's removal to the last media packet",
    versions: { LiveKit: "1.13.5", "livekit-client": versionOf("livekit-client") },
    method: [
      `The whole product, durable PostgreSQL, real LiveKit, two browsers of their own with camera and microphone; ${removals.length} removals of ${removals.length} guests in one meeting.`,
      "Time runs from the moment the host's page sends the command. Packet counters of every incoming stream are read every 10 ms or as soon after as the browser answers; the last growth within 3 s counts, so a figure is at most one look too late, and a negative one means that the last packet came before the command had left.",
      "The removed person's page is stubborn: it ignores every order to close its connections, to stop its devices or to take tracks off, so what ends its media is the server alone.",
      "When LiveKit closes a track it sends up to 200 ms of blank frames: the last packet of the others may be one of those.",
    ],
    rows: [
      row("last packet at the others, slowest", maximum(others), 1000),
      row("last packet at the others, p99", quantile(others, 0.99), 500),
      row("last packet at the others, median", median(others), null),
      row("last packet at the removed person, slowest", maximum(own), 1000),
      row("last packet at the removed person, median", median(own), null),
      row("removal acknowledged to the host, median", median(of("acknowledgedMs")), null),
      row("longest time between two looks at the counters", maximum(of("longestGapMs")), null),
    ],
    notes: [],
    samples: removals,
  };
}
