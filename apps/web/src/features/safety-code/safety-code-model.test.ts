import { expect, test } from "vitest";
import { samplePerson, sampleId } from "../../api/live/samples.ts";
import type { SafetyCode } from "../../keys/keys-state.ts";
import { groupsOf, newerThan, shownHolders } from "./safety-code-model.ts";

const code = (digits: string, since = 1): SafetyCode => ({ digits, since, because: null });

test("[ENC-4] 30 digits are six groups of five, and no digit is lost", () => {
  const digits = "482139057613384720615591720649";
  const groups = groupsOf(digits);
  expect(groups.map((group) => group.length)).toEqual([5, 5, 5, 5, 5, 5]);
  expect(groups.flat().join("")).toBe(digits);
});

test("[ENC-4] the same digits later are no new code", () => {
  expect(newerThan(code("1"), code("1", 9))).toBeNull();
  expect(newerThan(code("1"), null)).toBeNull();
  expect(newerThan(code("1"), code("2"))).toEqual(code("2"));
});

test("[ENC-4] whoever holds keys is shown, also somebody whom the server does not show; what warns stands first", () => {
  const holder = (id: string, trust: "new" | "changed" = "new") => ({
    id: sampleId(id),
    name: `${id} by its device`,
    trust,
    admits: false,
  });
  const shown = shownHolders(
    [holder("self", "changed"), holder("oba"), holder("ghost"), holder("kiryu", "changed")],
    [samplePerson("self"), samplePerson("oba"), samplePerson("kiryu")],
    sampleId("self"),
  );
  expect(shown.map(({ name, trust, signedAs }) => [name, trust, signedAs])).toEqual([
    ["ghost by its device", "stranger", null],
    ["kiryu", "changed", "kiryu by its device"],
    ["self", "changed", "self by its device"],
    ["oba", "new", "oba by its device"],
  ]);
});
