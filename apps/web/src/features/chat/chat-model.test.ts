import { expect, test } from "vitest";
import { sampleChat, sampleId } from "../../api/live/samples.ts";
import { bodyOf, continues, sends, sentTo, stillThere } from "./chat-model.ts";

const enter = { key: "Enter", shiftKey: false, ctrlKey: false, metaKey: false };

test("[ui IME] Enter during conversion never sends", () => {
  expect(sends(enter, "enter")).toBe(true);
  expect(sends({ ...enter, nativeEvent: { isComposing: true } }, "enter")).toBe(false);
  expect(sends({ ...enter, keyCode: 229 }, "enter")).toBe(false);
  expect(sends({ ...enter, shiftKey: true }, "enter")).toBe(false);
});

test("the setting swaps to Ctrl or ⌘ with Enter", () => {
  expect(sends(enter, "ctrlEnter")).toBe(false);
  expect(sends({ ...enter, ctrlKey: true }, "ctrlEnter")).toBe(true);
  expect(sends({ ...enter, metaKey: true }, "ctrlEnter")).toBe(true);
});

test("[SEC-5] to everyone, the hosts or one person", () => {
  expect(bodyOf("hosts", " a ", "c")).toEqual({ to: "hosts", toId: null, text: "a", clientId: "c" });
  expect(bodyOf("x", "a", "c")).toMatchObject({ to: "one", toId: "x" });
});

test("who has left is not written to by mistake", () => {
  expect(stillThere("x", [])).toBeNull();
  expect(stillThere("x", [{ id: "x" }])).toBe("x");
  expect(stillThere("hosts", [])).toBe("hosts");
});

test("a message to oneself alone says so", () => {
  const one = sampleChat("m", { to: "one", toId: sampleId("self"), toName: "自分" });
  expect(sentTo(one, sampleId("self"))).toBe("sentTo.you");
  expect(sentTo(one, sampleId("a"))).toBe("sentTo.one");
  expect(continues(sampleChat("n", { at: one.at + 1 }), one)).toBe(false);
  expect(continues(sampleChat("n", { at: 1 }), sampleChat("m", { at: 0 }))).toBe(true);
});
