import { expect, test } from "vitest";
import { actionOf, type KeyPress } from "./keys.ts";

const press = (change: Partial<KeyPress>): KeyPress => ({
  key: "",
  code: "",
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  ...change,
});
const alt = (code: string) => press({ code, altKey: true, key: "µ" });

test("Alt with a place on the keyboard, whatever letter it types", () => {
  expect(actionOf(alt("KeyM"), false, true)).toBe("microphone");
  expect(actionOf(alt("KeyW"), false, true)).toBe("waiting");
  expect(actionOf(press({ code: "KeyM" }), false, true)).toBeNull();
  expect(actionOf({ ...alt("KeyC"), ctrlKey: true }, false, true)).toBeNull();
});

test("never in a text field, never during conversion, never when switched off", () => {
  expect(actionOf(alt("KeyM"), true, true)).toBeNull();
  expect(actionOf({ ...alt("KeyM"), isComposing: true }, false, true)).toBeNull();
  expect(actionOf(alt("KeyM"), false, false)).toBeNull();
});

test("F6 goes through the regions from anywhere", () => {
  expect(actionOf(press({ key: "F6" }), true, false)).toBe("nextRegion");
  expect(actionOf(press({ key: "F6", shiftKey: true }), false, true)).toBe("previousRegion");
});
