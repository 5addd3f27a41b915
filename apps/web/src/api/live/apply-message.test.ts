import type { StreamMessage } from "@sekisho/contract";
import { expect, test } from "vitest";
import { applyMessage } from "./apply-message.ts";
import { emptyMeeting, type MeetingState } from "./meeting-state.ts";
import { mergeHistory } from "./room-updates.ts";
import { sampleChat, sampleId, samplePerson, sampleRoom, sampleRow } from "./samples.ts";

type Patch = Extract<StreamMessage, { type: "patch" }>;

const admitted: StreamMessage = {
  type: "admission",
  admission: {
    state: "admitted",
    admissionId: sampleId("self"),
    displayName: "自分",
    affiliation: "",
    connected: false,
    sfuIdentity: sampleId("sself"),
    breakoutId: null,
  },
  ticket: "t1",
};

function play(...messages: StreamMessage[]): MeetingState {
  return messages.reduce((state, message) => applyMessage(state, message, 1000), emptyMeeting);
}

function patch(seq: number, change: Partial<Patch> = {}): Patch {
  const none = { set: [], gone: [] };
  return { type: "patch", seq, meta: null, people: none, lobby: none, bans: null, ...change };
}

const ids = (state: MeetingState) => state.room?.lobby.map((row) => row.id);

test("a snapshot replaces all, a patch changes only what it names", () => {
  const state = play(
    admitted,
    sampleRoom({ people: [samplePerson("a"), samplePerson("b")] }),
    patch(2, { people: { set: [samplePerson("a", { handRaisedAt: 5 })], gone: [sampleId("b")] } }),
  );
  expect(state.room?.people.map((one) => [one.id, one.handRaisedAt])).toEqual([[sampleId("a"), 5]]);
  expect(play(admitted, sampleRoom({ people: [samplePerson("a")] }), sampleRoom()).room?.people).toEqual([]);
});

test("[ui no-shift 1] a changed row keeps its place, a new one comes last", () => {
  const state = play(
    admitted,
    sampleRoom({ lobby: [sampleRow("b"), sampleRow("a")] }),
    patch(2, { lobby: { set: [sampleRow("c"), sampleRow("b", { revision: 2 })], gone: [] } }),
  );
  expect(ids(state)).toEqual(["b", "a", "c"].map(sampleId));
  expect(state.room?.lobby[0]?.revision).toBe(2);
});

test("[ADM-5] a row decided by somebody else is gone and says what became of it", () => {
  const gone = { id: sampleId("a"), result: "admitted", byName: "桐生 真帆" } as const;
  const state = play(
    admitted,
    sampleRoom({ lobby: [sampleRow("a")] }),
    patch(2, { lobby: { set: [], gone: [gone] } }),
  );
  expect(ids(state)).toEqual([]);
  expect(state.room?.results.get(sampleId("a"))).toEqual(gone);
  const again = applyMessage(state, patch(3, { lobby: { set: [sampleRow("a")], gone: [] } }), 0);
  expect(again.room?.results.size).toBe(0);
});

test("a patch that is contained in the snapshot, or has no base, changes nothing", () => {
  const late = patch(1, { people: { set: [samplePerson("x")], gone: [] } });
  expect(play(admitted, sampleRoom({ seq: 4 }), late).room?.people).toEqual([]);
  expect(play(late).room).toBeNull();
});

test("[ADM-2] whoever is sent back or removed forgets room, chat and ticket", () => {
  const inside = [admitted, sampleRoom(), { type: "chat", message: sampleChat("m") } as const];
  const removed: StreamMessage = {
    type: "admission",
    admission: { state: "removed", reference: "R7K-24WD" },
    ticket: null,
  };
  const state = play(...inside, removed);
  expect(state).toMatchObject({ room: null, chat: [], unread: 0, ticket: null });
});

test("a ticket stays until another comes", () => {
  const again = { ...admitted, ticket: null };
  expect(play(admitted, again).ticket).toBe("t1");
});

test("chat: nothing twice, own words are not unread, history comes before", () => {
  const own = sampleChat("own", { fromId: sampleId("self"), at: 20 });
  const one = { type: "chat", message: sampleChat("one", { at: 10 }) } as const;
  const state = play(admitted, sampleRoom(), one, one, { type: "chat", message: own });
  expect(state.chat).toHaveLength(2);
  expect(state.unread).toBe(1);
  const all = mergeHistory(state, [sampleChat("zero", { at: 1 }), one.message]);
  expect(all.chat.map((message) => message.at)).toEqual([1, 10, 20]);
});

test("[SEC-6] the clock of the server is known by its own word", () => {
  expect(play({ type: "alive", at: 61_000 })).toMatchObject({ clockAhead: 60_000, fresh: true });
});

test("[SEC-3] each stop by a host counts, also of the same source", () => {
  const stop = { type: "muted", source: "microphone" } as const;
  expect(play(stop, stop).stopped).toEqual({ source: "microphone", count: 2 });
});
