/**
 * The classes of people who were asked for lately. A map of a million people is slow to make, and its entries lie far
 * apart; few of them are in meetings at a time. Each has one place, by the end of the id, and the last one asked has it.
 */
import type { AccountId } from "../ids.ts";
import type { BarrierClass } from "./class-matrix.ts";
import { classNamed, countingGroups, ungroupedClass, unknownClass, type ClassNames } from "./class-names.ts";
import type { BarrierModel } from "./model.ts";

export type Remembered = { readonly ids: (string | undefined)[]; readonly classes: Int32Array };

/** A power of two. */
const mostPlaces = 2 ** 18;

function placesFor(people: number): number {
  return Math.min(mostPlaces, 2 ** Math.ceil(Math.log2(people * 4 + 16)));
}

/** `people`: how many there are in all. */
export function rememberNobody(people: number): Remembered {
  const places = placesFor(people);
  const ids: string[] = [];
  ids.length = places;
  return { ids, classes: new Int32Array(places) };
}

/** Classes keep their numbers from version to version: only those whose groups changed are forgotten. */
export function rememberOthers(
  { ids, classes }: Remembered,
  changed: readonly AccountId[],
  people: number,
): Remembered {
  if (placesFor(people) > 4 * ids.length) return rememberNobody(people);
  if (changed.length === 0) return { ids, classes };
  const copy = { ids: ids.slice(), classes: classes.slice() };
  for (const accountId of changed) copy.ids[placeOf(accountId, ids.length)] = undefined;
  return copy;
}

export function classesOf(
  { ids, classes }: Remembered,
  model: BarrierModel,
  names: ClassNames,
): (accountId: AccountId) => BarrierClass {
  const find = (accountId: AccountId, place: number): BarrierClass => {
    const person = model.people.get(accountId);
    const cls =
      person === undefined ? ungroupedClass : (classNamed(names, countingGroups(person)) ?? unknownClass);
    ids[place] = accountId;
    classes[place] = cls;
    return cls;
  };
  return (accountId) => {
    const place = placeOf(accountId, ids.length);
    return ids[place] === accountId ? (classes[place] ?? unknownClass) : find(accountId, place);
  };
}

/** Our ids are random to their ends. Others only share places more often. */
function placeOf(text: string, places: number): number {
  const end = text.length;
  const mixed =
    text.charCodeAt(end - 1) ^
    (text.charCodeAt(end - 2) << 6) ^
    (text.charCodeAt(end - 3) << 12) ^
    (text.charCodeAt(end - 4) << 18) ^
    (text.charCodeAt(end - 5) << 24);
  return (Math.imul(mixed, 0x9e3779b1) >>> 13) & (places - 1);
}
