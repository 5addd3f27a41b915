import { classProblems, policyFields, standardClasses, valuesOf as known } from "@sekisho/domain";
import { expect, test } from "vitest";
import { choiceOf, differsFrom, GROUPS, resolved, withChoice, type Classes } from "./class-model.ts";

const standard: Classes = {
  high: { ...standardClasses.high },
  medium: { ...standardClasses.medium },
  low: { ...standardClasses.low },
};
const able = { e2ee: false, mail: false };

function problemsIn({ high, medium, low }: Classes) {
  const rules = ({ locks, defaults, definition }: Classes["high"]) => ({
    locks: known(locks),
    defaults: known(defaults),
    definition,
  });
  return classProblems({ high: rules(high), medium: rules(medium), low: rules(low) }, able);
}

test("[CNF-2] every field of the policy has its row, once", () => {
  expect(GROUPS.flat().toSorted()).toEqual([...policyFields].toSorted());
});

test("[CNF-2] what is chosen is what is read, and what is not chosen is not there", () => {
  const hosts = withChoice(standard.low, "locks", "chat", "1");
  expect([hosts.locks.chat, choiceOf(hosts.locks, "chat")]).toEqual(["hosts", "1"]);
  expect(differsFrom(standard.low, hosts)).toEqual(["chat"]);
  expect(withChoice(hosts, "locks", "chat", "none")).toEqual(standard.low);
});

test("[CNF-4] the way out beside each problem ends it", () => {
  const low = (change: (rules: Classes["low"]) => Classes["low"]): Classes => ({
    ...standard,
    low: change(standard.low),
  });
  const cases: readonly Classes[] = [
    low((rules) => withChoice(rules, "locks", "chat", "0")),
    low((rules) => withChoice(rules, "locks", "encryption", "0")),
    low((rules) => withChoice(rules, "defaults", "guestProof", "0")),
    low((rules) => withChoice(withChoice(rules, "locks", "chat", "0"), "defaults", "chat", "2")),
    low((rules) =>
      (["passcodeRequired", "waitingRoom", "registration"] as const).reduce(
        (open, field) => withChoice(open, "defaults", field, "1"),
        rules,
      ),
    ),
    low((rules) => withChoice(rules, "locks", "verifierRequired", "0")),
    { ...standard, high: withChoice(standard.high, "locks", "encryption", "none") },
  ];
  for (const start of cases) {
    let classes = start;
    expect(problemsIn(classes)).not.toEqual([]);
    // Each press may bring up another problem, as locking a lower class asks the higher ones.
    for (let presses = 0; presses < 9; presses++) {
      const [first] = problemsIn(classes);
      if (first !== undefined) classes = resolved(classes, standard, first);
    }
    expect(problemsIn(classes)).toEqual([]);
  }
});
