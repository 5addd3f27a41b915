import { expect, test } from "vitest";
import { applyMessage } from "./apply-message.ts";
import { emptyMeeting } from "./meeting-state.ts";
import { peopleHere, roomName, roomsAreOpen } from "./own-room.ts";
import { sampleBreakouts, sampleId, sampleMeta, samplePerson } from "./samples.ts";

test("[SEC-4] only the people of the own room are here, whomever a host is told of", () => {
  const people = [samplePerson("self"), samplePerson("a"), samplePerson("b", { breakoutId: sampleId("b1") })];
  const here = (ownId: string | null) =>
    peopleHere({ meta: sampleMeta({ breakouts: sampleBreakouts({ ownId }) }), people }).map(
      (one) => one.displayName,
    );
  expect(here(null)).toEqual(["self", "a"]);
  // The own row is here even before its patch has come.
  expect(here(sampleId("b1"))).toEqual(["self", "b"]);
});

test("[SEC-4] a room is named as far as this person is told of it", () => {
  expect(roomName(sampleBreakouts(), sampleId("b1"))).toBe("ルーム 1");
  expect(roomName(sampleBreakouts({ rooms: [] }), sampleId("b1"))).toBeNull();
  expect(roomName(null, null)).toBeNull();
  const open = (phase: "closed" | "open" | "closing") =>
    roomsAreOpen({ breakouts: sampleBreakouts({ phase }) });
  expect([open("closed"), open("open"), open("closing"), roomsAreOpen({ breakouts: null })]).toEqual([
    false,
    true,
    true,
    false,
  ]);
});

test("[SEC-4] the ticket of one room is none for the next", () => {
  const admission = (sfuIdentity: string) =>
    ({
      state: "admitted",
      admissionId: sampleId("self"),
      displayName: "名",
      affiliation: "",
      connected: true,
      sfuIdentity,
      breakoutId: null,
    }) as const;
  const told = (sfuIdentity: string, ticket: string | null, before = emptyMeeting) =>
    applyMessage(before, { type: "admission", admission: admission(sfuIdentity), ticket }, 0);
  const first = told("stay1", "t1");
  expect(told("stay1", null, first).ticket).toBe("t1");
  expect(told("stay2", null, first).ticket).toBeNull();
  expect(told("stay2", "t2", first).ticket).toBe("t2");
});
