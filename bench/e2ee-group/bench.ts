/** A group's keys: founding, joining, removing and renewing at 10, 50 and 200 people, beside the library as it comes. */
import { versionOf } from "../lib/machine.ts";
import { installLockedPeers, peerVersion } from "../lib/peers.ts";
import type { Outcome, Row } from "../lib/report.ts";
import { median } from "../lib/stats.ts";
import type { Contender, Group, Suite } from "./contender.ts";
import { libraryContender } from "./library.ts";
import { ours } from "./ours.ts";
import { libraryAsItComes } from "./unsafe.ts";

const sizes = [10, 50, 200] as const;
const suites = ["p256", "p384"] as const;
const measures = [
  "found",
  "add one, who commits",
  "add one, who follows",
  "join",
  "remove one, who commits",
  "remove one, who follows",
  "renew, who commits",
  "renew, who follows",
] as const;

type Measure = (typeof measures)[number];
type Times = Partial<Record<Measure, number>>;
type Sample = { readonly by: string; readonly suite: Suite; readonly size: number; readonly times: Times };

/** `npm run bench -- e2ee-group [rounds]` */
export async function run(options: readonly string[]): Promise<Outcome> {
  const rounds = Number(options[0] ?? 5);
  await installLockedPeers();
  const contenders = [ours, libraryContender(await libraryAsItComes())];
  const samples: Sample[] = [];
  const lives = suites.flatMap((suite) => sizes.map((size) => ({ suite, size })));
  for (const life of lives)
    for (let round = 0; round <= rounds; round += 1) {
      const taken = await inTurns(contenders, life, round);
      // The first round of each compares, and is thrown away.
      if (round > 0) samples.push(...taken);
    }
  return outcomeOf(samples, rounds);
}

async function inTurns(
  contenders: readonly Contender[],
  { suite, size }: { readonly suite: Suite; readonly size: number },
  round: number,
): Promise<readonly Sample[]> {
  const order = round % 2 === 0 ? contenders : contenders.toReversed();
  const samples: Sample[] = [];
  for (const contender of order) {
    const times = await once(contender, suite, size);
    samples.push({ by: contender.name, suite, size, times });
    console.log(`${contender.name}, ${suite}, ${size}: renew ${shown(times)} ms`);
  }
  return samples;
}

const shown = (times: Times) =>
  ((times["renew, who commits"] ?? 0) + (times["renew, who follows"] ?? 0)).toFixed(1);

/** One life of a group. Wherever those who are in do not agree, the run fails. */
async function once(contender: Contender, suite: Suite, size: number): Promise<Times> {
  const times: Times = {};
  const timed = async <T>(measure: Measure, work: () => Promise<T>): Promise<T> => {
    const since = performance.now();
    const result = await work();
    times[measure] = performance.now() - since;
    return result;
  };
  const host = await timed("found", async () => await contender.found(suite));
  const names = Array.from({ length: size - 1 }, (_, at) => `guest-${at}`);
  const waiting = await Promise.all(names.map(async (name) => await contender.wait(suite, name)));
  const welcome = await contender.addAll(
    host,
    waiting.map(({ keyPackage }) => keyPackage),
  );
  const other = await waiting.at(-1)?.join(welcome);
  if (other === undefined) throw new Error("nobody joined");
  await agree(size, host, other);
  const rekey = await timed("renew, who commits", async () => await host.rekey());
  await timed("renew, who follows", async () => await other.follow(rekey));
  await agree(size, host, other);
  const late = await contender.wait(suite, "late");
  const added = await timed("add one, who commits", async () => await host.add(late.keyPackage));
  await timed("add one, who follows", async () => await other.follow(added.commit));
  const third = await timed("join", async () => await late.join(added.welcome));
  await agree(size + 1, host, other, third);
  const removal = await timed("remove one, who commits", async () => await host.remove("guest-0"));
  await timed("remove one, who follows", async () => await other.follow(removal));
  await third.follow(removal);
  await agree(size, host, other, third);
  return times;
}

async function agree(size: number, ...groups: readonly Group[]): Promise<void> {
  const secrets = new Set(await Promise.all(groups.map(async (one) => await one.secret())));
  if (secrets.size !== 1 || groups.some((one) => one.size() !== size)) throw new Error("they do not agree");
}

function outcomeOf(samples: readonly Sample[], rounds: number): Outcome {
  const middle = (by: string, suite: Suite, size: number, measure: Measure) =>
    median(
      samples
        .filter((one) => one.by === by && one.suite === suite && one.size === size)
        .map(({ times }) => times[measure] ?? 0),
    );
  const both = (by: string, suite: Suite, size: number) =>
    middle(by, suite, size, "renew, who commits") + middle(by, suite, size, "renew, who follows");
  const rows = suites.flatMap((suite) =>
    sizes.flatMap((size): readonly Row[] => [
      ...measures.map((measure) => ({
        measure: `${suite}, ${size} people: ${measure}`,
        unit: "ms",
        ours: middle("ours", suite, size, measure),
        peer: { name: "ts-mls", value: middle("ts-mls", suite, size, measure) },
        goal: null,
      })),
      {
        measure: `${suite}, ${size} people: renew, both together`,
        unit: "ms",
        ours: both("ours", suite, size),
        peer: { name: "ts-mls", value: both("ts-mls", suite, size) },
        goal:
          suite === "p256" && size === 50
            ? { text: "≤ 60 ms", reached: both("ours", suite, size) <= 60 }
            : null,
      },
    ]),
  );
  return {
    title: "A group's keys under E2EE",
    method: methodOf(rounds),
    versions: versions(),
    rows,
    notes: [],
    samples,
  };
}

function versions(): Readonly<Record<string, string>> {
  return {
    "ts-mls": versionOf("ts-mls"),
    "ts-mls (peer)": peerVersion("ts-mls"),
    "@hpke/core": versionOf("@hpke/core"),
    "@noble/hashes": versionOf("@noble/hashes"),
    "@noble/curves (peer)": peerVersion("@noble/curves"),
  };
}

function methodOf(rounds: number): readonly string[] {
  return [
    `One process, in turns, ${rounds} rounds each and one before them that is thrown away; medians.`,
    "Each round is a new group: a host founds it and adds everybody in one commit; nobody else has committed, which makes removing and renewing as dear as they get. The host then renews, adds one more, and removes one; the last of the guests follows, and the newcomer joins by the Welcome, which has the whole tree.",
    "After every step those who are in were compared: the same secret of the epoch, and as many people as there should be.",
    "Ours: the product's engine with all its checks, signatures and HPKE by WebCrypto, hashes by @noble/hashes. The peer: the library with the provider and configuration that it brings, ECDSA by @noble/curves, and none of our rules.",
  ];
}
