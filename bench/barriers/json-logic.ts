/** json-logic-engine: a compiled rule that looks the pair up in an object of objects. */
import { peerVersion } from "../lib/peers.ts";
import { groupsOfPeople, ordered, roomOfPairs, writtenOut, type Contender } from "./contender.ts";
import { peer } from "./unsafe.ts";
import type { World } from "./world.ts";

type Data = {
  readonly pairs: Readonly<Record<string, Record<string, number>>>;
  readonly a: string;
  readonly b: string;
};
type JsonLogic = { readonly LogicEngine: new () => { build(rule: unknown): (data: Data) => number } };

const rule = { get: [{ get: [{ var: "pairs" }, { var: "a" }, {}] }, { var: "b" }, 0] };

export function openJsonLogic(world: World): Contender {
  const { LogicEngine } = peer<JsonLogic>("json-logic-engine");
  const ask = new LogicEngine().build(rule);
  const groupOf = groupsOfPeople(world);
  const rows = writtenOut(world);
  const pairs: Record<string, Record<string, number>> = {};
  const name = (group: string) => group || "none";
  const pair = (one: string, other: string) => {
    const [a, b] = ordered(groupOf.get(one) ?? "", groupOf.get(other) ?? "");
    return ask({ pairs, a: name(a), b: name(b) });
  };
  return {
    tells: "mask",
    isAsync: false,
    version: peerVersion("json-logic-engine"),
    load() {
      for (const [low, high, mask] of rows) (pairs[name(low)] ??= {})[name(high)] = mask;
    },
    pair,
    room: (inside) => roomOfPairs(pair, inside),
    async [Symbol.asyncDispose]() {},
  };
}
