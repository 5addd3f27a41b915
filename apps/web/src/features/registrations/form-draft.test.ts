import { expect, test } from "vitest";
import { draftOf, newQuestion, settingsOf, wrongFields } from "./form-draft.ts";

const settings: Parameters<typeof draftOf>[0] = {
  questions: [{ id: "q2", kind: "choice", label: "会場", required: true, options: ["東京", "大阪"] }],
  opensAt: Date.UTC(2026, 10, 1, 0, 0),
  closesAt: null,
  capacity: 40,
  waitingList: true,
  approval: "domains",
  domains: ["tokiwagi.example"],
  note: "",
};

test("[INV-5] what a host finds and saves unchanged is the same", () => {
  expect(settingsOf(draftOf(settings))).toEqual(settings);
});

test("[INV-5] what cannot be saved is said beside its field", () => {
  const draft = draftOf(settings);
  expect([...wrongFields(draft)]).toEqual([]);
  expect([...wrongFields({ ...draft, closesAt: "2026-10-01T00:00" })]).toEqual(["closesAt"]);
  for (const capacity of ["0", "1.5", "many", "5001"])
    expect([...wrongFields({ ...draft, capacity })]).toEqual(["capacity"]);
  expect([...wrongFields({ ...draft, capacity: "４０" })]).toEqual([]);
  expect([...wrongFields({ ...draft, domains: "" })]).toEqual(["domains"]);
  expect([...wrongFields({ ...draft, domains: "@A.example, b.example" })]).toEqual([]);
  expect([
    ...wrongFields({ ...draft, questions: [...draft.questions, newQuestion(draft.questions)] }),
  ]).toEqual(["questions"]);
});

test("[INV-5] a new question takes no other one's id", () => {
  expect(newQuestion(settings.questions).id).toBe("q3");
});
