import { barrierFlags } from "@sekisho/domain";
import { expect, test } from "vitest";
import { isIncluded, isInForce, outsideFlags, softFlags, withFlag } from "./flags.ts";

test("[BAR-1] the page has a place for every flag, and each only once", () => {
  expect(["meeting", ...softFlags, ...outsideFlags].toSorted()).toEqual([...barrierFlags].toSorted());
});

test("[BAR-1] a flag without a channel is not in force", () => {
  expect(barrierFlags.filter((flag) => isInForce(flag))).toEqual([
    "meeting",
    "in_meeting_chat",
    "screen_share",
  ]);
});

test("[BAR-3] a hard block includes the four soft ones, and nothing outside meetings", () => {
  expect(softFlags.every((flag) => isIncluded(["meeting"], flag))).toBe(true);
  expect(outsideFlags.some((flag) => isIncluded(["meeting"], flag))).toBe(false);
  expect(isIncluded(["in_meeting_chat"], "in_meeting_chat")).toBe(false);
});

test("a flag is set once and taken away whole", () => {
  expect(withFlag(["im"], "im", true)).toEqual(["im"]);
  expect(withFlag(["im", "meeting"], "im", false)).toEqual(["meeting"]);
});
