/** A whole state, as syncs send it, in the terms of what is there. */
import {
  barrierDifference,
  pairKey,
  type BarrierChange,
  type BarrierModel,
  type BarrierPerson,
  type BarrierPolicy,
  type BarrierPolicyId,
} from "@sekisho/domain";
import { HttpError } from "../../platform/http/http-error.ts";
import type { BarrierTarget } from "./barrier-writer.ts";
import { idOfPair } from "./bulk-document.ts";

/**
 * A pair keeps the id that it has here, whatever the source calls it; rules are the organisation's own. Throws
 * `barrier_edit_invalid` where two policies would be one.
 */
export function targetChanges(model: BarrierModel, target: BarrierTarget): readonly BarrierChange[] {
  const known = new Map<string, BarrierPolicy>();
  for (const policy of model.policies.values()) known.set(pairKey(policy.a, policy.b), policy);
  const policies = new Map<BarrierPolicyId, BarrierPolicy>();
  for (const policy of target.policies.values()) {
    const put = asHere(model, known.get(pairKey(policy.a, policy.b)), policy);
    // The later one would take the place of the earlier one in silence, and with it a wall.
    if (policies.has(put.id)) throw new HttpError("barrier_edit_invalid", { details: ["policy_exists"] });
    policies.set(put.id, put);
  }
  const people = new Map([...target.people].map(([accountId, person]) => [accountId, fresh(person)]));
  return barrierDifference(model, { ...model, groups: target.groups, policies, people });
}

/** A new pair under an id that is another pair's here gets one of its own, the same each time. */
function asHere(model: BarrierModel, here: BarrierPolicy | undefined, policy: BarrierPolicy): BarrierPolicy {
  if (here !== undefined) return { ...policy, id: here.id, a: here.a, b: here.b };
  if (!model.policies.has(policy.id)) return policy;
  return { ...policy, id: idOfPair(pairKey(policy.a, policy.b)) };
}

/** The source knows nothing of what is held: it wants it gone, as before. Whether that waits is for the writer to say. */
function fresh(person: BarrierPerson): BarrierPerson {
  return person.held.length === 0 ? person : { ...person, held: [] };
}
