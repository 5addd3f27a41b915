import { expect, test } from "vitest";
import { longFunctions } from "./lengths.ts";

const lines = (count: number, indent: string) =>
  Array.from({ length: count }, (_, index) => `${indent}work(${String(index)});\n`).join("");
const lengthsOf = (text: string) => longFunctions({ path: "a.ts", text });

test("a function of 50 lines is fine, one of 51 is named", () => {
  expect(lengthsOf(`function fits() {\n${lines(48, "  ")}}\n`)).toEqual([]);
  expect(lengthsOf(`function tooLong() {\n${lines(49, "  ")}}\n`)).toEqual(["a.ts:1: tooLong has 51 lines"]);
});

test("comments and empty lines are free, and so is what an inner function holds", () => {
  expect(lengthsOf(`function f() {\n${"  // why\n\n".repeat(60)}}\n`)).toEqual([]);
  const inner = `  return {\n    a() {\n${lines(40, "      ")}    },\n    b: () => {\n${lines(40, "      ")}    },\n  };\n`;
  expect(lengthsOf(`export function make() {\n${inner}}\n`)).toEqual([]);
});

test("an inner function that is too long is named itself", () => {
  const inner = `  return {\n    a() {\n${lines(60, "      ")}    },\n  };\n`;
  expect(lengthsOf(`export function make() {\n${inner}}\n`)).toEqual(["a.ts:3: a has 62 lines"]);
});
