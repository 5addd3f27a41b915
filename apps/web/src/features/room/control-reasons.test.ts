import { expect, test } from "vitest";
import type { RoomState } from "../../api/live/meeting-state.ts";
import { sampleId, sampleMeta, samplePerson } from "../../api/live/samples.ts";
import { noMedia, noPersonMedia } from "../../media/media-state.ts";
import { controlReasons } from "./control-reasons.ts";

function room(meta = sampleMeta()): RoomState {
  const people = [samplePerson("self"), samplePerson("a")];
  return { seq: 1, meta, iceServers: [], people, lobby: [], results: new Map(), bans: [] };
}

test("[SEC-2] what the server's list lacks is unavailable", () => {
  expect(controlReasons(room(), noMedia, true)).toEqual({
    microphone: null,
    camera: null,
    share: null,
    hand: null,
  });
  const none = room(sampleMeta({ capabilities: [] }));
  expect(controlReasons(none, noMedia, true).microphone).toBe("reason.host");
  const since = { at: 1, byName: "佐久間" };
  const stopped = room(sampleMeta({ capabilities: [], suspended: since }));
  expect(controlReasons(stopped, noMedia, true)).toEqual({
    microphone: "reason.suspended",
    camera: "reason.suspended",
    share: "reason.suspended",
    hand: "reason.suspended",
  });
});

test("one shares at a time; a device that cannot says so", () => {
  const people = new Map([[sampleId("sa"), { ...noPersonMedia, screen: "t" }]]);
  expect(controlReasons(room(), { ...noMedia, people }, true).share).toBe("reason.sharing");
  const own = new Map([[sampleId("sself"), { ...noPersonMedia, screen: "t" }]]);
  expect(controlReasons(room(), { ...noMedia, people: own }, true).share).toBeNull();
  expect(controlReasons(room(), noMedia, false).share).toBe("reason.device");
});

test("[BAR-4] what a soft block takes away names the organisation's policy, and no person", () => {
  const meta = sampleMeta();
  const right = { value: "everyone" as const, limit: "nobody" as const, fixedBy: ["barrier" as const] };
  const capabilities = meta.capabilities.filter((one) => one !== "media.screenShare");
  const blocked = sampleMeta({ capabilities, rights: { ...meta.rights, screenShare: right } });
  expect(controlReasons(room(blocked), noMedia, true).share).toBe("reason.barrier");
});
