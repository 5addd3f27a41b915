/** Keys in random lives of a meeting (ENC-2, ENC-7): offered, begun, committed; some of it too late or by nobody who may. */
import fc from "fast-check";
import { awaitingKeys, isEndToEnd, nextGeneration, type Command, type KeyGroupName } from "@sekisho/domain";
import type { Room } from "./room.ts";

type Make = (at: Room) => Command | null;

const nth = fc.nat({ max: 40 });

function groupAt(at: Room, number: number): KeyGroupName {
  const calls = [...at.state.calls.keys()];
  return number % 4 === 0 ? (calls[number % Math.max(1, calls.length)] ?? "main") : "main";
}

const offers: fc.Arbitrary<Make> = nth.map((number) => (at) => ({
  type: "keys.offer",
  group: groupAt(at, number),
  digest: `package ${String(number)}`,
}));

const begins: fc.Arbitrary<Make> = nth.map((number) => (at) => {
  const group = groupAt(at, number);
  const next = nextGeneration(at.state.keyGroups.get(group));
  return { type: "keys.found", group, generation: number % 7 === 0 ? next + 1 : next };
});

const commits: fc.Arbitrary<Make> = fc
  .record({ number: nth, wrong: nth })
  .map(({ number, wrong }) => (at) => {
    const name = groupAt(at, number);
    const group = at.state.keyGroups.get(name);
    if (group === undefined) return null;
    const ready = name === "main" ? awaitingKeys(at.state).map((one) => one.admissionId) : [name];
    const anybody = [...at.state.admissions.keys()];
    const added = wrong % 5 === 0 ? anybody.slice(0, 1) : ready.slice(0, 1 + (number % 3));
    const removed = wrong % 6 === 0 ? anybody.slice(-1) : [];
    const epoch = wrong % 9 === 0 ? group.epoch + 1 : group.epoch;
    const { generation } = group;
    return { type: "keys.commit", group: name, generation, epoch, added, removed, digest: String(number) };
  });

/** Nothing is asked where there is nothing to ask: most lives are without these keys. */
export const keyCommands: fc.Arbitrary<Make> = fc
  .oneof(
    { weight: 4, arbitrary: offers },
    { weight: 2, arbitrary: begins },
    { weight: 4, arbitrary: commits },
  )
  .map((make) => (at: Room) => (isEndToEnd(at.state) ? make(at) : null));
