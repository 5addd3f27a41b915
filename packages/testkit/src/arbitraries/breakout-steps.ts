/** Breakout rooms in random lives of a meeting: arranged, opened, closed, and people sent or going from one to another. */
import fc from "fast-check";
import type { Command } from "@sekisho/domain";
import type { Room } from "./room.ts";

type Make = (at: Room) => Command | null;

const nth = fc.nat({ max: 40 });
const minutes = fc.constantFrom(null, null, 1, 3);

function roomAt(at: Room, number: number) {
  const rooms = [...at.state.breakouts.rooms.keys()];
  // One in so many is the main room.
  return rooms[number % (rooms.length + 1)] ?? null;
}

const arrangements: fc.Arbitrary<Make> = fc
  .record({
    names: fc.subarray(["松", "竹", "梅", "Table", ""], { minLength: 0 }),
    keep: fc.boolean(),
    choose: fc.boolean(),
    mayReturn: fc.boolean(),
  })
  .map(({ names, keep, choose, mayReturn }) => (at) => {
    const known = keep ? [...at.state.breakouts.rooms.values()] : [];
    const fresh = names.filter((name) => known.every((room) => room.name !== name));
    const rooms = [...known, ...fresh.map((name) => ({ id: null, name }))];
    return {
      type: "breakout.arrange",
      rooms: rooms.map(({ id, name }) => ({ id, name })),
      choose,
      mayReturn,
    };
  });

const assignments: fc.Arbitrary<Make> = fc
  .array(fc.record({ person: nth, room: nth, any: nth }), { minLength: 1, maxLength: 4 })
  .map((chosen) => (at) => {
    const rows = chosen.flatMap(({ person, room, any }) => {
      const people = any % 8 === 0 ? [...at.state.admissions.keys()] : [...at.state.inside];
      const admissionId = people[person % Math.max(1, people.length)];
      return admissionId === undefined ? [] : [{ admissionId, breakoutId: roomAt(at, room) }];
    });
    return rows.length === 0 ? null : { type: "breakout.assign", assignments: rows };
  });

/** A call that stands is ended; where there is none, somebody makes one. */
const calls: fc.Arbitrary<Make> = nth.map((number) => (at) => {
  const callers = [...at.state.inside].filter((one) => at.state.admissions.get(one)?.calledHostAt !== null);
  const admissionId = callers[number % Math.max(1, callers.length)];
  return admissionId === undefined
    ? { type: "breakout.callHost" }
    : { type: "breakout.endCall", admissionId };
});

/** What comes first comes first, or hardly a life would have people in rooms. */
const openings: fc.Arbitrary<Make> = minutes.map((limit) => (at) => {
  const { rooms, assignments: known } = at.state.breakouts;
  if (rooms.size > 0 && known.size > 0) return { type: "breakout.open", minutes: limit };
  if (rooms.size > 0) return { type: "breakout.distribute" };
  const names = ["松", "竹"].map((name) => ({ id: null, name }));
  return { type: "breakout.arrange", rooms: names, choose: limit === null, mayReturn: true };
});

const timers: fc.Arbitrary<Make> = minutes.map((limit) => () => ({
  type: "breakout.setTimer",
  minutes: limit,
}));
const closings: fc.Arbitrary<Make> = fc.boolean().map((atOnce) => () => ({ type: "breakout.close", atOnce }));
const goings: fc.Arbitrary<Make> = nth.map((number) => (at) => ({
  type: "breakout.go",
  breakoutId: roomAt(at, number),
}));

export const breakoutCommands: fc.Arbitrary<Make> = fc.oneof(
  { weight: 1, arbitrary: arrangements },
  { weight: 4, arbitrary: assignments },
  { weight: 1, arbitrary: fc.constant<Make>(() => ({ type: "breakout.distribute" })) },
  { weight: 6, arbitrary: openings },
  { weight: 2, arbitrary: timers },
  { weight: 1, arbitrary: closings },
  { weight: 4, arbitrary: goings },
  { weight: 7, arbitrary: calls },
);
