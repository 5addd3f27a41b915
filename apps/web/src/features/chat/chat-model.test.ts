import { expect, test } from "vitest";
import { sampleBreakouts, sampleChat, sampleId } from "../../api/live/samples.ts";
import { bodyOf, continues, everyoneIs, isUnreadable, sends, sentTo, stillThere } from "./chat-model.ts";

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

test("[ENC-5] a sealed message without a text is one that could not be opened", () => {
  const sealed = "c2VhbGVk";
  expect(isUnreadable(sampleChat("m", { sealed, text: "" }))).toBe(true);
  expect(isUnreadable(sampleChat("m", { sealed }))).toBe(false);
  expect(isUnreadable(sampleChat("m"))).toBe(false);
});

test("who has left is not written to by mistake", () => {
  expect(stillThere("x", [])).toBeNull();
  expect(stillThere("x", [{ id: "x" }])).toBe("x");
  expect(stillThere("hosts", [])).toBe("hosts");
});

test("a message to oneself alone says so", () => {
  const one = sampleChat("m", { to: "one", toId: sampleId("self"), toName: "自分" });
  expect(sentTo(one, { selfId: sampleId("self"), rooms: [] }).key).toBe("sentTo.you");
  expect(sentTo(one, { selfId: sampleId("a"), rooms: [] }).key).toBe("sentTo.one");
  expect(continues(sampleChat("n", { at: one.at + 1 }), one)).toBe(false);
  expect(continues(sampleChat("n", { at: 1 }), sampleChat("m", { at: 0 }))).toBe(true);
});

test("[SEC-4] what was said to everyone names the room whose people it reached", () => {
  const rooms = [{ id: sampleId("b1"), name: "松" }];
  const reader = { selfId: sampleId("self"), rooms };
  const there = (breakoutId: string | null) => sentTo(sampleChat("m", { breakoutId }), reader);
  expect(there(null)).toMatchObject({ key: "sentTo.everyone" });
  expect(there(sampleId("b1"))).toEqual({ key: "sentTo.room", name: "松" });
  expect(there(sampleId("b2"))).toMatchObject({ key: "sentTo.otherRoom" });
  const [a, b] = [sampleChat("m1"), sampleChat("m2", { breakoutId: sampleId("b1") })];
  expect(continues(b, a)).toBe(false);
});

test("[SEC-4] everyone is everyone only while there is one room", () => {
  expect(everyoneIs({ breakouts: null })).toBe("everyone");
  expect(everyoneIs({ breakouts: sampleBreakouts({ phase: "closed" }) })).toBe("everyone");
  expect(everyoneIs({ breakouts: sampleBreakouts() })).toBe("main");
  expect(everyoneIs({ breakouts: sampleBreakouts({ ownId: sampleId("b1") }) })).toBe("here");
});
