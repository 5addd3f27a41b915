import fc from "fast-check";
import { expect, test } from "vitest";
import { account, liveRoom, people } from "../../../testkit/src/arbitraries/index.ts";
import { barrierChange, barrierModel } from "../../../testkit/src/arbitraries/barrier-models.ts";
import { compileBarriers } from "../barrier/compile.ts";
import { barrierContext, noBarriers } from "../barrier/context.ts";
import { applyBarrierChanges } from "../barrier/model.ts";
import { patchBarriers } from "../barrier/patch.ts";
import { applyBarriers } from "./decide/barrier.ts";
import { rememberRoom, roomsConcerned } from "./barrier-rooms.ts";

/** The names of the small world of random models. */
const members = ["a0", "a1", "a2", "a3", "a4", "a5", "nobody"].map((name) => account(name));

function roomOfFour(first: number) {
  const at = liveRoom({ waitingRoom: false });
  for (let next = 0; next < 4; next += 1)
    at.bringIn(members[(first + next) % members.length] ?? people.customer);
  return at.state;
}

const rooms = members.map((_, first) => roomOfFour(first));

test("[BAR-5] no meeting that a new version does something to is passed over, version after version", () => {
  const versions = fc.array(fc.array(barrierChange, { minLength: 1, maxLength: 4 }), {
    minLength: 1,
    maxLength: 5,
  });
  let concerned = 0;
  let spared = 0;
  fc.assert(
    fc.property(barrierModel, versions, (first, edits) => {
      let model = first;
      let index = compileBarriers(model);
      for (const state of rooms) rememberRoom(state, barrierContext(index, "fresh"));
      edits.forEach((changes, at) => {
        model = applyBarrierChanges(model, at + 2, changes);
        index = patchBarriers(index, model, changes);
        const barrier = barrierContext(index, "fresh");
        const found = new Set(roomsConcerned(rooms, barrier));
        for (const state of rooms)
          if (applyBarriers(state, barrier).length > 0) expect(found.has(state)).toBe(true);
        concerned += found.size;
        spared += rooms.length - found.size;
      });
    }),
    { numRuns: 500 },
  );
  expect(Math.min(concerned, spared)).toBeGreaterThan(100);
});

test("[BAR-5] without barriers only meetings where something is still off are concerned", () => {
  const [state] = rooms;
  if (state === undefined) throw new Error("no room");
  const masked = { ...state, barrier: { ...state.barrier, mask: 8 } };
  expect([...roomsConcerned([state, masked, { ...masked, phase: "ended" }], noBarriers)]).toEqual([masked]);
});
