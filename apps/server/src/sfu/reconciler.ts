import type { IntruderReason } from "@sekisho/domain";
import type { Sfu, SfuParticipant } from "./sfu.ts";

export type SfuMember = { readonly sfuRoom: string; readonly identity: string };

export type ReconcilerOptions = {
  readonly sfu: Sfu;
  /** Who may be inside, by `sfuRoom`; asked anew after the SFU was read, so that it is never the older of both. */
  readonly roster: () => Promise<ReadonlyMap<string, ReadonlySet<string>>>;
  readonly onIntruder: (intruder: SfuMember, reason: IntruderReason) => void;
  /** The members of a room's roster that have no connection at this moment; called for every room, also with nobody. */
  readonly onAbsent: (sfuRoom: string, absent: ReadonlySet<string>) => void;
  readonly onFailure: (error: unknown) => void;
  readonly intervalMs: number;
};

export type Reconciler = {
  start(): void;
  /** A webhook came: look soon. Many hints at once make one look. */
  hint(): void;
  /** One comparison; resolves when it is done. */
  run(): Promise<void>;
  stop(): Promise<void>;
};

/** Keeps the SFU's participants a subset of our roster (ADM-11): on a timer, and at once on a hint. */
export function createReconciler(options: ReconcilerOptions): Reconciler {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let running: Promise<void> | undefined;
  let again = false;

  function schedule(delay: number): void {
    clearTimeout(timer);
    if (stopped) return;
    timer = setTimeout(() => void run(), delay);
    timer.unref();
  }

  async function run(): Promise<void> {
    if (running) {
      again = true;
      return await running;
    }
    running = loop().finally(() => {
      running = undefined;
    });
    await running;
    schedule(options.intervalMs);
  }

  const doubled = new Set<string>();
  async function loop(): Promise<void> {
    do {
      again = false;
      await compare(options, doubled).catch(options.onFailure);
    } while (again && !stopped);
  }

  return {
    start: () => schedule(options.intervalMs),
    hint() {
      if (running) again = true;
      else schedule(0);
    },
    run,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

async function compare(options: ReconcilerOptions, doubled: Set<string>): Promise<void> {
  const { sfu } = options;
  const rooms = await sfu.listRooms();
  const inside = await Promise.all(
    rooms.map(async (sfuRoom) => ({ sfuRoom, people: await sfu.listParticipants(sfuRoom) })),
  );
  const roster = await options.roster();
  const everybody = inside.flatMap(({ sfuRoom, people }) => people.map((person) => ({ sfuRoom, person })));
  const before = new Set(doubled);
  doubled.clear();
  for (const { sfuRoom, person } of everybody) {
    if (hasDoubledTrack(person)) doubled.add(person.sid);
    const surplus = doubled.has(person.sid) && before.has(person.sid);
    const reason = verdict(roster.get(sfuRoom)?.has(person.identity) === true, person.foreignRights, surplus);
    if (reason === undefined) continue;
    await sfu.removeParticipant(sfuRoom, person.identity);
    options.onIntruder({ sfuRoom, identity: person.identity }, reason);
  }
  const present = new Map(
    inside.map(({ sfuRoom, people }) => [sfuRoom, new Set(people.map((each) => each.identity))]),
  );
  for (const [sfuRoom, members] of roster) {
    const absent = [...members].filter((identity) => present.get(sfuRoom)?.has(identity) !== true);
    options.onAbsent(sfuRoom, new Set(absent));
  }
}

function verdict(known: boolean, foreignRights: boolean, surplus: boolean): IntruderReason | undefined {
  if (!known) return "notInRoster";
  if (foreignRights) return "foreignRights";
  return surplus ? "surplusTracks" : undefined;
}

function hasDoubledTrack(person: SfuParticipant): boolean {
  const sources = person.tracks.map((track) => track.source);
  return new Set(sources).size !== sources.length;
}
