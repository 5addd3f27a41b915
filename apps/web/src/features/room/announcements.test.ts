import type { StreamMessage } from "@sekisho/contract";
import { expect, test } from "vitest";
import { applyMessage } from "../../api/live/apply-message.ts";
import { emptyMeeting, type MeetingState } from "../../api/live/meeting-state.ts";
import { sampleMeta, samplePerson, sampleRoom, sampleRow } from "../../api/live/samples.ts";
import { saidBetween } from "./announcements.ts";

type Room = Extract<StreamMessage, { type: "room" }>;

function state(change: Partial<Room>): MeetingState {
  return applyMessage(emptyMeeting, sampleRoom(change), 0);
}
const keys = (before: Partial<Room>, after: Partial<Room>) =>
  saidBetween(state(before), state(after)).map((said) => said.key);
const since = { at: 1, byName: "佐久間 里奈" };

test("one asks by name, several by number", () => {
  expect(saidBetween(state({}), state({ lobby: [sampleRow("a", { displayName: "大庭" })] }))).toEqual([
    { key: "asks", params: { name: "大庭" }, urgency: "polite" },
  ]);
  expect(keys({}, { lobby: [sampleRow("a"), sampleRow("b")] })).toEqual(["asksMany"]);
});

test("lock and stop are assertive, and stopping is said once although it locks", () => {
  expect(keys({}, { meta: sampleMeta({ locked: since }) })).toEqual(["said.locked"]);
  expect(keys({}, { meta: sampleMeta({ locked: since, suspended: since }) })).toEqual(["said.suspended"]);
  expect(keys({ meta: sampleMeta({ suspended: since }) }, {})).toEqual(["said.resumed"]);
});

test("coming and going is silent in a large meeting; a raised hand is not", () => {
  const many = Array.from({ length: 7 }, (_, at) => samplePerson(`p${at}`));
  expect(keys({}, { people: [samplePerson("a")] })).toEqual(["joined"]);
  expect(keys({ people: [samplePerson("a")] }, {})).toEqual(["wentAway"]);
  expect(keys({ people: many.slice(1) }, { people: many })).toEqual([]);
  const raised = many.map((one, at) => (at === 0 ? { ...one, handRaisedAt: 1 } : one));
  expect(keys({ people: many }, { people: raised })).toEqual(["said.raised"]);
});

test("the first snapshot is not news", () => {
  expect(saidBetween(emptyMeeting, state({ people: [samplePerson("a")] }))).toEqual([]);
});
