/** What a new version costs the process that decides: how long others wait while it is made, and a small edit of it. */
import {
  applyBarrierChanges,
  compileBarriersInSteps,
  id,
  patchBarriersInSteps,
  type BarrierChange,
  type BarrierIndex,
  type BarrierModel,
} from "../../packages/domain/src/index.ts";

export type Stepped = { readonly totalMs: number; readonly longestMs: number; readonly steps: number };

function drive<T>(steps: Generator<undefined, T, undefined>): Stepped & { readonly value: T } {
  let longestMs = 0;
  let totalMs = 0;
  for (let count = 1; ; count += 1) {
    const started = performance.now();
    const step = steps.next();
    const took = performance.now() - started;
    longestMs = Math.max(longestMs, took);
    totalMs += took;
    if (step.done === true) return { totalMs, longestMs, steps: count, value: step.value };
  }
}

export function compileWhole(model: BarrierModel): Stepped & { readonly value: BarrierIndex } {
  return drive(compileBarriersInSteps(model));
}

/** Five policies and five people, in one version. */
export function patchOnce(index: BarrierIndex, model: BarrierModel, round: number): Stepped {
  const policies = [...model.policies.values()].slice(round * 5, round * 5 + 5);
  const people = [...model.people.keys()].slice(round * 5, round * 5 + 5);
  const [group = id.group("")] = model.groups.keys();
  const changes: readonly BarrierChange[] = [
    ...policies.map(
      (policy) => ({ type: "policy.put", policy: { ...policy, mask: policy.mask ^ 1 } }) as const,
    ),
    ...people.map(
      (accountId) =>
        ({ type: "person.put", accountId, person: { groups: [group], primary: group, held: [] } }) as const,
    ),
  ];
  const next = applyBarrierChanges(model, 2, changes);
  globalThis.gc?.();
  const { totalMs, longestMs, steps } = drive(patchBarriersInSteps(index, next, changes));
  return { totalMs, longestMs, steps };
}
