import type { BarrierImpact } from "@sekisho/contract";
import { expect, test } from "vitest";
import { impactRows, movedBetween } from "./impact-model.ts";

const impact = (removed: number, meetings = 0, people = 0): BarrierImpact => ({
  digest: "d",
  at: 0,
  live: { meetings: removed === 0 ? 0 : 1, removed, restricted: 0 },
  upcoming: { meetings, people },
  otherGroupsMatter: 0,
  ungrouped: 0,
  publicMeetings: 0,
  guestMeetings: 0,
  loosens: false,
  needsSecondPerson: false,
  problems: [],
});

test("[BAR-11] that nobody has to leave is said, and not left out", () => {
  expect(impactRows(impact(0)).map(({ id, count }) => [id, count])).toEqual([
    ["removed", 0],
    ["upcoming", 0],
  ]);
  const limited = { ...impact(0), live: { meetings: 1, removed: 0, restricted: 9 } };
  expect(impactRows(limited).map(({ id }) => id)).toEqual(["removed", "restricted", "upcoming"]);
});

test("[BAR-11] what moved between preview and press is told with both numbers, the most pressing first", () => {
  expect(movedBetween(impact(2), impact(3))).toEqual({ key: "moved.removed", before: 2, now: 3 });
  expect(movedBetween(impact(2, 1), impact(3, 2)).key).toBe("moved.removed");
  expect(movedBetween(impact(2, 1, 4), impact(2, 1, 5))).toEqual({ key: "moved.people", before: 4, now: 5 });
});

test("[BAR-11] as many as before and yet not the same is a change too", () => {
  expect(movedBetween(impact(2), impact(2)).key).toBe("moved.other");
});
