import fc from "fast-check";
import { expect, test } from "vitest";
import { classesWith, standardClasses } from "../policy/presets.ts";
import { settingChanges, type SettingsStep } from "./changes.ts";
import {
  defaultsInForce,
  ownFields,
  settingsInForce,
  type MeetingDefaults,
  type SettingId,
  type SettingsInput,
} from "./lines.ts";

const standard: MeetingDefaults = {
  confidentiality: null,
  muteOnEntry: true,
  hostVideo: false,
  participantVideo: false,
  durationMinutes: 60,
};
const fresh: SettingsInput = {
  standard,
  organisation: standard,
  own: {},
  rules: {
    locks: {},
    classes: standardClasses,
    home: "JP",
    barriers: { on: false, joinBeforeHost: "lockedOff" },
  },
  region: null,
};
const line = (input: SettingsInput, id: SettingId) =>
  settingsInForce(input).find((one) => one.id === id) ?? expect.fail(id);

const anyDefaults: fc.Arbitrary<MeetingDefaults> = fc.record({
  confidentiality: fc.constantFrom("medium", "low", null),
  muteOnEntry: fc.boolean(),
  hostVideo: fc.boolean(),
  participantVideo: fc.boolean(),
  durationMinutes: fc.integer({ min: 5, max: 1440 }),
});
const anyInput: fc.Arbitrary<SettingsInput> = fc.record({
  standard: fc.constant(standard),
  organisation: anyDefaults,
  own: anyDefaults.chain((own) =>
    fc.subarray([...ownFields]).map((kept) => Object.fromEntries(kept.map((field) => [field, own[field]]))),
  ),
  rules: fc.record({
    locks: fc.constantFrom({}, { muteOnEntry: true }, { waitingRoom: true, joinBeforeHost: false }, {
      whoMayJoin: "named",
      screenShare: "hosts",
      chat: "nobody",
    } as const),
    classes: fc.constantFrom(standardClasses, classesWith({ medium: { locks: { screenShare: null } } })),
    home: fc.constant("JP"),
    barriers: fc.record({
      on: fc.boolean(),
      joinBeforeHost: fc.constantFrom("lockedOff" as const, "unlocked" as const),
    }),
  }),
  region: fc.constantFrom(null, "東京"),
});

test("[AUD-3] recording stands first, and recording while the screen is shared has a line of its own", () => {
  expect(settingsInForce(fresh).slice(0, 3)).toEqual([
    { id: "recordingAutomatic", value: "off", source: "server" },
    { id: "recordingOnShare", value: "off", source: "server" },
    { id: "recordingCloud", value: "off", source: "server" },
  ]);
});

test("[AUD-3] [MTG-7] default, organisation, mine, lock: the last that speaks is named", () => {
  expect(line(fresh, "muteOnEntry")).toMatchObject({ value: true, source: "default" });
  const set = { ...fresh, organisation: { ...standard, muteOnEntry: false } };
  expect(line(set, "muteOnEntry")).toMatchObject({ value: false, source: "organisation" });
  const mine = { ...set, own: { muteOnEntry: false } };
  expect(line(mine, "muteOnEntry")).toMatchObject({ value: false, source: "mine" });
  const locked = { ...mine, rules: { ...fresh.rules, locks: { muteOnEntry: true } } };
  expect(line(locked, "muteOnEntry")).toMatchObject({ value: true, source: "locked" });
  expect(defaultsInForce(locked).muteOnEntry).toBe(true);
});

test("[AUD-3] [BAR-8] what information barriers hold is named as theirs, whatever else would hold it", () => {
  const on = { on: true, joinBeforeHost: "lockedOff" } as const;
  const walled = { ...fresh, rules: { ...fresh.rules, barriers: on, locks: { joinBeforeHost: false } } };
  expect(line(walled, "joinBeforeHost")).toMatchObject({ value: false, source: "barriers" });
  expect(line(walled, "whoMayJoin")).toMatchObject({ value: "signedIn", source: "barriers" });
});

test("[AUD-3] whatever is set, every setting stands once, and a new meeting starts with what the page says", () => {
  fc.assert(
    fc.property(anyInput, (input) => {
      const lines = settingsInForce(input);
      expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length);
      const defaults = defaultsInForce(input);
      for (const field of ownFields) expect(line(input, field).value).toBe(defaults[field]);
    }),
  );
});

test("[AUD-3] what changed is what differs from the last look, with the last hand that moved it", () => {
  const step = fc.record({
    at: fc.integer({ min: 1, max: 1000 }),
    by: fc.constantFrom("mine" as const, "organisation" as const, "barriers" as const),
    input: anyInput,
  });
  fc.assert(
    fc.property(anyInput, fc.array(step, { maxLength: 5 }), (seen, unsorted) => {
      const steps: readonly SettingsStep[] = unsorted.toSorted((a, b) => a.at - b.at);
      const before = settingsInForce(seen);
      const last = steps.at(-1)?.input ?? seen;
      const now = settingsInForce(last);
      const changes = settingChanges(before, steps, now);
      const differing = now.filter((one, at) => {
        const was = before[at];
        return was?.value !== one.value || was.source !== one.source;
      });
      expect(changes.map(({ id }) => id)).toEqual(differing.map(({ id }) => id));
      for (const change of changes) {
        const [was, is] = [line(seen, change.id), line(last, change.id)];
        expect(change.before).toEqual({ value: was.value, source: was.source });
        const maker = steps.findLastIndex(({ input }, at) => {
          const earlier = steps[at - 1]?.input ?? seen;
          return JSON.stringify(line(input, change.id)) !== JSON.stringify(line(earlier, change.id));
        });
        expect([change.at, change.by]).toEqual([steps[maker]?.at, steps[maker]?.by]);
        expect(is).not.toEqual(was);
      }
    }),
  );
});

test("[AUD-3] a change that no record explains came with the server; a setting that is new has not changed", () => {
  const before = settingsInForce(fresh);
  const now = settingsInForce({ ...fresh, region: "東京" });
  expect(settingChanges(before, [], now)).toEqual([
    { id: "region", at: null, by: "server", before: { value: null, source: "server" } },
  ]);
  expect(settingChanges(before.slice(0, -1), [], now)).toEqual([]);
});
