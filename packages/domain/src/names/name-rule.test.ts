import { expect, test } from "vitest";
import { keepsNameRule, type NameRule } from "./name-rule.ts";

const known = [
  { displayName: "大庭 修一郎", affiliation: "常磐木製作所" },
  { displayName: "ﾀﾅｶ ｹﾞﾝ", affiliation: "株式会社 山吹" },
  { displayName: "Ann Lee", affiliation: "" },
];
const keeps = (rule: NameRule, displayName: string, affiliation: string) =>
  keepsNameRule(rule, { displayName, affiliation }, known);

test.each([
  ["大庭 修一郎", "常磐木製作所"],
  ["大庭　修一郎", "常磐木製作所"],
  ["大庭修一郎", " 常磐木製作所 "],
  ["タナカ ゲン", "株式会社山吹"],
  ["ａｎｎ lee", ""],
])("[INV-6] %s of %s is a registered name, whatever its width and spaces", (name, affiliation) => {
  expect(keeps("registered", name, affiliation)).toBe(true);
});

test.each([
  ["大庭 修一郎", ""],
  ["大庭 修一郎", "みどり野銀行"],
  ["大庭 修一朗", "常磐木製作所"],
  ["夕ナカ ゲン", "株式会社山吹"],
  ["大庭\u200B修一郎", "常磐木製作所"],
  ["Ann Lee", "Midorino Bank"],
  ["", ""],
])(
  "[INV-6] [ADM-10] %j of %j is not a registered name, however much it looks like one",
  (name, affiliation) => {
    expect(keeps("registered", name, affiliation)).toBe(false);
  },
);

test("[INV-6] with 氏名（所属） both are there, and the name brings no brackets of its own", () => {
  expect(keeps("withAffiliation", "見知らぬ 人", "株式会社（東京）")).toBe(true);
  for (const affiliation of ["", " ", "\u200B", "銀行\u202E"])
    expect(keeps("withAffiliation", "大庭 修一郎", affiliation)).toBe(false);
  for (const name of [
    "大庭（みどり野銀行）",
    "大庭【銀行】",
    "大庭 ﹙銀行﹚",
    "Oba <bank>",
    "大庭「銀行」",
    "大庭❨銀行❩",
  ])
    expect(keeps("withAffiliation", name, "常磐木製作所")).toBe(false);
});

test("[INV-6] a free name is free; a rule that is not known refuses every name", () => {
  expect(keeps("free", "見知らぬ 人", "")).toBe(true);
  const unknown: string = "byPassport";
  expect(keepsNameRule(unknown as NameRule, known[0] ?? { displayName: "", affiliation: "" }, known)).toBe(
    false,
  );
});
