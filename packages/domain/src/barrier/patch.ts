/** The index of the next version from the one before: only what a small edit touches is made anew. */
import type { AccountId, GroupId } from "../ids.ts";
import { indexOf, type BarrierIndex, type BarrierParts } from "./barrier-index.ts";
import {
  cellOf,
  draftOfMatrix,
  makeRoom,
  setPair,
  unionOfRow,
  type BarrierClass,
  type MatrixDraft,
} from "./class-matrix.ts";
import {
  classNamed,
  countingGroups,
  groupsByDomain,
  nameClass,
  nameDomains,
  ungroupedClass,
  type Composite,
  type NamesDraft,
} from "./class-names.ts";
import { compileBarriersInSteps, isInForce, pairKey } from "./compile.ts";
import { fillComposites, unionOf } from "./composites.ts";
import { noFlags, type BarrierMask } from "./flags.ts";
import type { BarrierChange, BarrierModel, BarrierPolicy } from "./model.ts";
import { rememberOthers } from "./remembered.ts";
import { finish, pauseEvery, type Steps } from "./steps.ts";

/** From so many changes on, making all anew is no slower. */
const mostChanges = 4096;
/** Composites that patches have added and that may be nobody's by now; then all is made anew. */
const mostAdded = 256;
const policiesPerStep = 32_768;
const pairsPerStep = 16;

/** `model` is what the model of `index` became by these changes. The result decides as `compileBarriers(model)` does. */
export function patchBarriers(
  index: BarrierIndex,
  model: BarrierModel,
  changes: readonly BarrierChange[],
): BarrierIndex {
  return finish(patchBarriersInSteps(index, model, changes));
}

/** The same with a pause after each few milliseconds of work. `index` goes on deciding meanwhile, and afterwards. */
export function* patchBarriersInSteps(
  index: BarrierIndex,
  model: BarrierModel,
  changes: readonly BarrierChange[],
): Steps<BarrierIndex> {
  const { parts } = index;
  if (changes.length > mostChanges || model.rules.ungrouped !== parts.model.rules.ungrouped)
    return yield* compileBarriersInSteps(model);
  const touched = touchedBy(changes, parts.model, model);
  const names = namesDraftOf(parts);
  const patch: Patch = { parts, model, names, draft: draftOfMatrix(parts.matrix), touched };
  const before = names.composites.size;
  yield* nameTouched(patch);
  const fresh = [...names.composites.values()].slice(before);
  const added = parts.added + fresh.length;
  if (added > mostAdded) return yield* compileBarriersInSteps(model);
  const shared = yield* patchPairs(patch);
  yield* fillComposites(patch.draft, fresh);
  const numbering = touched.groups || touched.people.length > 0 ? {} : parts.numbering;
  const remembered = rememberOthers(parts.remembered, touched.people, model.people.size);
  return indexOf({ model, matrix: patch.draft, names, shared, added, remembered, numbering });
}

type Touched = {
  /** As they were and as they are; a policy that is in neither version is not among them. */
  readonly before: readonly BarrierPolicy[];
  readonly after: readonly BarrierPolicy[];
  /** In which people and domains count now. */
  readonly sets: readonly (readonly GroupId[])[];
  readonly groups: boolean;
  readonly people: readonly AccountId[];
};

function touchedBy(changes: readonly BarrierChange[], before: BarrierModel, after: BarrierModel): Touched {
  const policies = new Set(
    changes.flatMap((one) =>
      one.type === "policy.put" ? [one.policy.id] : one.type === "policy.remove" ? [one.policyId] : [],
    ),
  );
  const of = (model: BarrierModel) =>
    [...policies].flatMap((policyId) => model.policies.get(policyId) ?? []).filter(isInForce);
  const sets = changes.flatMap((one) =>
    one.type === "person.put"
      ? [countingGroups(after.people.get(one.accountId))]
      : one.type === "group.put"
        ? [[one.group.id]]
        : [],
  );
  const groups = changes.some((one) => one.type === "group.put" || one.type === "group.remove");
  if (groups) sets.push(...groupsByDomain(after.groups.values()).values());
  const people = changes.flatMap((one) =>
    one.type === "person.put" || one.type === "person.remove" ? [one.accountId] : [],
  );
  const policyGroups = of(after).flatMap(({ a, b }) => [[a], [b]]);
  return { before: of(before), after: of(after), sets: [...sets, ...policyGroups], groups, people };
}

type Patch = {
  readonly parts: BarrierParts;
  readonly model: BarrierModel;
  readonly names: NamesDraft;
  readonly draft: MatrixDraft;
  readonly touched: Touched;
};

function namesDraftOf({ names }: BarrierParts): NamesDraft {
  return {
    singles: new Map(names.singles),
    composites: new Map(names.composites),
    domains: new Map(names.domains),
  };
}

function* nameTouched({ draft, names, model, touched }: Patch): Steps<void> {
  const unnamed = touched.sets.filter((groups) => classNamed(names, groups) === undefined);
  const room = unnamed.reduce((sum, groups) => sum + 1 + groups.length, 0);
  yield* makeRoom(draft, draft.classes + room);
  for (const groups of unnamed) nameClass(names, draft, groups);
  if (touched.groups) nameDomains(names, model.groups.values());
}

