import { expect, test } from "vitest";
import {
  formStateAt,
  movesUp,
  needsApproval,
  placeFor,
  plainRegistration,
  wrongAnswers,
  type RegistrationQuestion,
} from "./registration.ts";

const limited = { ...plainRegistration, capacity: 2 };

test("[INV-5] a place goes to whoever comes while there is one, then to the waiting list, then to nobody", () => {
  expect([0, 1, 2, 3].map((taken) => placeFor(limited, taken))).toEqual([
    ...["registered", "registered", "waitlisted", "waitlisted"],
  ]);
  expect(placeFor({ capacity: 2, waitingList: false }, 2)).toBe("full");
  expect(placeFor({ capacity: null, waitingList: false }, 10_000)).toBe("registered");
});

test("[INV-5] the waiting list moves up by as many as there are places, never more", () => {
  expect(movesUp(limited, 2, 3)).toBe(0);
  expect(movesUp(limited, 1, 3)).toBe(1);
  expect(movesUp({ ...limited, capacity: 10 }, 1, 3)).toBe(3);
  expect(movesUp({ ...limited, capacity: 1 }, 2, 3)).toBe(0);
  expect(movesUp({ ...limited, capacity: null }, 2, 3)).toBe(3);
});

test("[INV-5] the form opens and closes at its times, and says when it is full", () => {
  const rules = { ...limited, opensAt: 1000, closesAt: 2000, waitingList: false };
  expect(formStateAt(rules, 999, 0)).toBe("notYet");
  expect(formStateAt(rules, 1000, 0)).toBe("open");
  expect(formStateAt(rules, 1999, 2)).toBe("full");
  expect(formStateAt(rules, 2000, 0)).toBe("closed");
  expect(formStateAt({ ...rules, waitingList: true }, 1500, 2)).toBe("open");
});

test("[INV-5] a listed domain is approved whole, and nothing that looks like it", () => {
  const rules = { ...plainRegistration, approval: "domains", domains: ["tokiwagi.example"] } as const;
  expect(needsApproval(rules, "tokiwagi.example")).toBe(false);
  for (const other of ["mail.tokiwagi.example", "xtokiwagi.example", "tokiwagi.example.org", ""])
    expect(needsApproval(rules, other)).toBe(true);
  expect(needsApproval({ ...rules, approval: "manual" }, "tokiwagi.example")).toBe(true);
  expect(needsApproval(plainRegistration, "any.example")).toBe(false);
});

const questions: readonly RegistrationQuestion[] = [
  { id: "q1", kind: "short", label: "役職", required: true, options: [] },
  { id: "q2", kind: "choice", label: "会場", required: false, options: ["東京", "大阪"] },
  { id: "q3", kind: "long", label: "質問", required: false, options: [] },
];

test("[INV-5] answers fit the questions: none is missing, none is to another question, a choice is one of those given", () => {
  const ok = { id: "q1", text: "部長" };
  expect(wrongAnswers(questions, [ok, { id: "q3", text: "二行\nあります" }])).toEqual([]);
  expect(wrongAnswers(questions, [])).toEqual(["q1"]);
  expect(wrongAnswers(questions, [{ id: "q1", text: "  " }])).toEqual(["q1"]);
  expect(wrongAnswers(questions, [ok, { id: "q2", text: "京都" }])).toEqual(["q2"]);
  expect(wrongAnswers(questions, [{ id: "q1", text: "二行\nです" }])).toEqual(["q1"]);
  expect(wrongAnswers(questions, [ok, { id: "q9", text: "x" }])).toEqual(["q9"]);
  expect(wrongAnswers(questions, [ok, ok])).toEqual(["q1"]);
  expect(wrongAnswers(questions, [{ id: "q1", text: "x".repeat(201) }])).toEqual(["q1"]);
});
