import fc from "fast-check";
import { expect, test } from "vitest";
import { anyValues, meetingSettings, noLocks } from "../../../testkit/src/arbitraries/index.ts";
import { classProblems } from "./class-problems.ts";
import { combine } from "./combine.ts";
import { groupACountries, regionFit } from "./countries.ts";
import { effectivePolicy } from "../meeting/effective.ts";
import {
  changesFrom,
  classesWith,
  defaultFields,
  highFloor,
  standardClasses,
  strictest,
  tightens,
  type Classes,
  type ClassRules,
} from "./presets.ts";
import { confidentialities, openness, policyFields, type Confidentiality } from "./values.ts";

const able = { e2ee: true, mail: true };

function valuesAt(confidentiality: Confidentiality, classes = standardClasses) {
  return combine([{ source: "preset", values: classes[confidentiality].locks }]).values;
}

test("[CNF-1] high: E2EE, home country, sound, picture and chat only, passcode, waiting room, verified, one at a time", () => {
  expect(valuesAt("high")).toMatchObject({
    encryption: "e2ee",
    regions: "home",
    visibility: "private",
    passcodeRequired: true,
    waitingRoom: true,
    joinBeforeHost: false,
    verifierRequired: true,
    admitAll: false,
    screenShare: "nobody",
    chat: "everyone",
    recording: "off",
    files: "off",
    personalNumber: "forbidden",
    agreement: true,
    deviceDeclaration: true,
  });
});

test("[CNF-1] medium: group A, passcode, waiting room, nothing stored; screen share only if the organisation allows", () => {
  const medium = {
    encryption: "transport",
    regions: "groupA",
    passcodeRequired: true,
    waitingRoom: true,
    joinBeforeHost: false,
    recording: "off",
    files: "off",
    agreement: true,
    deviceDeclaration: false,
  };
  expect(valuesAt("medium")).toMatchObject({ ...medium, screenShare: "nobody" });
  const allowed = classesWith({ medium: { locks: { screenShare: null } } });
  expect(valuesAt("medium", allowed)).toMatchObject({ ...medium, screenShare: "everyone" });
  expect(standardClasses.medium.defaults).toMatchObject({ verifierRequired: true });
});

test("[CNF-1] low: the class itself closes nothing, and starts with a verifier and registration", () => {
  expect(standardClasses.low.locks).toEqual({});
  expect(standardClasses.low.defaults).toEqual({ verifierRequired: true, registration: "required" });
});

test("[CNF-1] a higher class is nowhere opener than a lower one", () => {
  for (const classes of [standardClasses, classesWith({ medium: { locks: { screenShare: null } } })])
    for (const field of policyFields) {
      const opennesses = confidentialities.map((one) => openness(field, valuesAt(one, classes)[field]));
      expect(opennesses).toEqual(opennesses.toSorted((a, b) => a - b));
    }
});

test("[CNF-1] group A is the 27 countries of 別表第3; home and group A are known where the country is known", () => {
  expect([groupACountries.length, new Set<string>(groupACountries).size]).toEqual([27, 27]);
  expect(regionFit("groupA", "KR", "JP")).toBe("allowed");
  expect(regionFit("groupA", "jp", "JP")).toBe("allowed");
  expect(regionFit("groupA", "SG", "JP")).toBe("notAllowed");
  expect(regionFit("home", "KR", "JP")).toBe("notAllowed");
  expect([regionFit("home", null, "JP"), regionFit("groupA", "", "JP")]).toEqual(["unknown", "unknown"]);
  expect(regionFit("any", null, "JP")).toBe("allowed");
});

const anyRules: fc.Arbitrary<ClassRules> = fc.record({
  locks: anyValues,
  defaults: anyValues.map((values) =>
    Object.fromEntries(defaultFields.flatMap((field) => (field in values ? [[field, values[field]]] : []))),
  ),
  definition: fc.record({ ja: fc.string(), en: fc.string() }),
});
const anyClasses: fc.Arbitrary<Classes> = fc.record({ high: anyRules, medium: anyRules, low: anyRules });

