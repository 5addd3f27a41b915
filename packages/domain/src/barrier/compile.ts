/** From the model of a version to its index, at once or in slices between which decisions go on with the version before. */
import type { GroupId } from "../ids.ts";
import { indexOf, type BarrierIndex } from "./barrier-index.ts";
import {
  addClass,
  addToPair,
  emptyDraft,
  makeRoom,
  setPair,
  type MatrixDraft,
  type Steps,
} from "./class-matrix.ts";
import {
  countingGroups,
  groupsByDomain,
  nameClass,
  nameDomains,
  ungroupedClass,
  type NamesDraft,
} from "./class-names.ts";
import { fillComposites } from "./composites.ts";
import { noFlags, type BarrierMask } from "./flags.ts";
import type { BarrierModel, BarrierPerson, BarrierPolicy } from "./model.ts";

/** About a millisecond's worth each. */
const policiesPerStep = 8192;
const peoplePerStep = 16_384;

/** One version as a whole. With millions of policies it takes a tenth of a second: then better in steps. */
export function compileBarriers(model: BarrierModel): BarrierIndex {
  return finish(compileBarriersInSteps(model));
}

/** Runs all steps without a pause. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** The same as `compileBarriers`, with a pause after each few milliseconds of work. */
export function* compileBarriersInSteps(model: BarrierModel): Steps<BarrierIndex> {
  const named = yield* groupSetsOf(model);
  const filling: Filling = {
    draft: emptyDraft(),
    names: { singles: new Map(), composites: new Map(), domains: new Map() },
    policies: model.policies.values(),
    late: [],
    forAll: [],
    shared: new Set(),
  };
  const { draft, names } = filling;
  yield* makeRoom(draft, 2 + model.groups.size + sizeOfAll(named));
  addClass(draft);
  addClass(draft);
  for (const groupId of model.groups.keys()) nameClass(names, draft, [groupId]);
  while (!fillSome(filling, policiesPerStep)) yield;
  yield* fillLate(filling, sizeOfAll(named));
  for (const groups of named) nameClass(names, draft, groups);
  nameDomains(names, model.groups.values());
  if (model.rules.ungrouped === "inherit") fillUngrouped(filling);
  yield* fillComposites(draft, [...names.composites.values()]);
  return indexOf({ model, matrix: draft, names, shared: filling.shared, added: 0 });
}

/** The sets of groups in which people and domains count, apart from those that every model has a class for. */
function* groupSetsOf(model: BarrierModel): Steps<readonly (readonly GroupId[])[]> {
  const sets = new Map<string, readonly GroupId[]>();
  const people = model.people.values();
  while (!addSetsOf(model, people, sets)) yield;
  for (const groups of groupsByDomain(model.groups.values()).values()) sets.set(groups.join(" "), groups);
  return [...sets.values()];
}

/** Goes on where the iterator stands. False: there are more. */
function addSetsOf(
  model: BarrierModel,
  people: Iterable<BarrierPerson>,
  sets: Map<string, readonly GroupId[]>,
): boolean {
  let left = peoplePerStep;
  for (const person of people) {
    const isPlain = person.held.length === 0 && (person.primary === null || model.groups.has(person.primary));
    const groups = isPlain ? [] : countingGroups(person);
    if (groups.length > 0) sets.set(groups.join(" "), groups);
    left -= 1;
    if (left === 0) return false;
  }
  return true;
}

/** How many classes these may need at most: one for each set, one for each group in it. */
function sizeOfAll(sets: readonly (readonly GroupId[])[]): number {
  return sets.reduce((sum, groups) => sum + 1 + groups.length, 0);
}

type Filling = {
  readonly draft: MatrixDraft;
  readonly names: NamesDraft;
  /** An iterator: goes on where the step before ended. */
  readonly policies: Iterable<BarrierPolicy>;
  /** Policies of groups that the model does not have any more: they block on (BAR-6). */
  readonly late: BarrierPolicy[];
  /** By class: the union of what the policies that name it forbid. */
  readonly forAll: BarrierMask[];
  readonly shared: Set<number>;
};

/** False: there are more. */
function fillSome(filling: Filling, limit: number): boolean {
  let left = limit;
  for (const policy of filling.policies) {
    if (isInForce(policy) && !fillOne(filling, policy)) filling.late.push(policy);
    left -= 1;
    if (left === 0) return false;
  }
  return true;
}

export function isInForce(policy: BarrierPolicy): boolean {
  return policy.enabled && policy.mask !== noFlags;
}

/** Blocks only add: a pair's mask is the union over all enabled policies that name it (BAR-6). */
function fillOne({ draft, names, forAll, shared }: Filling, { a, b, mask }: BarrierPolicy): boolean {
  const one = names.singles.get(a);
  const other = names.singles.get(b);
  if (one === undefined || other === undefined) return false;
  if (addToPair(draft, one, other, mask) !== noFlags) shared.add(pairKey(one, other));
  forAll[one] = (forAll[one] ?? noFlags) | mask;
  forAll[other] = (forAll[other] ?? noFlags) | mask;
  return true;
}

/** One number for an unordered pair of classes. */
export function pairKey(a: number, b: number): number {
  return Math.min(a, b) * 2 ** 26 + Math.max(a, b);
}

function* fillLate(filling: Filling, named: number): Steps<void> {
  const { draft, names, late } = filling;
  yield* makeRoom(draft, draft.classes + named + 2 * late.length);
  let left = policiesPerStep;
  for (const policy of late) {
    nameClass(names, draft, [policy.a]);
    nameClass(names, draft, [policy.b]);
    fillOne(filling, policy);
    left -= 1;
    if (left === 0) yield;
    left ||= policiesPerStep;
  }
}

/** BAR-7: the flags of every policy that names the other side; of two such people, those of all policies. */
function fillUngrouped({ draft, names, forAll }: Filling): void {
  let all = noFlags;
  for (const cls of names.singles.values()) {
    const mask = forAll[cls] ?? noFlags;
    setPair(draft, ungroupedClass, cls, mask);
    all |= mask;
  }
  setPair(draft, ungroupedClass, ungroupedClass, all);
}
