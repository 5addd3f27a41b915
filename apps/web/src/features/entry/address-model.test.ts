import { expect, test } from "vitest";
import { addressGap, addressProblemOf, codeGap } from "./address-model.ts";

const failure = (
  code: Parameters<typeof addressProblemOf>[0]["code"],
  stage: Parameters<typeof addressProblemOf>[1],
  retryAfter: number | null = null,
) => addressProblemOf({ code, retryAfter, reference: null, fields: [] }, stage, 1000);

test("[BAR-8] an address is taken in any width, and looked at before it is sent", () => {
  expect(addressGap("ｏｈｂａ＠ｔｏｋｉｗａｇｉ．ｅｘａｍｐｌｅ")).toBeNull();
  expect(addressGap(" ohba@常磐木.example ")).toBeNull();
  for (const typed of ["", "ohba", "ohba@", "ohba@tokiwagi", "a b@tokiwagi.example"])
    expect(addressGap(typed)).toMatchObject({ field: "email", error: "invalid" });
});

test("[BAR-8] a code has six digits", () => {
  expect(codeGap("042917")).toBeNull();
  for (const code of ["", "12345", "1234567", "12345A"])
    expect(codeGap(code)).toMatchObject({ field: "code" });
});

test("[BAR-8] whatever is wrong with a code is one sentence", () => {
  expect(failure("code_not_accepted", "code")).toEqual({
    ...{ kind: "field", field: "code", error: "codeWrong" },
  });
  expect(failure("bad_request", "code")).toEqual(failure("code_not_accepted", "code"));
  expect(failure("bad_request", "address")).toMatchObject({ field: "email" });
});

test("[IDN-6] too many tries give the time that is left, and a server that is away is a screen of its own", () => {
  expect(failure("too_many_tries", "address", 45)).toEqual({ kind: "wait", until: 46_000 });
  expect(failure("unreachable", "code")).toBeNull();
  expect(failure("internal", "code")).toMatchObject({ field: "form", error: "failed" });
});
