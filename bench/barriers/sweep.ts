/** A company-wide edit over rooms in progress: the product's own sweep, and the plain way with maps of sets. */
import { rememberRoom, roomsConcerned } from "../../packages/domain/src/live/barrier-rooms.ts";
import { liveRoom } from "../../packages/testkit/src/arbitraries/index.ts";
import {
  applyBarrierChanges,
  barrierContext,
  compileBarriers,
  id,
  patchBarriers,
  sweepOf,
  type AccountId,
  type Admission,
  type AdmissionId,
  type BarrierChange,
  type BarrierIndex,
  type BarrierModel,
  type InstanceState,
} from "../../packages/domain/src/index.ts";
import { modelOf, type World } from "./world.ts";

const mostRooms = 20_000;
const peoplePerRoom = 10;

export type Floor = {
  readonly model: BarrierModel;
  readonly index: BarrierIndex;
  readonly edited: BarrierModel;
  readonly changes: readonly BarrierChange[];
  readonly rooms: readonly InstanceState[];
};

/** Two divisions of so many groups each, or of a tenth of all where there are few. */
function divisionsOf(world: World): readonly (readonly number[])[] {
  const each = Math.min(50, Math.floor(world.groups.length / 10));
  const gap = Math.floor(world.groups.length / (2 * each));
  const groups = Array.from({ length: 2 * each }, (_, at) => at * gap);
  return [groups.filter((_, at) => at % 2 === 0), groups.filter((_, at) => at % 2 === 1)];
}

/** Before the edit everybody may meet everybody; it keeps each group of one division from each of the other. */
export function makeFloor(world: World): Floor {
  const model = { ...modelOf(world, { people: true }), policies: new Map() };
  const [one = [], other = []] = divisionsOf(world);
  const groupAt = (at: number) => world.groups[at] ?? id.group("");
  const changes = one.flatMap((a) =>
    other.map((b): BarrierChange => {
      const policyId = id.barrierPolicy(`new-${a}-${b}`);
      const policy = { id: policyId, name: "", a: groupAt(a), b: groupAt(b), enabled: true, mask: 1 };
      return { type: "policy.put", policy };
    }),
  );
  const index = compileBarriers(model);
  const rooms = makeRooms(world);
  // As after the commit with which somebody last came in.
  const before = barrierContext(index, "fresh");
  for (const state of rooms) rememberRoom(state, before);
  return { model, index, changes, edited: applyBarrierChanges(model, 2, changes), rooms };
}

/** A tenth of the rooms has people of both divisions; others have them of groups at random. */
function makeRooms(world: World): readonly InstanceState[] {
  const teams = world.groups.map((): AccountId[] => []);
  world.people.forEach((accountId, at) => teams[world.groupOf[at] ?? -1]?.push(accountId));
  const draw = () => Math.floor(world.random() * teams.length);
  const [one = [], other = []] = divisionsOf(world);
  const of = (division: readonly number[]) => division[Math.floor(world.random() * division.length)] ?? 0;
  const base = liveRoom().state;
  const pattern = [...base.admissions.values()][0];
  if (pattern === undefined) throw new Error("a live room has a host");
  const take = (group: number): AccountId => {
    const team = teams[group] ?? [];
    return team.splice(Math.floor(world.random() * team.length), 1)[0] ?? take(draw());
  };
  const count = Math.min(mostRooms, Math.floor(world.people.length / 50));
  return Array.from({ length: count }, (_, room) => {
    const chosen = room % 10 === 0 ? [of(one), of(other), draw()] : [draw(), draw(), draw()];
    const people = Array.from({ length: peoplePerRoom }, (_one, at) => take(chosen[at % chosen.length] ?? 0));
    return roomOf(base, pattern, people, room);
  });
}

function roomOf(
  base: InstanceState,
  pattern: Admission,
  people: readonly AccountId[],
  room: number,
): InstanceState {
  const admissions = new Map<AdmissionId, Admission>();
  people.forEach((accountId, at) => {
    const admissionId = id.admission(`admission-${room}-${at}`);
    const principal = { kind: "account", accountId, device: `device-${room}-${at}` } as const;
    admissions.set(admissionId, {
      ...pattern,
      id: admissionId,
      principal,
      role: at === 0 ? "host" : "participant",
    });
  });
  const [host] = people;
  const appointments = {
    ...base.settings.appointments,
    coHosts: [],
    verifier: null,
    host: host ?? id.account(""),
  };
  return {
    ...base,
    instanceId: id.instance(`instance-${room}`),
    settings: { ...base.settings, appointments },
    admissions,
    inside: new Set(admissions.keys()),
    waiting: new Set(),
    appointed: new Map(),
  };
}

export type Swept = {
  readonly firstMs: number;
  readonly listMs: number;
  /** Of `listMs`: making the new version's index. */
  readonly indexMs: number;
  /** Of `listMs`: processor time. */
  readonly cpuMs: number;
  readonly removed: readonly string[];
};

export function sweepOurs({ index, edited, changes, rooms }: Floor): Swept {
  const started = performance.now();
  const cpu = process.threadCpuUsage();
  const barrier = barrierContext(patchBarriers(index, edited, changes), "fresh");
  const indexMs = performance.now() - started;
  let firstMs = Number.NaN;
  const removed: string[] = [];
  for (const state of roomsConcerned(rooms, barrier)) {
    const out = sweepOf(state, barrier).removed;
    if (out.length === 0) continue;
    if (removed.length === 0) firstMs = performance.now() - started;
    removed.push(...out);
  }
  return { firstMs, listMs: performance.now() - started, indexMs, cpuMs: cpuSince(cpu), removed };
}

function cpuSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}

/** The same order and rule, with everybody looked at with everybody kept. */
export function sweepMaps({ edited, rooms }: Floor): Swept {
  const started = performance.now();
  const cpu = process.threadCpuUsage();
  const blocked = new Map<string, Set<string>>();
  const block = (a: string, b: string) => {
    const others = blocked.get(a) ?? new Set();
    blocked.set(a, others.add(b));
  };
  for (const { a, b, enabled, mask } of edited.policies.values())
    if (enabled && (mask & 1) !== 0) {
      block(a, b);
      block(b, a);
    }
  const indexMs = performance.now() - started;
  const groupOf = (accountId: AccountId) => edited.people.get(accountId)?.primary ?? "";
  let firstMs = Number.NaN;
  const removed: string[] = [];
  for (const { inside, admissions } of rooms) {
    const kept = new Set<AccountId>();
    for (const admissionId of inside) {
      const principal = admissions.get(admissionId)?.principal;
      if (principal?.kind !== "account") continue;
      const own = blocked.get(groupOf(principal.accountId));
      if ([...kept].some((other) => own?.has(groupOf(other)) === true)) {
        if (removed.length === 0) firstMs = performance.now() - started;
        removed.push(admissionId);
      } else kept.add(principal.accountId);
    }
  }
  return { firstMs, listMs: performance.now() - started, indexMs, cpuMs: cpuSince(cpu), removed };
}
