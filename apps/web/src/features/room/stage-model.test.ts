import { expect, test } from "vitest";
import { columnsFor, stageOf, type StageInput } from "./stage-model.ts";

const base: StageInput = {
  people: ["self", "a", "b", "c"],
  self: "self",
  screens: [],
  speaker: null,
  pinned: null,
  view: "grid",
  page: 0,
  perPage: 9,
  perStrip: 3,
};
const names = (change: Partial<StageInput>) =>
  stageOf({ ...base, ...change }).tiles.map((one) => one.identity);

test("the grid keeps the order of the roster, the own picture is last", () => {
  expect(names({})).toEqual(["a", "b", "c", "self"]);
});

test("more than nine go to pages, and a page that is no longer there is the last one", () => {
  const people = ["self", ...Array.from({ length: 12 }, (_, at) => `p${at}`)];
  expect(stageOf({ ...base, people })).toMatchObject({ page: 0, pages: 2, next: 4 });
  expect(stageOf({ ...base, people, page: 7 })).toMatchObject({ page: 1, pages: 2, next: 0 });
  expect(names({ people, page: 1 })).toEqual(["p9", "p10", "p11", "self"]);
});

test("a shared screen fills the stage, and the sharer still has a picture in the strip", () => {
  const stage = stageOf({ ...base, screens: ["b"], pinned: "a" });
  expect(stage.main).toEqual({ identity: "b", kind: "screen" });
  expect(stage.tiles.map((one) => one.identity)).toEqual(["a", "b", "c"]);
});

test("pinned comes before speaking; who has left is not pinned any more", () => {
  expect(stageOf({ ...base, pinned: "b", view: "speaker", speaker: "a" }).main?.identity).toBe("b");
  expect(stageOf({ ...base, pinned: "gone", view: "speaker", speaker: "a" }).main?.identity).toBe("a");
  expect(stageOf({ ...base, view: "speaker" }).main?.identity).toBe("a");
  expect(stageOf({ ...base, people: ["self"], view: "speaker" }).main).toBeNull();
});

test("columns make the pictures as large as they can be", () => {
  expect(columnsFor(1, 1000, 700)).toBe(1);
  expect(columnsFor(2, 1000, 700)).toBe(1);
  expect(columnsFor(2, 1200, 500)).toBe(2);
  expect(columnsFor(4, 1000, 740)).toBe(2);
  expect(columnsFor(9, 1200, 740)).toBe(3);
  expect(columnsFor(3, 360, 560)).toBe(1);
});
