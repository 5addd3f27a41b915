/**
 * One device's part in one group (ENC-2, ENC-7): it offers its key package, joins by the Welcome, follows every commit in
 * order, and commits what is its turn to commit. One step at a time; whatever is lost or doubled is asked for again.
 */
import type { KeysSince } from "@sekisho/contract";
import type { LeafIdentity, Member, Suite } from "@sekisho/e2ee";
import { PortRefused, type GroupPort, type MadeCommit, type Snapshot } from "./group-port.ts";
import type { KeyApi } from "./key-api.ts";
import type { GroupView } from "./key-view.ts";
import type { SafetyCode } from "./keys-state.ts";
import { somebodyCanAdd, turnMs, turnOf, workOf, type Work } from "./key-work.ts";

export type SessionDeps = {
  readonly identity: LeafIdentity;
  readonly suite: Suite;
  readonly port: GroupPort;
  readonly api: KeyApi;
  /** As the server told it last; null while there is nothing to go by. */
  readonly view: () => GroupView | null;
  readonly after: (ms: number, what: () => void) => () => void;
  /** 0 ≤ n < 1. */
  readonly random: () => number;
  /** Makes new keys now and then; not in a call of two, which is short. */
  readonly renews: boolean;
  /** Whether this key package may be added: not where another device was seen under that name (ADM-13). */
  readonly accepts: (member: string, key: string) => boolean;
  readonly onGroup: (group: Snapshot, because: Because) => void;
  readonly onAlarm: (alarm: "forked" | "swapped") => void;
};

/** What made the newest code new. */
export type Because = SafetyCode["because"];

export type KeySession = {
  /** Something has changed: look, and do what there is to do. */
  wake(): void;
  group(): Snapshot | null;
  broken(): boolean;
  /** Resolves when the next epoch is here, or after `ms`. */
  nextGroup(ms: number): Promise<void>;
  close(): void;
};

/** A member renews its own leaf some time after it came, so that later commits stay small (e2ee.md, 1.2). */
const renewFromMs = 5000;
const renewWithinMs = 25_000;
/** New keys even when nobody comes or goes. */
const rekeyMs = 300_000;
const retryMs = 2000;
/** How long a host with no keys waits for others to add it before beginning anew (ms). */
const addedWithinMs = 8000;
const aloneMs = 1500;

