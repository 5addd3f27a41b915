/** Whoever may not be inside any more loses the connection in the same turn in which this process learns of it (ADM-8). */
import type { GateCloseReason } from "@sekisho/contract";
import { grantsOf, id, sfuRoomOf, type Admission, type InstanceState } from "@sekisho/domain";
import type { SfuGate } from "../../sfu/gate.ts";
import type { Effect } from "./effects-of.ts";

type Gate = Pick<SfuGate, "closeSeat" | "setGrants" | "connections">;

/** Synchronous. `effects`: of the batch, where this process decided it; they name people whose connect is in flight. */
export function enforce(gate: Gate, state: InstanceState, effects: readonly Effect[]): void {
  for (const effect of effects)
    if (effect.kind === "evict") {
      const person = state.admissions.get(effect.admissionId);
      const why = person === undefined ? "removed" : reasonOf(person);
      gate.closeSeat(effect.admissionId, why, effect.sfuIdentity);
    }
  for (const { admissionId, sfuIdentity } of gate.connections()) {
    const person = state.admissions.get(id.admission(admissionId));
    if (person === undefined) continue;
    const stays = person.sfuIdentity === sfuIdentity && sfuRoomOf(state, person) !== null;
    if (stays) gate.setGrants(person.id, grantsOf(state, person));
    else gate.closeSeat(person.id, reasonOf(person), sfuIdentity);
  }
}

function reasonOf(person: Admission): GateCloseReason {
  // Still inside, or inside now: the stay that is over was in another room (SEC-4, ADM-13).
  if (person.status.kind === "admitted") return "moved";
  if (person.status.kind !== "left") return "removed";
  if (person.status.reason === "ended") return "ended";
  return person.status.reason === "replaced" ? "replaced" : "removed";
}
