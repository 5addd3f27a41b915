import fc from "fast-check";
import { acceptAll } from "ts-mls/incomingMessageAction.js";
import type { ClientState } from "ts-mls/clientState.js";
import { decodeMlsMessage } from "ts-mls/message.js";
import { processMessage } from "ts-mls/processMessages.js";
import type { Proposal } from "ts-mls/proposal.js";
import { emptyPskIndex } from "ts-mls/pskIndex.js";
import { describe, expect, it } from "vitest";
import { foundBy } from "./found.ts";
import type { Suite } from "./group.ts";
import { joinBy } from "./join.ts";
import { membersOf } from "./members.ts";
import { makeCommit } from "./own-commit.ts";
import type { Plan } from "./plan.ts";
import { receiveCommit } from "./receive.ts";
import type { State } from "./state.ts";
import {
  asLibrary,
  bytesOf,
  candidate,
  libraryCommit,
  type Candidate,
  type Insider,
} from "./testing/insider.ts";
import { everything, policyFor } from "./testing/people.ts";

/** Members by name. Nobody's secrets are overwritten here: each commit is processed twice, once by each. */
type People = Map<string, Insider>;
type Made = { readonly commit: Uint8Array; readonly next: State; readonly welcome: Uint8Array | null };

function stateOf(library: ClientState, { state }: Insider): State {
  const { groupContext: context, keySchedule: schedule, secretTree: secrets, ratchetTree: tree } = library;
  const { confirmationTag, privatePath } = library;
  return { ...state, context, schedule, secrets, tree, confirmationTag, keys: privatePath.privateKeys };
}

const kept = ({ state, means }: Insider): Insider => ({ state: structuredClone(state), means });

async function madeByUs(insider: Insider, plan: Plan): Promise<Made> {
  const { own, next } = await makeCommit(kept(insider).state, plan, insider.means);
  return { commit: own.commit, welcome: own.welcome, next };
}

async function madeByLibrary(insider: Insider, plan: Plan): Promise<Made> {
  const proposals: readonly Proposal[] = [
    ...plan.remove.map((removed): Proposal => ({ proposalType: "remove", remove: { removed } })),
    ...plan.add.map((keyPackage): Proposal => ({ proposalType: "add", add: { keyPackage } })),
  ];
  const { commit, newState, welcome } = await libraryCommit(kept(insider), proposals);
  const invitation =
    welcome === undefined ? null : bytesOf({ version: "mls10", wireformat: "mls_welcome", welcome });
  return { commit: bytesOf(commit), next: stateOf(newState, insider), welcome: invitation };
}

async function followedByLibrary(insider: Insider, commit: Uint8Array): Promise<ClientState> {
  const [message] = decodeMlsMessage(commit, 0) ?? [];
  if (message?.wireformat !== "mls_public_message") throw new Error("a public message");
  const { means } = insider;
  const { newState } = await processMessage(
    message,
    asLibrary(kept(insider)),
    emptyPskIndex,
    acceptAll,
    means.cs,
  );
  return newState;
}

/** Everybody else follows, by our code and by the library's: to the same place. */
async function carry(
  people: People,
  by: string,
  made: Made,
  added: readonly (readonly [string, Candidate])[],
) {
  const there = new Set(membersOf(made.next.tree, made.next.policy).map(({ member }) => member));
  for (const [name, insider] of people) {
    if (!there.has(name)) people.delete(name);
    else if (name === by) people.set(name, { ...insider, state: made.next });
    else {
      const library = await followedByLibrary(insider, made.commit);
      const { next } = await receiveCommit(kept(insider).state, made.commit, everything, insider.means);
      expect(library.keySchedule).toEqual(next.schedule);
      expect(library.ratchetTree).toEqual(next.tree);
      people.set(name, { ...insider, state: next });
    }
  }
  for (const [name, { own, means }] of added) {
    const state = await joinBy(made.welcome ?? new Uint8Array(), own, means);
    expect(state.schedule).toEqual(made.next.schedule);
    people.set(name, { state, means });
  }
}

type Step = {
  readonly what: "add" | "remove" | "replace" | "rekey" | "policy";
  readonly by: number;
  readonly on: number;
  readonly ours: boolean;
};

async function take(people: People, suite: Suite, step: Step, name: string): Promise<void> {
  const names = [...people.keys()];
  const admits = step.what === "add" || step.what === "replace" || step.what === "policy";
  const by = admits ? "host" : (names[step.by % names.length] ?? "host");
  const insider = people.get(by);
  if (insider === undefined) throw new Error("somebody who is there");
  // The founder's leaf stays: with the left half of a tree empty the library counts one step more than RFC 9420.
  const victim = names.filter((one) => one !== by && one !== "host")[step.on % names.length];
  const removes = victim !== undefined && (step.what === "remove" || step.what === "replace");
  const remove = removes ? [people.get(victim)?.state.leaf ?? -1] : [];
  const adds = step.what === "add" || step.what === "replace";
  const added = adds ? [[name, await candidate(suite, name)] as const] : [];
  const policy = step.what === "policy" ? policyFor(suite, "host", ...names.slice(1, 2)) : null;
  const plan: Plan = { add: added.map(([, { own }]) => own.keyPackage), remove, policy };
  const make = step.ours || policy !== null ? madeByUs : madeByLibrary;
  await carry(people, by, await make(insider, plan), added);
}

describe.each(["p256", "p384"] as const)("our commits and the library's, %s", (suite) => {
  it("[ENC-2] lead everybody to the same keys, whoever made them and whoever follows", async () => {
    const step = fc.record({
      what: fc.constantFrom("add", "add", "remove", "replace", "rekey", "rekey", "policy"),
      by: fc.nat(7),
      on: fc.nat(7),
      ours: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 10 }), async (steps) => {
        const { own, means } = await candidate(suite, "host");
        const people: People = new Map([
          ["host", { state: await foundBy(own, policyFor(suite, "host"), means), means }],
        ]);
        const start = { what: "add", by: 0, on: 0, ours: true } as const;
        for (const [at, one] of [start, start, ...steps].entries()) {
          await take(people, suite, one, `m${String(at)}`);
        }
      }),
      { numRuns: suite === "p256" ? 4 : 1 },
    );
  });
});
