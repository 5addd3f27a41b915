/** casbin: blocked pairs of groups as links of its role manager, one level deep, so that no policy is walked through. */
import { peerVersion } from "../lib/peers.ts";
import { groupsOfPeople, ordered, roomOfPairs, writtenOut, type Contender } from "./contender.ts";
import { peer } from "./unsafe.ts";
import type { World } from "./world.ts";

type Enforcer = {
  setRoleManager(manager: unknown): void;
  addPolicy(...rule: readonly string[]): Promise<boolean>;
  getModel(): { addPolicies(section: string, type: string, rules: readonly (readonly string[])[]): void };
  buildRoleLinks(): Promise<void>;
  enforceSync(...request: readonly string[]): boolean;
};
type Casbin = {
  newModelFromString(text: string): unknown;
  newEnforcer(model: unknown): Promise<Enforcer>;
  readonly DefaultRoleManager: new (levels: number) => unknown;
};

const model = `[request_definition]
r = a, b
[policy_definition]
p = any
[role_definition]
g = _, _
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = g(r.a, r.b)
`;

export async function openCasbin(world: World): Promise<Contender> {
  const casbin = peer<Casbin>("casbin");
  const enforcer = await casbin.newEnforcer(casbin.newModelFromString(model));
  enforcer.setRoleManager(new casbin.DefaultRoleManager(1));
  await enforcer.addPolicy("any");
  const groupOf = groupsOfPeople(world);
  const hard = writtenOut(world).filter(([, , mask]) => (mask & 1) !== 0);
  const pair = (a: string, b: string) => {
    const [low, high] = ordered(groupOf.get(a) ?? "", groupOf.get(b) ?? "");
    // Everybody has the role of their own name: a group within itself is asked apart.
    return low === high ? selfBlocked.has(low) : enforcer.enforceSync(low || "none", high || "none");
  };
  const selfBlocked = new Set(hard.filter(([a, b]) => a === b).map(([a]) => a));
  const answer = (a: string, b: string) => (pair(a, b) ? 1 : 0);
  return {
    tells: "hard",
    isAsync: false,
    version: peerVersion("casbin"),
    async load() {
      // It keeps the rules as they are given, so they are part of what it holds.
      const links = hard.filter(([a, b]) => a !== b).map(([a, b]) => [a || "none", b || "none"]);
      enforcer.getModel().addPolicies("g", "g", links);
      await enforcer.buildRoleLinks();
    },
    pair: answer,
    room: (inside) => roomOfPairs(answer, inside),
    async [Symbol.asyncDispose]() {},
  };
}
