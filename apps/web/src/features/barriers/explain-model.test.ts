import type { BarrierExplanation } from "@sekisho/contract";
import { expect, test } from "vitest";
import { clockOf, instantOf, verdictKey } from "./explain-model.ts";

const person = { accountId: "", displayName: "", groups: [], otherGroups: [] };
const found = (change: Partial<BarrierExplanation>): BarrierExplanation => ({
  version: 1,
  since: 0,
  freshness: "fresh",
  on: true,
  a: person,
  b: person,
  flags: [],
  why: "pair",
  policies: [],
  ...change,
});

test("[BAR-11] one sentence for two people, and never 会えない for a flag that is not in a meeting", () => {
  expect(verdictKey(found({ flags: ["meeting"] }))).toBe("verdict.blocked");
  expect(verdictKey(found({ flags: ["screen_share"] }))).toBe("verdict.limited");
  expect(verdictKey(found({ flags: ["im"] }))).toBe("verdict.meet");
  expect(verdictKey(found({ flags: ["meeting"], on: false, why: "off" }))).toBe("verdict.off");
  expect(verdictKey(found({ why: "samePerson" }))).toBe("verdict.same");
});

test("a date and a time of the own clock are an instant, and back", () => {
  const at = new Date(2026, 10, 22, 15, 58).getTime();
  expect(clockOf(at)).toEqual({ date: "2026-11-22", time: "15:58" });
  expect(instantOf("2026-11-22", "15:58")).toBe(at);
  expect(instantOf("", "15:58")).toBeNull();
});
