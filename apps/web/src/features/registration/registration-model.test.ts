import { expect, test } from "vitest";
import type { ApiFailure } from "../../api/client.ts";
import { emptyValues, gapsOf, inputOf, problemOf } from "./registration-model.ts";

const question = { id: "q1", kind: "short", label: "役職", required: true, options: [] } as const;
const questions = [{ ...question, options: [] }];
const filled = {
  name: " 大庭 修一郎 ",
  organisation: "",
  email: "oba@tokiwagi.example",
  answers: { q1: "部長" },
};

test("[INV-5] what is missing in the form is said before it is sent", () => {
  expect(gapsOf(emptyValues, { questions })).toEqual({
    ...{ name: "missing", email: "missing", "answers.q1": "missing" },
  });
  expect(gapsOf({ ...filled, email: "oba" }, { questions })).toEqual({ email: "notAccepted" });
  expect(gapsOf({ ...filled, email: "ｏｂａ＠tokiwagi.example" }, { questions })).toEqual({});
});

test("[INV-5] answers go with the questions that are there", () => {
  const stray = { ...filled, answers: { q1: "部長", q9: "x" } };
  expect(inputOf(stray, { questions }, "ja")).toEqual({
    ...{ name: "大庭 修一郎", organisation: "", email: "oba@tokiwagi.example", locale: "ja" },
    answers: [{ id: "q1", text: "部長" }],
  });
});

test("[INV-5] the server's answer marks the fields it names; what cannot be filled in better is another page", () => {
  const failure = (code: ApiFailure["code"], fields: string[] = []): ApiFailure => ({
    ...{ code, fields, retryAfter: 45, reference: null },
  });
  expect(problemOf(failure("bad_request", ["email", "answers.q1"]), 0)).toEqual({
    kind: "fields",
    errors: { email: "notAccepted", "answers.q1": "notAccepted" },
  });
  expect(problemOf(failure("bad_request", ["locale"]), 0)).toEqual({ kind: "failed" });
  expect(problemOf(failure("too_many_tries"), 0)).toEqual({ kind: "wait", until: 45_000 });
  expect(problemOf(failure("registration_full"), 0)).toBeNull();
});
