/**
 * A new version of the information barriers reaches the meetings in progress (BAR-5): fence the media of those who will
 * have to go, in this turn; remove them behind each meeting's lock; lift the fences when they are out of the SFU. Every
 * process does it for its own connections; what one leaves undone, the clock of another does.
 */
import {
  applyBarriers,
  isBehindRules,
  placedAtSfu,
  softMaskOf,
  sweepOf,
  type AdmissionId,
  type BarrierContext,
  type InstanceState,
} from "@sekisho/domain";
import type { SfuGate } from "../../sfu/gate.ts";
import type { InstanceRow, Instances } from "./instances.ts";
import type { BarrierSource } from "./ports.ts";
import type { Runner } from "./runner.ts";
import type { Settled } from "./settled.ts";

export type WallsDeps = {
  readonly barriers: BarrierSource;
  readonly instances: Instances;
  readonly runner: Runner;
  readonly gate: () => Pick<SfuGate, "setFence">;
  readonly settled: Settled;
  /** Every meeting has been swept for this version by this process. */
  readonly onSwept: (version: number) => void;
  readonly onFailure: (error: unknown) => void;
};

/** What barriers would do to the meetings in progress at this moment (BAR-11). */
export type LiveImpact = {
  readonly meetings: readonly {
    readonly meetingId: string;
    readonly instanceId: string;
    /** Names, in the order in which they would go. */
    readonly removed: readonly string[];
    /** True if something would be switched off for everybody in it. */
    readonly restricted: boolean;
  }[];
};

export type Walls = {
  /** Resolves when no meeting holds anybody any more whom `version` keeps apart. */
  changed(version: number): Promise<void>;
  impactOf(barrier: BarrierContext): Promise<LiveImpact>;
  /** BAR-10: the copy is older than the organisation allows; every meeting with accounts in it ends. */
  closeAll(): Promise<void>;
};

export function createWalls(deps: WallsDeps): Walls {
  const { runner, instances } = deps;

  /** Synchronous, from what this process knows: it holds its own connections' meetings in memory. */
  function fence(barrier: BarrierContext): ReadonlyMap<string, readonly AdmissionId[]> {
    const fenced = new Map<string, readonly AdmissionId[]>();
    for (const instanceId of runner.cached()) {
      const state = runner.peek(instanceId);
      if (state === null || state.phase !== "live") continue;
      const { removed, barred } = sweepOf(state, barrier);
      // Whoever waits has media only in a verification call (ADM-13).
      const called = barred.filter((one) => state.calls.get(one)?.running);
      if (removed.length + called.length === 0) continue;
      fenced.set(
        instanceId,
        [...placedAtSfu(state)].map((one) => one.id),
      );
      raise(state, new Set([...removed, ...called]));
    }
    return fenced;
  }

  /** Whoever stays is received by those who stay; whoever goes, by nobody. */
  function raise(state: InstanceState, removed: ReadonlySet<AdmissionId>): void {
    const placed = [...placedAtSfu(state)];
    const allowed = placed.flatMap((one) => (removed.has(one.id) ? [] : (one.sfuIdentity ?? [])));
    for (const { id } of placed) deps.gate().setFence(id, removed.has(id) ? [] : allowed);
  }

  /** `seq`: of the log as the database has it, so that an admission of another process just now is not overlooked. */
  async function sweepOne(
    { instanceId, seq }: Pick<InstanceRow, "instanceId" | "seq">,
    barrier: BarrierContext,
  ): Promise<void> {
    const known = runner.peek(instanceId);
    const state = known !== null && known.seq >= seq ? known : await runner.read(instanceId);
    if (state === null) return;
    if (!isBehindRules(state, barrier) && applyBarriers(state, barrier).length === 0) return;
    await runner.run(instanceId, { type: "barrier.apply" }, null);
  }

  async function sweepFenced(
    instanceId: string,
    people: readonly AdmissionId[],
    barrier: BarrierContext,
  ): Promise<void> {
    try {
      await sweepOne({ instanceId, seq: 0 }, barrier);
    } finally {
      await lift(instanceId, people);
    }
  }

  async function lift(instanceId: string, people: readonly AdmissionId[]): Promise<void> {
    await deps.settled(instanceId);
    for (const one of people) deps.gate().setFence(one, null);
  }

  async function sweepAll(barrier: BarrierContext, fenced: ReturnType<typeof fence>): Promise<void> {
    const results = await Promise.allSettled(
      [...fenced].map(([instanceId, people]) => sweepFenced(instanceId, people, barrier)),
    );
    // All of them, those just swept too: what was in memory here may have been older than the database.
    for (const row of await instances.unfinished()) await sweepOne(row, barrier);
    const failed = results.find((result) => result.status === "rejected");
    if (failed !== undefined) throw failed.reason;
  }

  return {
    async changed(version) {
      const barrier = await deps.barriers.at(version);
      if (barrier.stamp.version < version) return;
      const fenced = fence(barrier);
      await sweepAll(barrier, fenced);
      deps.onSwept(barrier.stamp.version);
    },
    async impactOf(barrier) {
      const rows = await instances.unfinished();
      const states = await Promise.all(rows.map((row) => runner.read(row.instanceId)));
      return { meetings: states.flatMap((state) => (state === null ? [] : impactOn(state, barrier))) };
    },
    async closeAll() {
      for (const row of await instances.unfinished()) {
        const state = await runner.read(row.instanceId);
        if (state !== null && hasAccounts(state))
          await runner.run(row.instanceId, { type: "gate.end", reason: "policy" }, null);
      }
    },
  };
}

function impactOn(state: InstanceState, barrier: BarrierContext): LiveImpact["meetings"] {
  const { meetingId, instanceId } = state;
  const gone = new Set(sweepOf(state, barrier).removed);
  const removed = [...gone].map((one) => state.admissions.get(one)?.displayName ?? "");
  const after = { ...state, inside: new Set([...state.inside].filter((one) => !gone.has(one))) };
  const restricted = (softMaskOf(after, barrier) & ~state.barrier.mask) !== 0;
  return removed.length === 0 && !restricted ? [] : [{ meetingId, instanceId, removed, restricted }];
}

function hasAccounts(state: InstanceState): boolean {
  return [...state.inside].some((one) => state.admissions.get(one)?.principal.kind === "account");
}
