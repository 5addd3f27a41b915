/** CASL: a rule for each blocked pair, its two groups together as the type of the subject, which is what it indexes by. */
import { peerVersion } from "../lib/peers.ts";
import { groupsOfPeople, ordered, roomOfPairs, writtenOut, type Contender } from "./contender.ts";
import { peer } from "./unsafe.ts";
import type { World } from "./world.ts";

type Rule = { readonly action: string; readonly subject: string };
type Ability = { can(action: string, subject: string): boolean };
type Casl = { createMongoAbility(rules: readonly Rule[]): Ability };

export function openCasl(world: World): Contender {
  const casl = peer<Casl>("@casl/ability");
  const groupOf = groupsOfPeople(world);
  const rows = writtenOut(world);
  let ability = casl.createMongoAbility([]);
  const pair = (a: string, b: string) => {
    const [low, high] = ordered(groupOf.get(a) ?? "", groupOf.get(b) ?? "");
    return ability.can("beKeptApart", `${low}|${high}`) ? 1 : 0;
  };
  return {
    tells: "hard",
    isAsync: false,
    version: peerVersion("@casl/ability"),
    load() {
      const hard = rows.filter(([, , mask]) => (mask & 1) !== 0);
      ability = casl.createMongoAbility(
        hard.map(([low, high]) => ({ action: "beKeptApart", subject: `${low}|${high}` })),
      );
    },
    pair,
    room: (inside) => roomOfPairs(pair, inside),
    async [Symbol.asyncDispose]() {},
  };
}
