import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { idsTested, idsTestedUnder, rulesOf, untestedRules } from "./rule-coverage.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "../../..");
const rules = rulesOf(readFileSync(join(root, "docs/SPEC.md"), "utf8"));
const excused = readFileSync(join(root, "docs/rules-untested.txt"), "utf8")
  .split("\n")
  .map((line) => line.replace(/#.*/u, "").trim())
  .filter((line) => line !== "");

test("rules are read with their marks, and test names with all their ids", () => {
  const spec =
    "- **ADM-4** a\n- **ADM-5** *(part)* b\n- **REC-1** _(later: recording)_ c\ntext **ADM-6** d\n";
  expect(rulesOf(spec)).toEqual([
    { id: "ADM-4", later: false },
    { id: "ADM-5", later: false },
    { id: "REC-1", later: true },
  ]);
  const source =
    'test("[ADM-4] [ADM-5] a", f);\ntest.each(x)(\n  `[SEC-1] b`, f);\n// see [ADM-9]\nexpect("x [ADM-8]")';
  expect([...idsTested(source)]).toEqual(["ADM-4", "ADM-5", "SEC-1"]);
});

test("a rule without a test is found", () => {
  const asked = [
    { id: "ADM-4", later: false },
    { id: "ADM-5", later: false },
    { id: "REC-1", later: true },
  ];
  expect(untestedRules(asked, new Set(["ADM-4"]))).toEqual(["ADM-5"]);
});

test("the specification has its rules, each once", () => {
  const ids = rules.map(({ id }) => id);
  expect(ids.length).toBeGreaterThan(80);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

test("every rule in force is named by a test; the list of those that are not may only shrink", () => {
  const untested = untestedRules(rules, idsTestedUnder(root));
  if (untested.length > 0) console.warn(`Rules that no test names yet: ${untested.join(" ")}`);
  expect(untested.filter((id) => !excused.includes(id))).toEqual([]);
  expect(excused.filter((id) => !untested.includes(id))).toEqual([]);
});

test("tests name only rules that exist", () => {
  const known = new Set(rules.map(({ id }) => id));
  expect([...idsTestedUnder(root)].filter((id) => !known.has(id))).toEqual([]);
});
