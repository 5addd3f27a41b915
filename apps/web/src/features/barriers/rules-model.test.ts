import { expect, test } from "vitest";
import type { BarrierRulesView } from "@sekisho/contract";
import { domainsOf } from "./group-dialog.tsx";
import { exceptionOf, limitChoices, ruleEdits } from "./rules-model.ts";

const rules: BarrierRulesView = {
  on: true,
  ungrouped: "inherit",
  manualGroupEdits: false,
  joinBeforeHost: "lockedOff",
  exceptions: [],
  secondPerson: "auto",
  staleLimits: { denyNewAfter: null, closeAfter: null },
};

test("[BAR-9] [BAR-8] one change of the rules is one edit of all of them; none is none", () => {
  expect(ruleEdits(rules, { manualGroupEdits: true })).toEqual([
    { type: "rules.put", rules: { ...rules, manualGroupEdits: true } },
  ]);
  expect(ruleEdits(rules, { on: true })).toEqual([]);
});

test("[BAR-8] an exception is an address or a domain, also in full-width letters", () => {
  expect(exceptionOf(" Oba@Example.com ")).toEqual({ kind: "address", value: "oba@example.com" });
  expect(exceptionOf("@example.com")).toEqual({ kind: "domain", value: "example.com" });
  expect(exceptionOf("ｅｘａｍｐｌｅ．ｃｏｍ")).toEqual({ kind: "domain", value: "example.com" });
  expect(exceptionOf("example")).toBeUndefined();
  expect(exceptionOf("a b@example.com")).toBeUndefined();
});

test("[BAR-10] no limit, 60 minutes and 24 hours are offered; another value stays a choice", () => {
  expect(limitChoices("denyNewAfter", null)).toEqual([null, 60]);
  expect(limitChoices("closeAfter", 1440)).toEqual([null, 1440]);
  expect(limitChoices("closeAfter", 90)).toEqual([null, 1440, 90]);
});

test("[BAR-7] domains of a group are read as people paste them, and the first wrong one is named", () => {
  expect(domainsOf("@Example.com、oba.example\nexample.com")).toEqual({
    domains: ["example.com", "oba.example"],
    wrong: undefined,
  });
  expect(domainsOf("example.com nonsense").wrong).toBe("nonsense");
});
