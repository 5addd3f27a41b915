import { expect, test } from "vitest";
import { meetingSettings, noLocks } from "../../../testkit/src/arbitraries/index.ts";
import { effectivePolicy, layersOf } from "./effective.ts";
import { safeDefaults } from "./settings.ts";
import { fixedBy } from "../policy/combine.ts";
import { id } from "../unsafe.ts";

test("[MTG-7] the defaults are the safe ones", () => {
  expect(safeDefaults).toMatchObject({
    passcodeRequired: true,
    waitingRoom: true,
    joinBeforeHost: false,
    muteOnEntry: true,
    visibility: "private",
    meetingNumber: "automatic",
    hostVideo: false,
    participantVideo: false,
  });
});

test("[MTG-7] a lock of the organisation holds whatever the host chose, and says so", () => {
  const settings = meetingSettings({ waitingRoom: false, joinBeforeHost: true, chat: "everyone" });
  const rules = { ...noLocks, locks: { waitingRoom: true, joinBeforeHost: false, chat: "hosts" } as const };
  const { values, reasons } = effectivePolicy(settings, rules);
  expect(values).toMatchObject({ waitingRoom: true, joinBeforeHost: false, chat: "hosts" });
  expect(reasons.waitingRoom).toEqual(["organisation"]);
  expect(fixedBy("chat", layersOf(settings, rules))).toEqual(["organisation"]);
});

test("[MTG-7] without a lock the host's choice counts", () => {
  const settings = meetingSettings({ waitingRoom: false, joinBeforeHost: true });
  expect(effectivePolicy(settings, noLocks).values).toMatchObject({
    waitingRoom: false,
    joinBeforeHost: true,
  });
});

test("[CNF-3] what this server does not have is off everywhere, with that reason", () => {
  const { values, reasons } = effectivePolicy(meetingSettings(), noLocks);
  expect([values.recording, values.files]).toEqual(["off", "off"]);
  expect([reasons.recording, reasons.files]).toEqual([["server"], ["server"]]);
});

test("[ADM-4] naming a verifier makes verification required", () => {
  const without = effectivePolicy(meetingSettings(), noLocks).values.verifierRequired;
  const named = effectivePolicy(meetingSettings({ verifier: id.account("v") }), noLocks).values;
  expect([without, named.verifierRequired]).toEqual([false, true]);
});
