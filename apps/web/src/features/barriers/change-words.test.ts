import type { BarrierChangeLine } from "@sekisho/contract";
import { expect, test } from "vitest";
import { changeKey } from "./change-words.ts";

const line = (change: Partial<BarrierChangeLine>): BarrierChangeLine => ({
  kind: "policy.put",
  names: ["投資銀行", "調査"],
  flags: [],
  enabled: true,
  rules: [],
  ...change,
});

test("[BAR-15] every kind of change has its sentence", () => {
  expect(changeKey(line({}))).toBe("change.policy.on");
  expect(changeKey(line({ enabled: false }))).toBe("change.policy.off");
  expect(changeKey(line({ names: ["調査", "調査"] }))).toBe("change.policy.same");
  expect(changeKey(line({ kind: "person.put", names: ["鷲尾 悠人"] }))).toBe("change.person.none");
  expect(changeKey(line({ kind: "person.put", names: ["鷲尾 悠人", "営業"] }))).toBe("change.person.put");
  expect(changeKey(line({ kind: "rules.put" }))).toBe("change.rules");
});
