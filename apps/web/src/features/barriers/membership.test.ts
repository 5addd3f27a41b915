import { expect, test } from "vitest";
import { added, madePrimary, removed } from "./membership.ts";

const accountId = "6f2f5c2e-3d6a-4a5c-9d2b-0a1b2c3d4e5f";
const person = { accountId, groups: ["a", "b"], primary: "a" };

test("[BAR-2] a further group is not the primary one; a first one is", () => {
  expect(added(person, "c", false)).toMatchObject({ groups: ["a", "b", "c"], primary: "a" });
  expect(added({ accountId, groups: [], primary: null }, "c", false)).toMatchObject({ primary: "c" });
  expect(added(person, "c", true)).toMatchObject({ primary: "c" });
});

test("[BAR-2] making a group primary keeps the others", () => {
  expect(madePrimary(person, "b")).toMatchObject({ groups: ["a", "b"], primary: "b" });
});

test("[BAR-2] taking the primary group away names the next one; taking another keeps it", () => {
  expect(removed(person, "a", "b")).toMatchObject({ groups: ["b"], primary: "b" });
  expect(removed(person, "b", null)).toMatchObject({ groups: ["a"], primary: "a" });
  expect(removed({ accountId, groups: ["a"], primary: "a" }, "a", null)).toMatchObject({
    groups: [],
    primary: null,
  });
});
