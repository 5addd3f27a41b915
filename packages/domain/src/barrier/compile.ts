/** From the model of a version to its index, at once or in slices between which decisions go on with the version before. */
import type { GroupId } from "../ids.ts";
import { indexOf, type BarrierIndex } from "./barrier-index.ts";
import {
  addClass,
  addPairs,
  addToBatch,
  cellOf,
  makeRoom,
  pairBatch,
  setPair,
  wholeDraft,
  type BarrierClass,
  type PairBatch,
  type WholeDraft,
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
import { rememberNobody } from "./remembered.ts";
import { finish, pauseEvery, type Steps } from "./steps.ts";
import type { BarrierModel, BarrierPerson, BarrierPolicy } from "./model.ts";

/** About a millisecond's worth each. */
const policiesPerStep = 4096;
const peoplePerStep = 8192;

/** One version as a whole. With millions of policies it takes a tenth of a second: then better in steps. */
export function compileBarriers(model: BarrierModel): BarrierIndex {
  return finish(compileBarriersInSteps(model));
}

/** The same as `compileBarriers`, with a pause after each few milliseconds of work. */
export function* compileBarriersInSteps(model: BarrierModel): Steps<BarrierIndex> {
  const named = yield* groupSetsOf(model);
  const draft = wholeDraft(2 + model.groups.size + sizeOfAll(named));
  yield;
  const names: NamesDraft = { singles: new Map(), composites: new Map(), domains: new Map() };
  addClass(draft);
  addClass(draft);
  for (const groupId of model.groups.keys()) nameClass(names, draft, [groupId]);
  for (const groups of named) nameClass(names, draft, groups);
  nameDomains(names, model.groups.values());
  yield;
  const policies = model.policies.values();
  const filling: Filling = { draft, names, policies, late: [], forAll: [], shared: new Set() };
  const batch = pairBatch(policiesPerStep);
  while (gather(filling, batch)) {
    fill(filling, batch);
    yield;
  }
  fill(filling, batch);
  yield* fillLate(filling);
  if (model.rules.ungrouped === "inherit") fillUngrouped(filling);
  yield* fillComposites(draft, [...names.composites.values()]);
  const remembered = rememberNobody(model.people.size);
  return indexOf({
    model,
    matrix: draft,
    names,
    shared: filling.shared,
    added: 0,
    remembered,
    numbering: {},
  });
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
  readonly draft: WholeDraft;
  readonly names: NamesDraft;
  /** An iterator: goes on where the step before ended. */
  readonly policies: Iterable<BarrierPolicy>;
  /** Of groups that are gone: they block on (BAR-6), if only people without a group (BAR-7). */
  readonly late: BarrierPolicy[];
  /** By class: the union of what the policies that name it forbid. */
  readonly forAll: BarrierMask[];
  readonly shared: Set<number>;
};

/** False: these were the last. */
function gather({ names, policies, late }: Filling, batch: PairBatch): boolean {
  const { singles } = names;
  let left = policiesPerStep;
  batch.count = 0;
  for (const policy of policies) {
    left -= 1;
    if (isInForce(policy)) {
      const one = singles.get(policy.a);
      const other = singles.get(policy.b);
      if (one === undefined || other === undefined) late.push(policy);
      else addToBatch(batch, one, other, policy.mask);
    }
    if (left === 0) return true;
  }
  return false;
}

export function isInForce(policy: BarrierPolicy): boolean {
  return policy.enabled && policy.mask !== noFlags;
}

function* fillLate(filling: Filling): Steps<void> {
  const { draft, names, late } = filling;
  if (late.length === 0) return;
  yield* makeRoom(draft, draft.classes + 2 * late.length);
  const pauses = pauseEvery(policiesPerStep);
  for (const { a, b, mask } of late) {
    const one = nameClass(names, draft, [a]);
    const other = nameClass(names, draft, [b]);
    const before = cellOf(draft, one, other);
    if (before !== noFlags) filling.shared.add(pairKey(one, other));
    setPair(draft, one, other, before | mask);
    addForAll(filling, one, mask);
    addForAll(filling, other, mask);
    yield* pauses();
  }
}

function addForAll({ forAll }: Filling, cls: BarrierClass, mask: BarrierMask): void {
  forAll[cls] = (forAll[cls] ?? noFlags) | mask;
}

function fill(filling: Filling, batch: PairBatch): void {
  const { count, ones, others, masks } = batch;
  const { draft, shared } = filling;
  for (const at of addPairs(draft, batch)) shared.add(pairKey(ones[at] ?? 0, others[at] ?? 0));
  for (let at = 0; at < count; at += 1) {
    const mask = masks[at] ?? noFlags;
    addForAll(filling, ones[at] ?? 0, mask);
    addForAll(filling, others[at] ?? 0, mask);
  }
}

/** One number for an unordered pair of classes. */
export function pairKey(a: number, b: number): number {
  return Math.min(a, b) * 2 ** 26 + Math.max(a, b);
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
