import { barrierEdit } from "@sekisho/contract";
import { expect, test } from "vitest";
import { editOf, isSameDraft, newDraft, newId, problemsOf } from "./policy-draft.ts";

const a = { id: "a".repeat(22), name: "投資銀行" };
const b = { id: "b".repeat(22), name: "調査" };

test("[BAR-11] a draft comes to an edit that the server takes, with an id of its own", () => {
  const edit = editOf(newDraft(a, b));
  expect(barrierEdit.safeParse(edit).success).toBe(true);
  expect(newId()).not.toBe(newId());
});

test("a draft without one of its groups is no edit, and says what is missing", () => {
  expect(editOf(newDraft(a))).toBeUndefined();
  expect(problemsOf(newDraft(a), " ")).toEqual({ "check.pair": true, "check.reason": true });
  expect(problemsOf({ ...newDraft(a, b), flags: [] }, "案件")).toEqual({ "check.flags": true });
});

test("the order in which flags were pressed is no change", () => {
  const draft = newDraft(a, b);
  const one = { ...draft, flags: ["im", "meeting"] as const };
  const other = { ...draft, flags: ["meeting", "im"] as const };
  expect(isSameDraft(one, other)).toBe(true);
  expect(editOf(one)).toEqual(editOf(other));
  expect(isSameDraft(one, { ...other, enabled: false })).toBe(false);
});
