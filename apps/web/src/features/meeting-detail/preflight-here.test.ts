import { expect, test } from "vitest";
import { linesHere } from "./preflight-here.ts";

const line = (found: string) => ({ id: "e2ee", state: "ok", found, value: "" }) as const;

test("[CNF-6] [ENC-1] whether this very browser can take part in E2EE is said where the meeting uses it", () => {
  expect(linesHere([line("on")], true)).toMatchObject([{ state: "ok", found: "here" }]);
  expect(linesHere([line("on")], false)).toMatchObject([{ state: "notPossible", found: "notHere" }]);
  const others = [line("off"), { ...line("on"), id: "passcode" as const }];
  expect(linesHere(others, false)).toEqual(others);
});
