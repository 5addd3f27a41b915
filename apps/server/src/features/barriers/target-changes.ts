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
import type { BarrierTarget } from "./barrier-writer.ts";

/** A pair keeps the id that it has here, whatever the source calls it; rules are the organisation's own. */
export function targetChanges(model: BarrierModel, target: BarrierTarget): readonly BarrierChange[] {
  const known = new Map<string, BarrierPolicy>();
  for (const policy of model.policies.values()) known.set(pairKey(policy.a, policy.b), policy);
  const policies = new Map<BarrierPolicyId, BarrierPolicy>();
  for (const policy of target.policies.values()) {
    const here = known.get(pairKey(policy.a, policy.b));
    const put = here === undefined ? policy : { ...policy, id: here.id, a: here.a, b: here.b };
    policies.set(put.id, put);
  }
  const people = new Map([...target.people].map(([accountId, person]) => [accountId, fresh(person)]));
  return barrierDifference(model, { ...model, groups: target.groups, policies, people });
}

/**
 * The source knows nothing of what is held: it wants it gone, as before, and the approval of that goes on waiting.
 */
function fresh(person: BarrierPerson): BarrierPerson {
  return person.held.length === 0 ? person : { ...person, held: [] };
}
