/** Which class each person, outsider and set of groups is in. People with the same groups form a class. */
import type { GroupId } from "../ids.ts";
import { addClass, type BarrierClass, type MatrixDraft } from "./class-matrix.ts";
import type { BarrierGroup, BarrierPerson } from "./model.ts";

/** Outsiders whom no group names: they carry no flags (BAR-7). */
export const outsiderClass: BarrierClass = 0;
/** People of the organisation without a group (BAR-7). */
export const ungroupedClass: BarrierClass = 1;
/** Whoever cannot be placed: outside the matrix, so everything is forbidden. */
export const unknownClass: BarrierClass = -1;

/** The class of those who count in several groups. */
export type Composite = { readonly cls: BarrierClass; readonly parts: readonly BarrierClass[] };

export type ClassNames = {
  /** Every group has a class of its own, members or not. */
  readonly singles: ReadonlyMap<GroupId, BarrierClass>;
  /** Under the sorted ids of their groups; in the order of their classes. */
  readonly composites: ReadonlyMap<string, Composite>;
  readonly domains: ReadonlyMap<string, BarrierClass>;
};

export type NamesDraft = {
  singles: Map<GroupId, BarrierClass>;
  composites: Map<string, Composite>;
  domains: Map<string, BarrierClass>;
};

/** Only these count: the primary group, and what is held until a loosening is approved (BAR-2, BAR-6). Sorted. */
export function countingGroups(person: BarrierPerson | undefined): readonly GroupId[] {
  if (person === undefined) return [];
  const groups = person.primary === null ? person.held : [person.primary, ...person.held];
  return groups.length < 2 ? groups : sortedSet(groups);
}

/** Deterministic; the order itself means nothing. */
export function sortedSet(groups: readonly GroupId[]): readonly GroupId[] {
  return [...new Set(groups)].toSorted();
}

/** Undefined where nobody's groups are these. `groups` is sorted and names none twice. */
export function classNamed(names: ClassNames, groups: readonly GroupId[]): BarrierClass | undefined {
  const [first] = groups;
  if (first === undefined) return ungroupedClass;
  return groups.length === 1 ? names.singles.get(first) : names.composites.get(groups.join(" "))?.cls;
}

/** For a class that may be new; room has been made for it and for its groups. */
export function nameClass(names: NamesDraft, draft: MatrixDraft, groups: readonly GroupId[]): BarrierClass {
  const known = classNamed(names, groups);
  if (known !== undefined) return known;
  const parts = groups.map((groupId) => nameSingle(names, draft, groupId));
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const cls = addClass(draft);
  names.composites.set(groups.join(" "), { cls, parts });
  return cls;
}

function nameSingle(names: NamesDraft, draft: MatrixDraft, groupId: GroupId): BarrierClass {
  const known = names.singles.get(groupId);
  if (known !== undefined) return known;
  const cls = addClass(draft);
  names.singles.set(groupId, cls);
  return cls;
}

/** The groups that name each domain, sorted; several may (BAR-7). */
export function groupsByDomain(groups: Iterable<BarrierGroup>): ReadonlyMap<string, readonly GroupId[]> {
  const byDomain = new Map<string, readonly GroupId[]>();
  for (const group of groups)
    for (const domain of group.domains)
      byDomain.set(domain, sortedSet([...(byDomain.get(domain) ?? []), group.id]));
  return byDomain;
}

/** Every set of groups that a domain counts in has its class already. */
export function nameDomains(names: NamesDraft, groups: Iterable<BarrierGroup>): void {
  names.domains = new Map();
  for (const [domain, set] of groupsByDomain(groups))
    names.domains.set(domain, classNamed(names, set) ?? unknownClass);
}
