/** Whoever may not be inside any more loses the connection in the same turn in which this process learns of it (ADM-8). */
import type { GateCloseReason } from "@sekisho/contract";
import { grantsOf, id, type Admission, type InstanceState } from "@sekisho/domain";
import type { SfuGate } from "../../sfu/gate.ts";
import type { Effect } from "./effects-of.ts";

type Gate = Pick<SfuGate, "closeSeat" | "setGrants" | "connections">;

/** Synchronous. `effects`: of the batch, where this process decided it; they name people whose connect is in flight. */
export function enforce(gate: Gate, state: InstanceState, effects: readonly Effect[]): void {
  const seats = new Set(gate.connections().map((connection) => connection.admissionId));
  for (const effect of effects)
    if (effect.kind === "evict") {
      seats.delete(effect.admissionId);
      const person = state.admissions.get(effect.admissionId);
      gate.closeSeat(effect.admissionId, person === undefined ? "removed" : reasonOf(person));
    }
  for (const seat of seats) {
    const person = state.admissions.get(id.admission(seat));
    if (person === undefined) continue;
    if (person.status.kind === "admitted") gate.setGrants(person.id, grantsOf(state, person));
    else gate.closeSeat(person.id, reasonOf(person));
  }
}

function reasonOf(person: Admission): GateCloseReason {
  if (person.status.kind !== "left") return "removed";
  if (person.status.reason === "ended") return "ended";
  return person.status.reason === "replaced" ? "replaced" : "removed";
}
