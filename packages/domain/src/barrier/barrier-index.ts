/**
 * One version of the barriers, compiled for decisions. People with the same groups form a class; a decision is a look
 * into a byte matrix of classes. A new version is a new index: nobody ever decides with half of one.
 */
import type { AccountId, GroupId } from "../ids.ts";
import { cellOf, type BarrierClass, type ClassMatrix } from "./class-matrix.ts";
import {
  classNamed,
  countingGroups,
  outsiderClass,
  sortedSet,
  ungroupedClass,
  type ClassNames,
} from "./class-names.ts";
import { hardBlock, noFlags, type BarrierMask } from "./flags.ts";
import type { BarrierModel } from "./model.ts";
import { classesOf, type Remembered } from "./remembered.ts";

export { outsiderClass, ungroupedClass, countingGroups, type BarrierClass };

export type BarrierIndex = {
  readonly version: number;
  readonly on: boolean;
  /** How many classes there are; classes are 0 … `classes - 1`. */
  readonly classes: number;
  /** What the next version is made from, and room unions; of no use to others. */
  readonly parts: BarrierParts;
  classOfAccount(accountId: AccountId): BarrierClass;
  /** `domain`: of a proved address, lower case; null: nothing was proved. */
  classOfOutsider(domain: string | null): BarrierClass;
  /** The class of somebody whose groups are these; undefined where nobody's are. */
  classOfGroups(groups: readonly GroupId[]): BarrierClass | undefined;
  /** What two different people of these classes cannot do with each other. Symmetric; unknown classes forbid everything. */
  between(a: BarrierClass, b: BarrierClass): BarrierMask;
  /** Whether two different people of these classes may never be in one meeting. */
  hard(a: BarrierClass, b: BarrierClass): boolean;
};

export type BarrierParts = {
  readonly model: BarrierModel;
  readonly matrix: ClassMatrix;
  readonly names: ClassNames;
  /** Pairs of groups that more than one policy has something to say about, as `pairKey`. */
  readonly shared: ReadonlySet<number>;
  /** Composite classes that patches have added; some may be nobody's by now. */
  readonly added: number;
  readonly remembered: Remembered;
  /** The same object as long as everybody is in the same class under the same number. */
  readonly numbering: object;
};

export function indexOf(parts: BarrierParts): BarrierIndex {
  const { model, matrix, names, remembered } = parts;
  const { on } = model.rules;
  return {
    version: model.version,
    on,
    classes: matrix.classes,
    parts,
    classOfAccount: classesOf(remembered, model, names),
    classOfOutsider: (domain) =>
      domain === null ? outsiderClass : (names.domains.get(domain) ?? outsiderClass),
    classOfGroups: (groups) => classNamed(names, sortedSet(groups)),
    between: on ? (a, b) => cellOf(matrix, a, b) : () => noFlags,
    hard: on ? (a, b) => (cellOf(matrix, a, b) & hardBlock) !== 0 : () => false,
  };
}
