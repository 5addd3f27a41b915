import { expect, test } from "vitest";
import { combine } from "./combine.ts";
import { presetOf } from "./presets.ts";
import { openness, policyFields, type Confidentiality } from "./values.ts";

function valuesAt(confidentiality: Confidentiality, screenShareAtMedium = false) {
  return combine([{ source: "preset", values: presetOf(confidentiality, { screenShareAtMedium }) }]).values;
}

test("[CNF-1] high: E2EE, sound, picture and chat only, waiting room, passcode, verified people, one at a time", () => {
  expect(valuesAt("high")).toMatchObject({
    encryption: "e2ee",
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

test("[CNF-1] medium: passcode and waiting room, no recording, no files; screen share as the organisation says", () => {
  const medium = {
    passcodeRequired: true,
    waitingRoom: true,
    joinBeforeHost: false,
    recording: "off",
    files: "off",
    agreement: true,
    deviceDeclaration: false,
  };
  expect(valuesAt("medium")).toMatchObject({ ...medium, screenShare: "nobody" });
  expect(valuesAt("medium", true)).toMatchObject({ ...medium, screenShare: "everyone" });
});

test("[CNF-1] low: the class itself closes nothing", () => {
  expect(presetOf("low", { screenShareAtMedium: false })).toEqual({});
});

test("[CNF-1] a higher class is nowhere opener than a lower one", () => {
  const classes: readonly Confidentiality[] = ["high", "medium", "low"];
  for (const screenShareAtMedium of [false, true])
    for (const field of policyFields) {
      const opennesses = classes.map((one) => openness(field, valuesAt(one, screenShareAtMedium)[field]));
      expect(opennesses).toEqual(opennesses.toSorted((a, b) => a - b));
    }
});
