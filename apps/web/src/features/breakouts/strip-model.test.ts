import type { BreakoutsView } from "@sekisho/contract";
import type { Capability } from "@sekisho/domain";
import { expect, test } from "vitest";
import { sampleBreakouts, sampleId, sampleMeta } from "../../api/live/samples.ts";
import { stripOf } from "./strip-model.ts";

const strip = (breakouts: BreakoutsView | null, ...capabilities: Capability[]) =>
  stripOf(sampleMeta({ breakouts, capabilities }));
const here = { ownId: sampleId("b2"), assignedId: sampleId("b2") };

test("[SEC-4] while rooms are closed there is no line, for hosts either", () => {
  expect(strip(null)).toBeNull();
  expect(strip(sampleBreakouts({ phase: "closed" }), "breakout.manage")).toBeNull();
});

test("[SEC-4] inside: which room, until when, and only what the server lets this person do", () => {
  const open = sampleBreakouts({ ...here, closesAt: 5 });
  expect(strip(open, "breakout.callHost", "breakout.return")).toMatchObject({
    key: "strip.here",
    room: "ルーム 2",
    until: 5,
    closing: false,
    acts: ["call", "return"],
  });
  expect(strip(open, "breakout.callHost")?.acts).toEqual(["call"]);
  const called = sampleBreakouts({ ...here, calledAt: 1 });
  expect(strip(called, "breakout.callHost", "breakout.return")).toMatchObject({
    called: true,
    acts: ["uncall", "return"],
  });
});

test("[SEC-4] in the main meeting: the way to the own room, the choice, or why others are missing", () => {
  const assigned = sampleBreakouts({ assignedId: sampleId("b1") });
  expect(strip(assigned, "breakout.join")).toMatchObject({
    key: "strip.assigned",
    room: "ルーム 1",
    acts: ["join"],
    assigned: "ルーム 1",
  });
  expect(strip(sampleBreakouts({ choose: true }), "breakout.choose")).toMatchObject({
    key: "strip.choose",
    acts: ["choose"],
  });
  expect(strip(sampleBreakouts({ rooms: [] }))).toMatchObject({ key: "strip.others", acts: [] });
});

test("[SEC-4] whoever is in another room than the own one is led to the own one", () => {
  const astray = sampleBreakouts({ ownId: sampleId("b2"), assignedId: sampleId("b1") });
  expect(strip(astray, "breakout.join")).toMatchObject({
    room: "ルーム 2",
    assigned: "ルーム 1",
    acts: ["join"],
  });
});

test("[SEC-4] hosts arrange instead of choosing, and take a closing back", () => {
  const able: Capability[] = ["breakout.manage", "breakout.choose", "breakout.broadcast"];
  expect(strip(sampleBreakouts(), ...able)).toMatchObject({
    key: "strip.open",
    acts: ["notice", "bringBack", "manage"],
  });
  expect(strip(sampleBreakouts({ phase: "closing", closesAt: 9 }), ...able)).toMatchObject({
    tone: "warn",
    closing: true,
    acts: ["notice", "keepOpen", "manage"],
  });
});