/** A pair of groups whose policies changed. */
type Pair = {
  readonly a: BarrierClass;
  readonly b: BarrierClass;
  /** Whether one of the touched policies had something to say in the version before. */
  said: boolean;
  /** What they say now, and how many of them. */
  says: BarrierMask;
  count: number;
};

function* patchPairs(patch: Patch): Steps<ReadonlySet<number>> {
  const { draft, parts, model } = patch;
  const pairs = pairsOf(patch);
  if (pairs.size === 0) return parts.shared;
  const scanned = yield* scan(patch, pairs);
  const doubled = [...pairs].filter(([key, pair]) => !parts.shared.has(key) && isDoubled(draft, pair));
  const shared =
    doubled.length === 0 ? parts.shared : new Set([...parts.shared, ...doubled.map(([key]) => key)]);
  const composites = compositesByPart([...parts.names.composites.values()]);
  const pauses = pauseEvery(pairsPerStep);
  for (const [key, pair] of pairs) {
    writePair(draft, pair, scanned.get(key) ?? untouched(draft, pair) | pair.says, composites);
    yield* pauses();
  }
  if (model.rules.ungrouped === "inherit") yield* patchUngrouped(patch, pairs, composites);
  return shared;
}

/** What a policy that is not touched says of this pair, where at most one spoke of it. */
function untouched(draft: MatrixDraft, pair: Pair): BarrierMask {
  return pair.said ? noFlags : cellOf(draft, pair.a, pair.b);
}

function isDoubled(draft: MatrixDraft, pair: Pair): boolean {
  return pair.count + (untouched(draft, pair) === noFlags ? 0 : 1) > 1;
}

function pairsOf({ names, touched }: Patch): ReadonlyMap<number, Pair> {
  const pairs = new Map<number, Pair>();
  const pairOf = (policy: BarrierPolicy): Pair | undefined => {
    const a = names.singles.get(policy.a);
    const b = names.singles.get(policy.b);
    if (a === undefined || b === undefined) return undefined;
    const key = pairKey(a, b);
    const pair = pairs.get(key) ?? { a, b, said: false, says: noFlags, count: 0 };
    pairs.set(key, pair);
    return pair;
  };
  for (const policy of touched.before) {
    const pair = pairOf(policy);
    if (pair !== undefined) pair.said = true;
  }
  for (const policy of touched.after) {
    const pair = pairOf(policy);
    if (pair === undefined) continue;
    pair.says |= policy.mask;
    pair.count += 1;
  }
  return pairs;
}

/** What all policies say of those pairs that more than one spoke of: the cell alone does not tell what is whose. */
function* scan(
  { parts, names, model }: Patch,
  pairs: ReadonlyMap<number, Pair>,
): Steps<ReadonlyMap<number, BarrierMask>> {
  const masks = new Map<number, BarrierMask>();
  for (const key of pairs.keys()) if (parts.shared.has(key)) masks.set(key, noFlags);
  if (masks.size === 0) return masks;
  const pauses = pauseEvery(policiesPerStep);
  for (const policy of model.policies.values()) {
    if (isInForce(policy)) {
      const key = pairKey(names.singles.get(policy.a) ?? 0, names.singles.get(policy.b) ?? 0);
      const mask = masks.get(key);
      if (mask !== undefined) masks.set(key, mask | policy.mask);
    }
    yield* pauses();
  }
  return masks;
}

type ByPart = ReadonlyMap<BarrierClass, readonly Composite[]>;

function compositesByPart(composites: readonly Composite[]): ByPart {
  const byPart = new Map<BarrierClass, Composite[]>();
  for (const composite of composites)
    for (const part of composite.parts) byPart.set(part, [...(byPart.get(part) ?? []), composite]);
  return byPart;
}

function writePair(draft: MatrixDraft, { a, b }: Pair, mask: BarrierMask, byPart: ByPart): void {
  setPair(draft, a, b, mask);
  const withParts = (single: BarrierClass): readonly Composite[] => [
    { cls: single, parts: [single] },
    ...(byPart.get(single) ?? []),
  ];
  for (const one of withParts(a))
    for (const other of withParts(b))
      setPair(draft, one.cls, other.cls, unionOf(draft, one.parts, other.parts));
}

/** BAR-7, for the groups of these pairs. */
function* patchUngrouped({ draft }: Patch, pairs: ReadonlyMap<number, Pair>, byPart: ByPart): Steps<void> {
  const singles = new Set([...pairs.values()].flatMap(({ a, b }) => [a, b]));
  const pauses = pauseEvery(pairsPerStep);
  for (const single of singles) {
    setPair(draft, ungroupedClass, single, unionOfRow(draft, single));
    yield* pauses();
  }
  for (const { cls, parts } of [...singles].flatMap((single) => byPart.get(single) ?? []))
    setPair(draft, ungroupedClass, cls, unionOf(draft, parts, [ungroupedClass]));
  setPair(draft, ungroupedClass, ungroupedClass, unionOfRow(draft, ungroupedClass));
}
