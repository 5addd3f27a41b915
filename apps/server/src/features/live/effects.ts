/** Brings the SFU in line with the state, now and again until it is done. Idempotent: it looks, it does not replay. */
import {
  connectionOf,
  grantsOf,
  id,
  type InstanceState,
  type MediaSource,
  mediaSources,
  sfuRoomOf,
  sfuRoomsOf,
} from "@sekisho/domain";
import type { Db } from "../../platform/db/database.ts";
import type { SfuGate } from "../../sfu/gate.ts";
import type { Sfu } from "../../sfu/sfu.ts";
import type { Effect } from "./effects-of.ts";
import type { Committed, Runner } from "./runner.ts";
import type { Tickets } from "./tickets.ts";

export type EffectWorkerDeps = {
  readonly db: Db;
  readonly sfu: Sfu;
  readonly gate: () => Pick<SfuGate, "evict" | "setGrants">;
  readonly runner: Runner;
  readonly tickets: Tickets;
  readonly onFailure: (error: unknown) => void;
};

export type EffectWorker = {
  /** At once after a commit of this process; the rows stay until it has worked. */
  work(committed: Committed): void;
  /** What is left over, from this process or one that died. */
  sweep(): Promise<void>;
};

/** A join takes some tenths of a second; others wait for the rights to stand (BAR-4). */
const joiningTries = 15;
const joiningPauseMs = 60;

export function createEffectWorker(deps: EffectWorkerDeps): EffectWorker {
  const { db, sfu } = deps;

  /** One call at a time for one person: the later one sees the newer state, so the last word is the newest. */
  const chains = new Map<string, Promise<void>>();

  function inTurn(key: string, work: () => Promise<void>): Promise<void> {
    const before = chains.get(key) ?? Promise.resolve();
    const mine = before.catch(() => undefined).then(work);
    chains.set(key, mine);
    const forget = () => {
      if (chains.get(key) === mine) chains.delete(key);
    };
    mine.then(forget, forget);
    return mine;
  }

  function apply(instanceId: string, effect: Effect): Promise<void> {
    const key = effect.kind === "deleteRoom" ? effect.sfuRoom : effect.admissionId;
    return inTurn(key, async () => {
      const state = deps.runner.peek(instanceId) ?? (await deps.runner.read(instanceId));
      if (state !== null) await settle(state, effect);
    });
  }

  async function settle(state: InstanceState, effect: Effect): Promise<void> {
    if (effect.kind === "deleteRoom") {
      const inUse = sfuRoomsOf(state).some((one) => one === effect.sfuRoom);
      if (state.phase === "ended" || !inUse) await sfu.deleteRoom(effect.sfuRoom);
      return;
    }
    const person = state.admissions.get(effect.admissionId);
    if (person === undefined || person.sfuIdentity === null) return;
    if (effect.kind === "evict") {
      await deps.gate().evict(effect.sfuRoom, effect.sfuIdentity);
      await deps.tickets.drop(effect.sfuIdentity);
      return;
    }
    const sfuRoom = sfuRoomOf(state, person);
    if (sfuRoom === null) return;
    if (effect.kind === "mute") {
      const source = mediaSource(effect.source);
      if (source !== null) await sfu.muteTracks(sfuRoom, person.sfuIdentity, [source]);
      return;
    }
    const grants = grantsOf(state, person);
    deps.gate().setGrants(person.id, grants);
    const connecting = connectionOf(state, person)?.kind === "connected";
    // Still joining, with the rights of a moment ago: looked at again until they are known to stand.
    for (let tries = 0; tries < joiningTries; tries += 1) {
      if ((await sfu.setGrants(sfuRoom, person.sfuIdentity, grants)) || !connecting) return;
      await new Promise((resolve) => setTimeout(resolve, joiningPauseMs));
    }
    throw new Error("rights not yet set");
  }

  async function done(ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await db.deleteFrom("sfu_effect").where("id", "in", ids).execute();
  }

  return {
    work({ state, effects, effectIds }) {
      if (effects.length === 0) return;
      Promise.all(effects.map((effect) => apply(state.instanceId, effect)))
        .then(() => done(effectIds))
        .catch(deps.onFailure);
    },
    async sweep() {
      const due = await db
        .updateTable("sfu_effect")
        .set((eb) => ({ tries: eb("tries", "+", 1), next_try: new Date(Date.now() + 5000) }))
        .where("id", "in", (eb) =>
          eb
            .selectFrom("sfu_effect")
            .select("id")
            .where("next_try", "<=", new Date())
            .orderBy("id")
            .limit(100)
            .forUpdate()
            .skipLocked(),
        )
        .returning(["id", "instance_id", "kind", "admission_id", "source", "sfu_room"])
        .execute();
      // What failed keeps its row, and its next try.
      for (const row of due) {
        const state = await deps.runner.read(row.instance_id);
        await apply(row.instance_id, effectOf(row, state?.sfuRoom ?? "")).then(
          () => done([row.id]),
          deps.onFailure,
        );
      }
    },
  };
}

type Row = {
  readonly kind: Effect["kind"];
  readonly admission_id: string | null;
  readonly source: string | null;
  readonly sfu_room: string | null;
};

/** `mainRoom`: of rows that were written before effects named a room. */
function effectOf(row: Row, mainRoom: string): Effect {
  const sfuRoom = row.sfu_room ?? mainRoom;
  if (row.kind === "deleteRoom") return { kind: "deleteRoom", sfuRoom };
  const admissionId = id.admission(row.admission_id ?? "");
  if (row.kind === "mute") return { kind: "mute", admissionId, source: row.source ?? "" };
  if (row.kind === "evict") return { kind: "evict", admissionId, sfuRoom, sfuIdentity: row.source ?? "" };
  return { kind: "sync", admissionId };
}

function mediaSource(value: string): MediaSource | null {
  return mediaSources.find((source) => source === value) ?? null;
}
