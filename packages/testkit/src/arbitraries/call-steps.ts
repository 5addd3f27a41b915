/** Verification calls in random lives of a meeting (ADM-13): asked for, answered, heard and seen, ended. */
import fc from "fast-check";
import type { Command } from "@sekisho/domain";
import type { Room } from "./room.ts";

type Make = (at: Room) => Command | null;

const nth = fc.nat({ max: 40 });

const asks: fc.Arbitrary<Make> = fc
  .record({ number: nth, any: nth, stale: fc.constantFrom(0, 0, 0, 0, 1) })
  .map(({ number, any, stale }) => (at) => {
    const ids = any % 6 === 0 ? [...at.state.admissions.keys()] : [...at.state.waiting];
    const person = at.state.admissions.get(ids[number % Math.max(1, ids.length)] ?? at.nobody);
    if (person === undefined) return null;
    const row = { admissionId: person.id, revision: person.revision + stale };
    return { type: "verificationCall.start", row };
  });

const arrivals: fc.Arbitrary<Make> = fc
  .record({ number: nth, medium: fc.constantFrom("voice" as const, "face" as const), old: nth })
  .map(({ number, medium, old }) => (at) => {
    const calls = [...at.state.calls.keys()];
    const person = at.state.admissions.get(calls[number % Math.max(1, calls.length)] ?? at.nobody);
    if (person === undefined) return null;
    const sfuIdentity = old % 7 === 0 ? "of another stay" : (person.sfuIdentity ?? "");
    return { type: "gate.mediumReceived", admissionId: person.id, sfuIdentity, medium };
  });

export const callCommands: fc.Arbitrary<Make> = fc.oneof(
  { weight: 4, arbitrary: asks },
  {
    weight: 3,
    arbitrary: fc.constantFrom(true, true, true, false).map((accept): Make => () => ({
      type: "verificationCall.answer",
      accept,
    })),
  },
  { weight: 3, arbitrary: arrivals },
  { weight: 1, arbitrary: fc.constant<Make>(() => ({ type: "verificationCall.end" })) },
);
