import { expect, test } from "vitest";
import { keyOf } from "./ime.ts";

test("keys during conversion belong to the input method", () => {
  expect(keyOf({ key: "Enter", isComposing: true })).toBeUndefined();
  expect(keyOf({ key: "Enter", nativeEvent: { isComposing: true } })).toBeUndefined();
  expect(keyOf({ key: "Enter", keyCode: 229 })).toBeUndefined();
  expect(keyOf({ key: "Enter", nativeEvent: { isComposing: false, keyCode: 229 } })).toBeUndefined();
  expect(keyOf({ key: "Enter", isComposing: false, keyCode: 13 })).toBe("Enter");
});
