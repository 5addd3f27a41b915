/** The SFU's people are a subset of our roster at all times (ADM-11): compared on a timer and at every hint. */
import type { SfuGate } from "../../sfu/gate.ts";
import { createReconciler, type Reconciler } from "../../sfu/reconciler.ts";
import type { Sfu } from "../../sfu/sfu.ts";
import { connectionOf, id, placedAtSfu, sfuRoomOf, sfuRoomsOf, type InstanceState } from "@sekisho/domain";
import type { Instances } from "./instances.ts";
import type { Runner } from "./runner.ts";

export type ReconcileDeps = {
  readonly sfu: Sfu;
  readonly instances: Instances;
  readonly runner: Runner;
  readonly gate: Pick<SfuGate, "connections">;
  readonly clock: { now(): number };
  readonly onFailure: (error: unknown) => void;
};

/** A connection this young may not have reached the SFU's list yet. */
const youngMs = 10_000;
/** A resume or reconnect has its connection back by then. */
const reconnectMs = 20_000;

export function startReconciling(deps: ReconcileDeps): Reconciler {
  const { runner, instances, clock, onFailure } = deps;
  let states: readonly InstanceState[] = [];

  async function roster(): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    const rows = await instances.unfinished();
    const read = await Promise.all(rows.map((row) => runner.read(row.instanceId)));
    states = read.filter((state) => state !== null);
    return new Map(states.flatMap((state) => [...identitiesOf(state, clock.now())]));
  }

  function owner(sfuRoom: string): InstanceState | undefined {
    return states.find((state) => sfuRoomsOf(state).some((one) => one === sfuRoom));
  }

  const reconciler = createReconciler({
    sfu: deps.sfu,
    roster,
    intervalMs: 3000,
    onFailure,
    onIntruder({ sfuRoom, identity }, reason) {
      const state = owner(sfuRoom);
      // Somebody whose removal is under way is no intruder: the log says already what happened to that person.
      if (state === undefined || (reason === "notInRoster" && everAdmitted(state, identity))) return;
      const command = { type: "gate.intruder", sfuIdentity: identity, reason } as const;
      runner.run(state.instanceId, command, null).catch(onFailure);
    },
    /** A process that died could not say that its connections are gone. */
    onAbsent(sfuRoom, absent) {
      const state = owner(sfuRoom);
      if (state === undefined) return;
      const here = new Set(deps.gate.connections().map((connection) => connection.connectionId));
      for (const person of placedAtSfu(state)) {
        const connection = connectionOf(state, person);
        if (connection?.kind !== "connected" || sfuRoomOf(state, person) !== sfuRoom) continue;
        const { connectionId, since } = connection;
        if (!absent.has(person.sfuIdentity ?? "") || here.has(connectionId) || clock.now() - since < youngMs)
          continue;
        runner
          .run(state.instanceId, { type: "gate.dropped", admissionId: person.id, connectionId }, null)
          .catch(onFailure);
      }
    },
  });
  reconciler.start();
  return reconciler;
}

/**
 * Whoever cuts the own signalling goes on being sent media by LiveKit without limit, while the roster shows the person
 * as gone (sfu-gate.md): after the time that a reconnect takes, such a one is out, and comes back through the gate.
 */
function identitiesOf(state: InstanceState, now: number): ReadonlyMap<string, ReadonlySet<string>> {
  const identities = new Map(sfuRoomsOf(state).map((room) => [room, new Set<string>()]));
  for (const person of placedAtSfu(state)) {
    const connection = connectionOf(state, person);
    const sfuRoom = sfuRoomOf(state, person);
    if (person.sfuIdentity === null || connection === null) continue;
    if (sfuRoom !== null && (connection.kind === "connected" || now - connection.since < reconnectMs))
      identities.get(sfuRoom)?.add(person.sfuIdentity);
  }
  return identities;
}

function everAdmitted(state: InstanceState, identity: string): boolean {
  return state.sfuIdentities.has(id.sfuIdentity(identity));
}