test("[CNF-2] what is kept of a class is its difference from the standard, and comes back whole", () => {
  expect(changesFrom(standardClasses)).toEqual({});
  fc.assert(
    fc.property(anyClasses, (wanted) => {
      const kept = classesWith(changesFrom(wanted));
      expect(kept.medium).toEqual(wanted.medium);
      expect(kept.low).toEqual(wanted.low);
      expect(kept.high).toEqual({ ...wanted.high, locks: strictest(wanted.high.locks, highFloor) });
    }),
  );
});

test("[CNF-2] high keeps E2EE, waiting room and verification whatever is written, and the editor refuses to drop them", () => {
  fc.assert(
    fc.property(anyClasses, (wanted) => {
      expect(classesWith(changesFrom(wanted)).high.locks).toMatchObject(highFloor);
    }),
  );
  const { high } = standardClasses;
  const { waitingRoom: _dropped, ...locks } = high.locks;
  expect(classProblems({ ...standardClasses, high: { ...high, locks } }, able)).toContainEqual({
    level: "high",
    code: "below_floor",
    field: "waitingRoom",
  });
});

test("[CNF-2] the standard classes stand in nobody's way; classes that contradict themselves are named", () => {
  expect(classProblems(standardClasses, { e2ee: false, mail: false })).toEqual([]);
  const medium = (change: Partial<ClassRules>) => ({
    ...standardClasses,
    medium: { ...standardClasses.medium, ...change },
  });
  const { locks } = standardClasses.medium;
  const found = (classes: Classes, server = able) => classProblems(classes, server).map(({ code }) => code);
  expect(found(medium({ locks: { ...locks, chat: "nobody" } }))).toEqual(["higher_class_is_opener"]);
  expect(found(medium({ defaults: { screenShare: "everyone" } }))).toEqual(["default_beyond_lock"]);
  expect(found(medium({ locks: { ...locks, encryption: "e2ee" } }), { e2ee: false, mail: true })).toEqual([
    "e2ee_not_available",
  ]);
  const low = (change: Partial<ClassRules>) => ({
    ...standardClasses,
    low: { ...standardClasses.low, ...change },
  });
  expect(found(low({ locks: { verifierRequired: true } }))).toEqual([
    "higher_class_is_opener",
    "waiting_room_needed_for_verifier",
  ]);
  expect(found(low({ defaults: { passcodeRequired: false, waitingRoom: false } }))).toEqual([
    "nothing_guards_the_link",
  ]);
  expect(found(low({ defaults: { guestProof: "address" } }), { e2ee: true, mail: false })).toEqual([
    "proof_without_mail",
  ]);
});

test("[CNF-2] a class that is tightened holds for meetings made before; one that is loosened does not open them", () => {
  fc.assert(
    fc.property(anyClasses, anyClasses, (before, after) => {
      const madeWith = before.medium.locks;
      const made = meetingSettings({ confidentiality: "medium", madeWith });
      const now = effectivePolicy(made, { ...noLocks, classes: after }).values;
      const then = effectivePolicy(made, { ...noLocks, classes: before }).values;
      for (const field of policyFields)
        expect(openness(field, now[field])).toBeLessThanOrEqual(openness(field, then[field]));
      const saved = meetingSettings({ confidentiality: "medium", madeWith: after.medium.locks });
      const fresh = meetingSettings({ confidentiality: "medium" });
      const rules = { ...noLocks, classes: after };
      expect(effectivePolicy(saved, rules).values).toEqual(effectivePolicy(fresh, rules).values);
    }),
  );
});

test("[CNF-2] a change tightens if some field is held harder than before", () => {
  expect(tightens({}, {})).toBe(false);
  expect(tightens({ chat: "hosts" }, { chat: "nobody" })).toBe(true);
  expect(tightens({ chat: "nobody" }, { chat: "hosts" })).toBe(false);
  expect(tightens({}, { regions: "groupA" })).toBe(true);
});
