import fc from "fast-check";
import { expect, test } from "vitest";
import { compileBarriers, createRoomUnion, decideRoom, id, softBlocks } from "@sekisho/domain";
import { barrierModel } from "../../../testkit/src/arbitraries/barrier-models.ts";
import { barrierModel as walls } from "../../../testkit/src/arbitraries/barriers.ts";

test("[BAR-3] [BAR-4] a room's union says what a look at every person and every two would, through any comings and goings", () => {
  const moves = fc.array(fc.tuple(fc.boolean(), fc.nat()), { maxLength: 40 });
  fc.assert(
    fc.property(barrierModel, moves, (model, steps) => {
      const index = compileBarriers(model);
      const room = createRoomUnion(index);
      let inside: readonly number[] = [];
      for (const [comes, pick] of steps) {
        if (comes) {
          const cls = pick % index.classes;
          inside = [...inside, cls];
          room.add(cls);
        } else if (inside.length > 0) {
          const at = pick % inside.length;
          room.remove(inside[at] ?? 0);
          inside = inside.filter((_, other) => other !== at);
        }
        expect(room.size).toBe(inside.length);
        const soft = inside.flatMap((a, at) => inside.slice(at + 1).map((b) => index.between(a, b)));
        expect(room.softMask()).toBe(soft.reduce((sum, one) => sum | one, 0) & softBlocks);
        for (let cls = 0; cls < index.classes; cls += 1) {
          expect(room.against(cls)).toBe(inside.reduce((sum, one) => sum | index.between(one, cls), 0));
          expect(room.admits(cls)).toBe(!inside.some((one) => index.hard(one, cls)));
        }
      }
    }),
    { numRuns: 500 },
  );
});

test("[BAR-3] nobody who cannot be placed comes in, not even into an empty room", () => {
  const index = compileBarriers(walls({ groups: { a: [] }, policies: [] }));
  const room = createRoomUnion(index);
  expect([room.admits(-1), room.admits(index.classes), room.admits(0)]).toEqual([false, false, true]);
});

test("[BAR-3] a decision about a room says what stands in the way, and under which version", () => {
  const index = compileBarriers(
    walls({ groups: { a: ["ann"], b: ["bob"] }, policies: [["a", "b", ["meeting", "recording"]]] }, 7),
  );
  const room = createRoomUnion(index);
  room.add(index.classOfAccount(id.account("ann")));
  const decision = decideRoom(index, room, id.account("bob"));
  expect(decision).toEqual({ mask: 17, hard: true, reason: "pair", version: 7 });
  room.remove(index.classOfAccount(id.account("ann")));
  expect(decideRoom(index, room, id.account("bob"))).toEqual({
    mask: 0,
    hard: false,
    reason: "none",
    version: 7,
  });
  expect(() => room.remove(index.classOfAccount(id.account("ann")))).toThrow();
});
