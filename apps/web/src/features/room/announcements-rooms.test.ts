import type { BreakoutsView, PersonView } from "@sekisho/contract";
import { expect, test } from "vitest";
import { applyMessage } from "../../api/live/apply-message.ts";
import { emptyMeeting } from "../../api/live/meeting-state.ts";
import {
  sampleBreakouts,
  sampleChat,
  sampleId,
  sampleMeta,
  samplePerson,
  sampleRoom,
} from "../../api/live/samples.ts";
import { saidBetween } from "./announcements.ts";

const state = (breakouts: BreakoutsView | null, people: PersonView[] = []) =>
  applyMessage(emptyMeeting, sampleRoom({ meta: sampleMeta({ breakouts }), people }), 0);
const said = (before: ReturnType<typeof state>, after: ReturnType<typeof state>) =>
  saidBetween(before, after).map(({ key, params }) => [key, ...Object.values(params)]);
const inside = sampleBreakouts({ ownId: sampleId("b2") });
const guest = (breakoutId: string | null = null) => samplePerson("大庭", { breakoutId });

test("[SEC-4] a move is one sentence: nobody is said to have left the meeting", () => {
  expect(said(state(null, [guest()]), state(inside))).toEqual([["said.inRoom", "ルーム 2"]]);
  expect(said(state(inside), state(null, [guest()]))).toEqual([["said.inMain"]]);
});

test("[SEC-4] whoever stays hears that rooms opened and that they will close", () => {
  expect(said(state(null, [guest()]), state(sampleBreakouts()))).toEqual([["said.roomsOpen"]]);
  const closing = sampleBreakouts({ ownId: sampleId("b2"), phase: "closing" });
  expect(said(state(inside), state(closing))).toEqual([["said.roomsClosing"]]);
});

test("[SEC-4] while rooms are open people come here and go from here", () => {
  const there = guest(sampleId("b2"));
  expect(said(state(inside), state(inside, [there]))).toEqual([["said.cameHere", "大庭"]]);
  expect(said(state(inside, [there]), state(inside))).toEqual([["said.wentFromHere", "大庭"]]);
  // A host is told of everybody, wherever, and hears of those in the own room.
  expect(said(state(inside, [there]), state(inside, [guest()]))).toEqual([["said.wentFromHere", "大庭"]]);
  expect(said(state(inside, [guest()]), state(inside, [guest(sampleId("b1"))]))).toEqual([]);
});

test("[SEC-4] a call for help is read out once, with the room", () => {
  const call = { admissionId: sampleId("a"), displayName: "大庭", breakoutId: sampleId("b1"), at: 1 };
  const calls = (...all: (typeof call)[]) =>
    state(sampleBreakouts({ hosts: { assignments: [], calls: all } }));
  expect(said(calls(), calls(call))).toEqual([["said.called", "大庭", "ルーム 1"]]);
  expect(said(calls(call), calls(call))).toEqual([]);
});

test("[SEC-4] a notice to all rooms is read out whole", () => {
  const before = state(inside);
  const message = sampleChat("n", { to: "broadcast", fromName: "佐久間", text: "あと 5 分です" });
  const after = applyMessage(before, { type: "chat", message }, 0);
  expect(said(before, after)).toEqual([["said.notice", "佐久間", "あと 5 分です"]]);
});