export function createKeySession(deps: SessionDeps): KeySession {
  const { port, api, identity } = deps;
  const name = identity.group;
  let group: Snapshot | null = null;
  let offeredFor: number | null | "never" = "never";
  let admittedBefore: ReadonlySet<string> = new Set();
  let broken = false;
  let closed = false;
  let running = false;
  let again = false;
  let renewDue = false;
  let turnTaken: string | null = null;
  let waitedFor: number | null = null;
  let foundDue: number | null = null;
  /** Key packages that the group refused. */
  const unfit = new Set<string>();
  let oneByOne = false;
  let failures = 0;
  const waiters = new Set<() => void>();
  const cancels = new Set<() => void>();

  function later(ms: number, what: () => void): void {
    const cancel = deps.after(ms, () => {
      cancels.delete(cancel);
      if (!closed) what();
    });
    cancels.add(cancel);
  }

  function wake(): void {
    if (closed || broken) return;
    again = true;
    if (!running) void run();
  }

  async function run(): Promise<void> {
    running = true;
    while (again && !closed && !broken) {
      again = false;
      try {
        await step();
      } catch (error) {
        failed(error);
      }
    }
    running = false;
  }

  /** The network, or a busy server: tried again. What the worker refuses is told where it is refused. */
  function failed(error: unknown): void {
    if (closed) return;
    // A worker that is gone answers nothing any more; one odd answer of it is no reason to give up.
    failures = error instanceof PortRefused && error.reason === "failed" ? failures + 1 : 0;
    if (failures > 5) return alarm("forked");
    later(retryMs, wake);
  }

  function alarm(kind: "forked"): void {
    broken = true;
    void port.forget(name);
    deps.onAlarm(kind);
  }

  async function step(): Promise<void> {
    const view = deps.view();
    if (view === null) return;
    if (group !== null && isOut(group, view)) forgetGroup();
    if (group === null || (view.generation !== null && view.generation > group.generation))
      return enter(view);
    if (view.epoch !== null && view.generation === group.generation && view.epoch > group.epoch)
      return catchUp(group);
    await doWork(group, view);
  }

  async function enter(view: GroupView): Promise<void> {
    if (view.mayFound && view.generation !== null && (view.generation === 0 || foundDue === view.generation))
      return begin(view);
    if (view.keyed && offeredFor !== "never" && !view.offered) return joinByWelcome();
    if (offeredFor === "never" || !view.offered || isOlder(offeredFor, view.generation)) {
      // Said before it is done: an answer that is lost must not lead to a second package while the first is used.
      offeredFor = view.generation;
      try {
        await api.offer(await port.offer(identity, deps.suite));
      } catch (error) {
        offeredFor = "never";
        throw error;
      }
    }
    expectToBeAdded(view);
  }

  /** A host whom nobody adds begins anew: those who could have left, or lost their keys too. */
  function expectToBeAdded(view: GroupView): void {
    const { generation } = view;
    if (!view.mayFound || generation === null || waitedFor === generation) return;
    waitedFor = generation;
    later(somebodyCanAdd(view) ? addedWithinMs : aloneMs, () => {
      if (group === null || group.generation < generation) foundDue = generation;
      wake();
    });
  }

  async function begin(view: GroupView): Promise<void> {
    const generation = (view.generation ?? 0) + 1;
    if (!(await api.found(generation))) return later(retryMs / 4, wake);
    entered(
      await port.found(identity, deps.suite, generation),
      generation > 1 ? begunAnew([identity.name]) : null,
    );
    again = true;
  }

  async function joinByWelcome(): Promise<void> {
    const told = await api.since(0, 0);
    if (told.welcome === null) {
      offeredFor = "never";
      return later(retryMs / 4, wake);
    }
    let joined: Snapshot;
    try {
      joined = await port.join(name, told.welcome.welcome, told.generation);
    } catch (error) {
      if (!(error instanceof PortRefused)) throw error;
      // Of a package that is not this page's any more: one more is offered, and used.
      offeredFor = "never";
      return later(retryMs / 4, wake);
    }
    if (!isContinued(joined)) return alarm("forked");
    const anew = group !== null || told.generation > 1;
    entered(joined, anew ? begunAnew(admittersOf(joined).map((one) => one.name)) : null);
    offeredFor = told.generation;
    if (deps.renews) later(renewFromMs + deps.random() * renewWithinMs, renew);
    again = true;
  }

  /** A group that begins anew is begun by somebody who could admit before, by the key of their device. */
  function isContinued(joined: Snapshot): boolean {
    if (admittedBefore.size === 0) return true;
    return admittersOf(joined).some((one) => admittedBefore.has(one.key));
  }

  async function catchUp(from: Snapshot): Promise<void> {
    const told = await api.since(from.generation, from.epoch);
    await follow(from, told, null);
    again = true;
  }

  /** `own`: made and sent, and nothing heard of it: it may be the one that counts. */
  async function follow(from: Snapshot, told: KeysSince, own: MadeCommit | null): Promise<void> {
    let now = from;
    for (const one of told.commits) {
      if (one.epoch !== now.epoch || told.generation !== now.generation) continue;
      if (own !== null && one.commit === own.commit) {
        now = await port.confirm(name);
        entered(now, becauseOf(from, now));
        continue;
      }
      await port.discard(name);
      try {
        const next = await port.receive(name, one.commit, one);
        entered(next, becauseOf(now, next));
        now = next;
      } catch (error) {
        if (!(error instanceof PortRefused)) throw error;
        if (error.reason === "removed") return putOut();
        return alarm("forked");
      }
    }
  }

  /** Removed from the keys, by the meeting's own word or to be added again with new ones. */
  function putOut(): void {
    forgetGroup();
    later(retryMs / 4, wake);
  }

  function forgetGroup(): void {
    group = null;
    offeredFor = "never";
    waitedFor = null;
    void port.forget(name);
  }

  async function doWork(now: Snapshot, view: GroupView): Promise<void> {
    const work = workOf(now, view) ?? (renewDue ? { add: [], remove: [], policy: null } : null);
    if (work === null) return;
    const turn = turnOf(now, view);
    const mark = `${String(now.generation)}/${String(now.epoch)}`;
    if (turn > 0 && turnTaken !== mark && !renewDue) {
      later(turn * turnMs, () => {
        turnTaken = mark;
        wake();
      });
      return;
    }
    await commit(now, work);
  }

  async function commit(now: Snapshot, work: Work): Promise<void> {
    const offers = work.add.length === 0 ? [] : (await api.since(now.generation, now.epoch)).offers;
    const fit = await fitting(offers.filter((one) => work.add.includes(one.admissionId)));
    const added = fit.map((one) => one.admissionId);
    const remove = work.remove.filter((one) => added.includes(one) || !work.add.includes(one));
    if (added.length + remove.length === 0 && work.policy === null && !renewDue) return;
    const holds = (id: string) => added.includes(id) || now.members.some((one) => one.member === id);
    const policy = work.policy === null ? null : { ...work.policy, admit: work.policy.admit.filter(holds) };
    const made = await madeOf({ add: fit.map((one) => one.keyPackage), remove, policy });
    if (made === null) return later(retryMs / 4, wake);
    renewDue = false;
    const { generation, epoch } = now;
    let taken: boolean;
    try {
      taken = await api.commit({ generation, epoch, added, removed: [...remove], ...made });
    } catch {
      // Whether it arrived is not known: what stands at the server says so.
      return follow(now, await api.since(generation, epoch), made)
        .then(() => port.discard(name))
        .then(() => later(retryMs, wake));
    }
    if (!taken) {
      await port.discard(name);
      later(retryMs / 4, wake);
      return;
    }
    const next = await port.confirm(name);
    entered(next, becauseOf(now, next));
    again = true;
  }

  /** Null where it was refused: then a package is to blame, and the next try leaves it out, so that removals are not held up. */
  async function madeOf(wanted: Parameters<GroupPort["commit"]>[1]): Promise<MadeCommit | null> {
    try {
      return await port.commit(name, wanted);
    } catch (error) {
      if (!(error instanceof PortRefused) || wanted.add.length === 0) throw error;
      await port.discard(name);
      // One of several: each alone from now on, until it is known which.
      if (wanted.add.length === 1) for (const one of wanted.add) unfit.add(one);
      else oneByOne = true;
      return null;
    }
  }

  async function fitting(offers: KeysSince["offers"]): Promise<KeysSince["offers"]> {
    const fit: KeysSince["offers"] = [];
    for (const one of offers) {
      if (unfit.has(one.keyPackage) || (oneByOne && fit.length > 0)) continue;
      try {
        const read = await port.read(one.keyPackage, deps.suite);
        const right =
          read.member === one.admissionId && read.instance === identity.instance && read.group === name;
        if (!right) continue;
        if (deps.accepts(one.admissionId, read.key)) fit.push(one);
        else deps.onAlarm("swapped");
      } catch (error) {
        if (!(error instanceof PortRefused)) throw error;
      }
    }
    return fit;
  }

  function renew(): void {
    renewDue = group !== null;
    wake();
  }

  function entered(next: Snapshot, because: Because): void {
    group = next;
    // Of the whole meeting: who takes the right from another does not make them a stranger.
    admittedBefore = new Set([...admittedBefore, ...admittersOf(next).map((one) => one.key)]);
    deps.onGroup(next, because);
    for (const waiter of waiters) waiter();
    waiters.clear();
    const { generation, epoch } = next;
    if (deps.renews)
      later(rekeyMs, () => {
        // Nothing has happened since: one of those who may admit makes new keys.
        if (
          group?.generation === generation &&
          group.epoch === epoch &&
          next.policy.admit.includes(identity.member)
        )
          renew();
      });
  }

  return {
    wake,
    group: () => group,
    broken: () => broken,
    nextGroup: (ms) =>
      new Promise((resolve) => {
        waiters.add(resolve);
        later(ms, resolve);
      }),
    close() {
      closed = true;
      for (const cancel of cancels) cancel();
      for (const waiter of waiters) waiter();
      void port.forget(name);
    },
  };
}

/** Those whom the group itself lets add others (ENC-7). */
function admittersOf({ members, policy }: Snapshot): readonly Member[] {
  return members.filter((one) => policy.admit.includes(one.member));
}

/** The server no longer counts this person among the members: sent back, or in with another page. */
function isOut(group: Snapshot, view: GroupView): boolean {
  if (view.keyed) return false;
  if (view.generation === null) return true;
  return view.generation === group.generation && (view.epoch ?? group.epoch) >= group.epoch;
}

function isOlder(offeredFor: number | null, generation: number | null): boolean {
  return generation !== null && offeredFor !== null && offeredFor < generation;
}

function begunAnew(names: readonly string[]): Because {
  return { what: "begunAnew", names };
}

function becauseOf(before: Snapshot, after: Snapshot): Because {
  const was = new Set(before.members.map((one) => one.key));
  const is = new Set(after.members.map((one) => one.key));
  const joined = after.members.filter((one) => !was.has(one.key));
  if (joined.length > 0) return { what: "joined", names: joined.map((one) => one.name) };
  const left = before.members.filter((one) => !is.has(one.key));
  if (left.length > 0) return { what: "left", names: left.map((one) => one.name) };
  return { what: "renewed", names: [] };
}
