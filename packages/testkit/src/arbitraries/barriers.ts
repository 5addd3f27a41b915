/** Information barriers in a few words, for tests of meetings. */
import {
  applyBarrierChanges,
  barrierContext,
  compileBarriers,
  emptyBarriers,
  id,
  maskOf,
  type BarrierChange,
  type BarrierContext,
  type BarrierFlag,
  type BarrierFreshness,
  type BarrierModel,
  type BarrierRules,
} from "@sekisho/domain";

export type Walls = {
  /** Accounts by group; each counts in the last group that names it. */
  readonly groups: Readonly<Record<string, readonly string[]>>;
  readonly policies: readonly (readonly [a: string, b: string, flags: readonly BarrierFlag[]])[];
  readonly domains?: Readonly<Record<string, readonly string[]>>;
  readonly rules?: Partial<BarrierRules>;
};

export function barrierModel(walls: Walls, version = 1): BarrierModel {
  const changes: BarrierChange[] = [
    { type: "rules.put", rules: { ...emptyBarriers.rules, on: true, ...walls.rules } },
  ];
  for (const [name, members] of Object.entries(walls.groups)) {
    const groupId = id.group(name);
    changes.push({ type: "group.put", group: { id: groupId, name, domains: walls.domains?.[name] ?? [] } });
    for (const member of members) {
      const person = { groups: [groupId], primary: groupId, held: [] };
      changes.push({ type: "person.put", accountId: id.account(member), person });
    }
  }
  walls.policies.forEach(([a, b, flags], index) => {
    const policy = { id: id.barrierPolicy(`policy${index}`), name: "", a: id.group(a), b: id.group(b) };
    changes.push({ type: "policy.put", policy: { ...policy, enabled: true, mask: maskOf(flags) } });
  });
  return applyBarrierChanges(emptyBarriers, version, changes);
}

export function barriers(walls: Walls, version = 1, freshness: BarrierFreshness = "fresh"): BarrierContext {
  return barrierContext(compileBarriers(barrierModel(walls, version)), freshness);
}
