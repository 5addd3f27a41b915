import type { BarrierStatus } from "@sekisho/contract";
import { expect, test } from "vitest";
import { lookAgain, mayEditGroups, progressOf, staleOf } from "./status-model.ts";

const rules: BarrierStatus["rules"] = {
  on: true,
  ungrouped: "inherit",
  manualGroupEdits: false,
  joinBeforeHost: "lockedOff",
  exceptions: [],
  secondPerson: "auto",
  staleLimits: { denyNewAfter: null, closeAfter: null },
};

function status(change: Partial<BarrierStatus>, versions: readonly number[] = [5, 5]): BarrierStatus {
  return {
    rules,
    version: 5,
    committedAt: 0,
    applied: true,
    nodes: versions.map((version, at) => ({ name: `node-${at}`, version, seenAt: 0 })),
    freshness: "fresh",
    ageMinutes: null,
    lastSync: null,
    groups: 0,
    policies: 0,
    ungrouped: 0,
    otherGroupsMatter: 0,
    pending: 0,
    editors: 1,
    mayEdit: true,
    syncedGroups: false,
    ...change,
  };
}

test("[BAR-11] committed is never said to be applied: the nodes that lack it are named", () => {
  expect(progressOf(status({ applied: false, version: 6 }, [6, 5, 6]))).toEqual({
    kind: "spreading",
    version: 6,
    nodes: 3,
    have: 2,
    missing: ["node-1"],
  });
  expect(progressOf(status({ applied: false })).kind).toBe("sweeping");
  expect(progressOf(status({}))).toEqual({ kind: "applied", nodes: 2, version: 5 });
});

test("[BAR-11] what is not applied yet is looked at every two seconds", () => {
  expect(lookAgain(status({ applied: false }))).toBe(2000);
  expect(lookAgain(status({}))).toBeGreaterThan(2000);
  expect(lookAgain(undefined)).toBeGreaterThan(2000);
});

test("[BAR-10] a stale copy names the limit only where there is one; no copy says so", () => {
  const stale = { freshness: "stale" } as const;
  const limits = (denyNewAfter: number | null, closeAfter: number | null) => ({
    ...stale,
    rules: { ...rules, staleLimits: { denyNewAfter, closeAfter } },
  });
  expect(staleOf(status({}))).toBeNull();
  expect(staleOf(status(stale))).toBe("stale");
  expect(staleOf(status(limits(60, 1440)))).toBe("stale.denyNew");
  expect(staleOf(status(limits(null, 1440)))).toBe("stale.close");
  expect(staleOf(status({ freshness: "none" }))).toBe("none");
  expect(staleOf(status({ freshness: "none", rules: { ...rules, on: false } }))).toBeNull();
});

test("[BAR-9] groups by hand are off while barriers are on, unless the setting allows them", () => {
  expect(mayEditGroups(status({}))).toBe(false);
  expect(mayEditGroups(status({ rules: { ...rules, manualGroupEdits: true } }))).toBe(true);
  expect(mayEditGroups(status({ rules: { ...rules, on: false } }))).toBe(true);
  expect(mayEditGroups(status({ rules: { ...rules, on: false }, mayEdit: false }))).toBe(false);
});
