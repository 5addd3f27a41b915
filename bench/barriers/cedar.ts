/**
 * Cedar: one policy, parsed beforehand; a group's blocked groups are its parents. Entities come with each request, as its
 * interface has it: those of the one who asks, and no others.
 */
import { peerVersion } from "../lib/peers.ts";
import { groupsOfPeople, noGroup, ordered, writtenOut, type Contender } from "./contender.ts";
import { peer } from "./unsafe.ts";
import type { World } from "./world.ts";

type Uid = { readonly type: string; readonly id: string };
type Entity = { readonly uid: Uid; readonly attrs: object; readonly parents: readonly Uid[] };
type Call = {
  readonly principal: Uid;
  readonly action: Uid;
  readonly resource: Uid;
  readonly context: { readonly inside?: readonly { readonly __entity: Uid }[] };
  readonly preparsedPolicySetId: string;
  readonly entities: readonly Entity[];
};
type Cedar = {
  preparsePolicySet(name: string, policies: { readonly staticPolicies: string }): { readonly type: string };
  statefulIsAuthorized(call: Call): {
    readonly type: string;
    readonly response?: { readonly decision: "allow" | "deny" };
  };
};

const policies = {
  pair: 'permit(principal, action == Action::"meet", resource) unless { principal in resource };',
  room: 'permit(principal, action == Action::"meet", resource) unless { principal in context.inside };',
};

export function openCedar(world: World): Contender {
  const cedar = peer<Cedar>("@cedar-policy/cedar-wasm/nodejs/cedar_wasm.js");
  const groupOf = groupsOfPeople(world);
  const rows = writtenOut(world).filter(([, , mask]) => (mask & 1) !== 0);
  const blocked = new Map<string, Uid[]>();
  const uid = (type: string, group: string): Uid => ({ type, id: group || "none" });
  const add = (from: string, to: string) => {
    const parents = blocked.get(from) ?? [];
    blocked.set(from, parents);
    parents.push(uid("Walled", to));
  };
  const mayMeet = (from: string, to: string, inside?: readonly string[]) => {
    const principal = uid("Group", from);
    const context =
      inside === undefined ? {} : { inside: inside.map((one) => ({ __entity: uid("Walled", one) })) };
    const answer = cedar.statefulIsAuthorized({
      principal,
      action: { type: "Action", id: "meet" },
      resource: uid("Walled", to),
      context,
      preparsedPolicySetId: inside === undefined ? "pair" : "room",
      entities: [{ uid: principal, attrs: {}, parents: blocked.get(from) ?? [] }],
    });
    if (answer.response === undefined) throw new Error("Cedar did not decide");
    return answer.response.decision === "allow";
  };
  return {
    tells: "hard",
    isAsync: false,
    version: peerVersion("@cedar-policy/cedar-wasm"),
    load() {
      for (const [name, text] of Object.entries(policies))
        if (cedar.preparsePolicySet(name, { staticPolicies: text }).type !== "success")
          throw new Error("Cedar did not take the policy");
      for (const [low, high] of rows) {
        add(low, high);
        if (low !== high) add(high, low);
      }
    },
    pair(a, b) {
      const [from, to] = ordered(groupOf.get(a) ?? noGroup, groupOf.get(b) ?? noGroup);
      return mayMeet(from, to) ? 0 : 1;
    },
    room(inside) {
      const groups = [...new Set(inside.map((one) => groupOf.get(one) ?? noGroup))];
      return (asking) => mayMeet(groupOf.get(asking) ?? noGroup, noGroup, groups);
    },
    async [Symbol.asyncDispose]() {},
  };
}
