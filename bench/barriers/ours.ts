/** The product's own functions, as the gate calls them. */
import {
  compileBarriers,
  createRoomUnion,
  decidePair,
  decideRoom,
  emptyBarriers,
} from "../../packages/domain/src/index.ts";
import type { Contender } from "./contender.ts";
import { modelOf, type World } from "./world.ts";

export function openOurs(world: World): Contender {
  const policies = modelOf(world, { people: false });
  const whole = modelOf(world, { people: true });
  let index = compileBarriers(emptyBarriers);
  return {
    tells: "mask",
    isAsync: false,
    version: "",
    load() {
      index = compileBarriers(policies);
    },
    ready() {
      index = compileBarriers(whole);
    },
    pair: (a, b) => decidePair(index, a, b).mask,
    room(inside) {
      const union = createRoomUnion(index);
      for (const one of inside) union.add(index.classOfAccount(one));
      return (asking) => !decideRoom(index, union, asking).hard;
    },
    async [Symbol.asyncDispose]() {},
  };
}
