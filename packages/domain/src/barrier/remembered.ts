/**
 * The classes of people who were asked for lately. A map of a million people is slow to make, and its entries lie far
 * apart; few of them are in meetings at a time. By the end of the id each has two places, side by side, and shares them:
 * the two who were found last have them.
 */
import type { AccountId } from "../ids.ts";
import type { BarrierClass } from "./class-matrix.ts";
import { classNamed, countingGroups, ungroupedClass, unknownClass, type ClassNames } from "./class-names.ts";
import type { BarrierModel } from "./model.ts";

export type Remembered = { readonly ids: (string | undefined)[]; readonly classes: Int32Array };

/** A power of two. */
const mostPlaces = 2 ** 19;

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
  for (const accountId of changed) {
    const place = placeOf(accountId, ids.length);
    copy.ids[place] = undefined;
    copy.ids[place + 1] = undefined;
  }
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
    ids[place + 1] = ids[place];
    classes[place + 1] = classes[place] ?? unknownClass;
    ids[place] = accountId;
    classes[place] = cls;
    return cls;
  };
  return (accountId) => {
    const place = placeOf(accountId, ids.length);
    if (ids[place] === accountId) return classes[place] ?? unknownClass;
    if (ids[place + 1] === accountId) return classes[place + 1] ?? unknownClass;
    return find(accountId, place);
  };
}

/** The first of the two. Our ids are random to their ends; others only share places more often. */
function placeOf(text: string, places: number): number {
  const end = text.length;
  const mixed =
    text.charCodeAt(end - 1) ^
    (text.charCodeAt(end - 2) << 6) ^
    (text.charCodeAt(end - 3) << 12) ^
    (text.charCodeAt(end - 4) << 18) ^
    (text.charCodeAt(end - 5) << 24);
  return (Math.imul(mixed, 0x9e3779b1) >>> 12) & (places - 2);
}
