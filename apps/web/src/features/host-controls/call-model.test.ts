import { expect, test } from "vitest";
import { sampleId, sampleMeta, sampleRow } from "../../api/live/samples.ts";
import { isCalling } from "../../meeting-shell/calling.ts";
import { callState, openMethods } from "./call-model.ts";

const me = sampleId("self");
const shown = (voice: boolean, face: boolean, toId = me) => sampleRow("a", { shown: { toId, voice, face } });
const call = (verifierId: string, running: boolean) =>
  sampleRow("a", {
    call: {
      verifierId,
      verifierName: "桐生",
      running: running ? { since: 1, sfuIdentity: sampleId("sa") } : null,
    },
  });
const kindOf = (row: ReturnType<typeof sampleRow>, lobby = [row], meta = sampleMeta()) =>
  callState(row, { meta, lobby }).kind;

test("[ADM-4] voice and face can be chosen only by who was shown them, as the server says", () => {
  expect([...openMethods(sampleRow("a"), me)]).toEqual(["document", "knownPerson"]);
  expect(openMethods(shown(true, false), me).has("voice")).toBe(true);
  expect(openMethods(shown(true, false), me).has("voiceAndFace")).toBe(false);
  expect(openMethods(shown(false, true), me).has("voice")).toBe(false);
  expect(openMethods(shown(true, true), me).has("voiceAndFace")).toBe(true);
  expect(openMethods(shown(true, true, sampleId("other")), me).size).toBe(2);
});

test("[ADM-13] a call is offered where a method is needed, to whoever may start one, one at a time", () => {
  expect(kindOf(sampleRow("a"))).toBe("idle");
  expect(kindOf(sampleRow("a", { methodNeeded: false }))).toBe("none");
  expect(kindOf(sampleRow("a"), [], sampleMeta({ capabilities: [] }))).toBe("none");
  expect(kindOf(sampleRow("b"), [call(me, false)])).toBe("busy");
  expect(kindOf(call(sampleId("other"), true))).toBe("other");
  expect(kindOf(call(me, false))).toBe("asked");
  expect(kindOf(call(me, true))).toBe("running");
});

test("[ADM-13] whoever asked only is still in the meeting", () => {
  const seen = (running: boolean) => ({ meta: sampleMeta(), lobby: [call(me, running)] });
  expect([isCalling(seen(false)), isCalling(seen(true))]).toEqual([false, true]);
});
