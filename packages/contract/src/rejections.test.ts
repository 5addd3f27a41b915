/** What the rules may answer to a command stands in the contract of its route: no code surprises the page. */
import type { Command } from "@sekisho/domain";
import fc from "fast-check";
import { expect, test } from "vitest";
import { anyChoice, anyLife, instanceSettings, Room } from "../../testkit/src/arbitraries/index.ts";
import { allRoutes } from "./routes.ts";

function routeOf(type: Command["type"]) {
  const id = type === "admission.withdraw" ? "entry.withdraw" : type;
  return allRoutes.find((route) => route.id === id);
}

test("[ADM-1] every rejection that a random life of a meeting meets is declared by the command's route", () => {
  const met = new Map<string, Set<string>>();
  const play = fc.property(anyChoice, anyLife, (choice, steps) => {
    const at = new Room(instanceSettings(choice));
    at.limits = { ...at.limits, capacity: 4 };
    for (const step of steps) {
      at.now += step.ms;
      const command = step.command(at);
      if (command === null) continue;
      const decision = at.do(command, step.actor);
      if (decision.kind === "rejected")
        met.set(command.type, (met.get(command.type) ?? new Set()).add(decision.code));
    }
  });
  fc.assert(play, { numRuns: 1000 });
  const undeclared = [...met].flatMap(([type, codes]) => {
    const route = routeOf(type as Command["type"]);
    const declared = new Set<string>(route?.errors);
    return route === undefined
      ? []
      : [...codes].filter((code) => !declared.has(code)).map((code) => `${type}: ${code}`);
  });
  expect(undeclared).toEqual([]);
  expect(met.get("admission.admit")?.size).toBeGreaterThan(6);
});
