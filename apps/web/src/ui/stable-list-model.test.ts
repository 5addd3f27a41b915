import { expect, test } from "vitest";
import {
  emptyList,
  hold,
  mayPress,
  nextSweep,
  release,
  sweep,
  take,
  type StableList,
} from "./stable-list-model.ts";

interface Person {
  readonly id: string;
  readonly settled: boolean;
}

const waiting = (...ids: string[]): Person[] => ids.map((id) => ({ id, settled: false }));
const ids = (list: StableList<Person>) => list.rows.map((row) => row.id);
const start = (...names: string[]) => take<Person>(emptyList(), waiting(...names), 0);

test("[ui no-shift 1] new requests are appended below and nothing is ever sorted again", () => {
  const list = take(start("b", "a"), waiting("c", "a", "b"), 1000);
  expect(ids(list)).toEqual(["b", "a", "c"]);
});

test("[ui no-shift 2] a decided or vanished row stays in place as a result while the box is held", () => {
  let list = hold(start("a", "b", "c"));
  list = take(list, [{ id: "a", settled: true }, ...waiting("c")], 1000);
  list = sweep(list, 60_000);
  expect(ids(list)).toEqual(["a", "b", "c"]);
  expect(list.rows.map((row) => row.settled)).toEqual([true, true, false]);
});

test("[ui no-shift 2] rows close up at once, two seconds after pointer and focus have left", () => {
  let list = hold(start("a", "b", "c"));
  list = take(list, waiting("b"), 1000);
  list = release(list, 5000);
  expect(ids(sweep(list, 6999))).toEqual(["a", "b", "c"]);
  expect(nextSweep(list)).toBe(7000);
  expect(ids(sweep(list, 7000))).toEqual(["b"]);
});

test("[ui no-shift 2] a result is seen for two seconds even when nobody is at the box", () => {
  const list = take(start("a", "b"), waiting("b"), 1000);
  expect(ids(sweep(list, 2999))).toEqual(["a", "b"]);
  expect(ids(sweep(list, 3000))).toEqual(["b"]);
});

test("[ui no-shift 3] twenty requests during a press move no row and void no press on another row", () => {
  let list = hold(start("a", "b"));
  for (let n = 0; n < 20; n += 1) {
    const more = Array.from({ length: n + 1 }, (_, at) => `new${at}`);
    list = take(list, waiting("a", "b", ...more), 1000 + n);
    expect(ids(list).slice(0, 2)).toEqual(["a", "b"]);
    expect(mayPress(list, "b", 1000 + n)).toBe(true);
  }
  expect(list.rows).toHaveLength(22);
});

test("[ui no-shift 4] presses on what has just changed under the pointer are ignored for 350 ms", () => {
  const list = take(start("a"), waiting("a", "b"), 1000);
  expect(mayPress(list, "b", 1349)).toBe(false);
  expect(mayPress(list, "b", 1350)).toBe(true);
  expect(mayPress(list, "a", 1000)).toBe(true);
});

test("[ui no-shift 4] a row that moved up starts anew; one above the gap does not", () => {
  let list = take(start("a", "b", "c"), waiting("a", "c"), 1000);
  list = sweep(list, 3000);
  expect(ids(list)).toEqual(["a", "c"]);
  expect(mayPress(list, "a", 3001)).toBe(true);
  expect(mayPress(list, "c", 3349)).toBe(false);
  expect(mayPress(list, "c", 3350)).toBe(true);
});

test("[ui no-shift 4] a settled or unknown row takes no press", () => {
  const list = take(start("a"), [{ id: "a", settled: true }], 1000);
  expect(mayPress(list, "a", 9000)).toBe(false);
  expect(mayPress(list, "zz", 9000)).toBe(false);
});

test("a row that comes back (request renewed under one id) is pressable again, but not at once", () => {
  let list = take(start("a"), [], 1000);
  list = take(list, waiting("a"), 1500);
  expect(mayPress(list, "a", 1600)).toBe(false);
  expect(mayPress(list, "a", 1850)).toBe(true);
});
