/** Breakout rooms: who is where, who decides it, and that the rules of admission hold inside (SEC-4). */
import { describe, expect, test } from "vitest";
import {
  account,
  barriers,
  liveRoom,
  minute,
  people,
  type Room,
  type RoomChoice,
} from "../../../../testkit/src/arbitraries/index.ts";
import { maskOf } from "../../barrier/flags.ts";
import { noBarriers } from "../../barrier/context.ts";
import type { BreakoutId } from "../../ids.ts";
import { mayPerceive, placeAt, sfuRoomOf, sfuRoomsOf } from "../breakouts.ts";
import { capabilitiesOf } from "../capabilities.ts";
import { mayConnect } from "../entrance.ts";
import { presence } from "../presence.ts";
import type { Principal } from "../state.ts";
import { id } from "../../unsafe.ts";

const { host, coHost, colleague, invited, customer, stranger } = people;

type Plan = { readonly names?: readonly string[]; readonly choose?: boolean; readonly mayReturn?: boolean };

function arrange(at: Room, { names = ["松", "竹"], choose = false, mayReturn = true }: Plan = {}) {
  const rooms = names.map((name) => ({ id: null, name }));
  at.as(host, { type: "breakout.arrange", rooms, choose, mayReturn });
  return [...at.state.breakouts.rooms.keys()];
}

/** Colleague in the first room, customer in the second, everybody else in the main one. */
function opened(plan: Plan = {}, choice: RoomChoice = {}, ...others: readonly Principal[]) {
  const at = liveRoom(choice, colleague, customer, ...others);
  const [pine, bamboo] = arrange(at, plan);
  if (pine === undefined || bamboo === undefined) throw new Error("two rooms were arranged");
  put(at, colleague, pine);
  put(at, customer, bamboo);
  at.as(host, { type: "breakout.open", minutes: null });
  for (const who of [colleague, customer]) at.connect(who);
  return { at, pine, bamboo };
}

function put(at: Room, who: Principal, breakoutId: BreakoutId | null, by: Principal = host) {
  return at.as(by, { type: "breakout.assign", assignments: [{ admissionId: at.idOf(who), breakoutId }] });
}

const go = (at: Room, who: Principal, breakoutId: BreakoutId | null) =>
  at.codeOf(who, { type: "breakout.go", breakoutId });
const placeOf = (at: Room, who: Principal) => at.person(who).breakoutId;
const roomOf = (at: Room, who: Principal) => sfuRoomOf(at.state, at.person(who));
const able = (at: Room, who: Principal) =>
  [...capabilitiesOf(at.state, at.person(who))].filter((one) => one.startsWith("breakout."));

describe("arranging", () => {
  test("[SEC-4] each opening gives each room an SFU room of its own, never one of an earlier opening", () => {
    const { at, pine, bamboo } = opened();
    const first = sfuRoomsOf(at.state);
    expect(new Set(first).size).toBe(3);
    expect([roomOf(at, host), roomOf(at, colleague), roomOf(at, customer)]).toEqual(first);
    at.as(host, { type: "breakout.close", atOnce: true });
    expect(sfuRoomsOf(at.state)).toEqual([at.state.sfuRoom]);
    at.as(host, { type: "breakout.open", minutes: null });
    const again = sfuRoomsOf(at.state).slice(1);
    expect(again.filter((one) => first.includes(one))).toEqual([]);
    expect([placeOf(at, colleague), placeOf(at, customer)]).toEqual([pine, bamboo]);
  });

  test("[SEC-4] a room that stays in the list keeps its people, one that goes frees them", () => {
    const at = liveRoom({}, colleague, customer);
    const [pine = null, bamboo = null] = arrange(at);
    put(at, colleague, pine);
    put(at, customer, bamboo);
    const rooms = [{ id: pine, name: "新しい松" }];
    at.as(host, { type: "breakout.arrange", rooms, choose: false, mayReturn: true });
    expect([...at.state.breakouts.assignments.values()]).toEqual([pine]);
    expect(at.state.breakouts.rooms.get(pine ?? id.breakout(""))?.name).toBe("新しい松");
  });

  test("[SEC-4] [ADM-10] names are told apart and of the same sort as people's; at most 50 rooms", () => {
    const at = liveRoom();
    const tried = (...names: string[]) =>
      at.codeOf(host, {
        type: "breakout.arrange",
        rooms: names.map((name) => ({ id: null, name })),
        choose: false,
        mayReturn: true,
      });
    expect(tried("A", "Ａ")).toBe("name_not_accepted");
    expect(tried(" ")).toBe("name_not_accepted");
    expect(tried("x\u202Ey")).toBe("name_not_accepted");
    expect(tried(...Array.from({ length: 51 }, (_, index) => `Table ${index + 100}`))).toBe(
      "no_such_breakout",
    );
    expect(tried(...Array.from({ length: 50 }, (_, index) => `Table ${index + 100}`))).toBeNull();
  });

  test("[SEC-4] evenly: everybody but the hosts, no two rooms further apart than one", () => {
    const guests = [colleague, customer, invited, stranger, account("fifth")];
    const at = liveRoom({}, coHost, ...guests);
    const rooms = arrange(at);
    at.as(host, { type: "breakout.distribute" });
    at.as(host, { type: "breakout.open", minutes: null });
    const counts = rooms.map((room) => guests.filter((who) => placeOf(at, who) === room).length);
    expect(counts).toEqual([3, 2]);
    expect([placeOf(at, host), placeOf(at, coHost)]).toEqual([null, null]);
  });

  test("[SEC-4] [SEC-2] nobody but hosts arranges anything, and hosts are placed by nobody else", () => {
    const at = liveRoom({}, coHost, colleague);
    const [pine = null] = arrange(at);
    for (const command of [
      { type: "breakout.arrange", rooms: [], choose: true, mayReturn: true },
      { type: "breakout.assign", assignments: [{ admissionId: at.idOf(colleague), breakoutId: pine }] },
      { type: "breakout.distribute" },
      { type: "breakout.open", minutes: null },
    ] as const)
      expect(at.codeOf(colleague, command)).toBe("not_allowed");
    const assignments = [{ admissionId: at.idOf(host), breakoutId: pine }];
    expect(at.codeOf(coHost, { type: "breakout.assign", assignments })).toBe("not_allowed");
  });
});

describe("moving", () => {
  test("[SEC-4] [ADM-11] a move is a stay of its own: a fresh identity, the old one no longer connects", () => {
    const { at, bamboo } = opened();
    const before = at.person(colleague).sfuIdentity;
    put(at, colleague, bamboo);
    const { sfuIdentity, id: admissionId } = at.person(colleague);
    expect(sfuIdentity).not.toBe(before);
    const late = { type: "gate.connected", admissionId, connectionId: "late" } as const;
    expect(at.codeOf(null, { ...late, sfuIdentity: before ?? "" })).toBe("not_in_meeting");
    expect(at.codeOf(null, { ...late, sfuIdentity: sfuIdentity ?? "" })).toBeNull();
  });

  test("[SEC-4] by hand: an assigned person goes back and comes again, and nowhere else", () => {
    const { at, pine, bamboo } = opened();
    expect(able(at, colleague)).toEqual(["breakout.return", "breakout.callHost"]);
    expect(go(at, colleague, bamboo)).toBe("not_allowed");
    expect(go(at, colleague, null)).toBeNull();
    expect(able(at, colleague)).toEqual(["breakout.join"]);
    expect(go(at, colleague, bamboo)).toBe("not_allowed");
    expect(go(at, colleague, pine)).toBeNull();
    expect(placeOf(at, colleague)).toBe(pine);
  });

  test("[SEC-4] where hosts do not allow it nobody goes back before the end, but for the last minute", () => {
    const { at } = opened({ mayReturn: false });
    expect(go(at, colleague, null)).toBe("not_allowed");
    at.as(host, { type: "breakout.close", atOnce: false });
    expect(go(at, colleague, null)).toBeNull();
  });

  test("[SEC-4] choosing: any room, any number of times, and the choice is kept for the next opening", () => {
    const { at, pine, bamboo } = opened({ choose: true });
    expect(go(at, colleague, bamboo)).toBeNull();
    expect(go(at, customer, pine)).toBeNull();
    at.as(host, { type: "breakout.close", atOnce: true });
    at.as(host, { type: "breakout.open", minutes: null });
    expect([placeOf(at, colleague), placeOf(at, customer)]).toEqual([bamboo, pine]);
  });

  test("[SEC-4] hosts go into any room; everybody is told apart by nothing but the place", () => {
    const { at, pine, bamboo } = opened({}, {}, coHost);
    for (const who of [host, coHost])
      for (const room of [pine, bamboo, null]) expect(go(at, who, room)).toBeNull();
    const sees = (a: Principal, b: Principal) => mayPerceive(at.person(a), at.person(b));
    expect([sees(colleague, customer), sees(customer, colleague), sees(colleague, host)]).toEqual([
      false,
      false,
      false,
    ]);
    expect([sees(host, colleague), sees(coHost, customer)]).toEqual([true, true]);
    put(at, customer, pine);
    expect(sees(colleague, customer)).toBe(true);
  });

  test("[SEC-4] another device, and a later admission, land in the room that the person belongs to", () => {
    const { at, pine } = opened();
    const phone = account("colleague", "phone");
    at.bringIn(phone);
    expect(at.person(phone).breakoutId).toBe(pine);
    expect(at.person(phone).status.kind).toBe("admitted");
    at.as(host, { type: "admission.sendBack", admissionId: at.idOf(phone) });
    expect(placeOf(at, phone)).toBeNull();
    at.admit(host, phone);
    expect(placeOf(at, phone)).toBe(pine);
    at.bringIn(stranger);
    expect(placeOf(at, stranger)).toBeNull();
  });

  test("[SEC-4] where somebody was, and when, is known of the present stay", () => {
    const { at, pine } = opened();
    const opening = at.now;
    at.now += minute;
    go(at, colleague, null);
    const person = at.person(colleague);
    expect([placeAt(person, opening + 1), placeAt(person, at.now), placeAt(person, 0)]).toEqual([
      pine,
      null,
      undefined,
    ]);
  });
});

describe("the clock", () => {
  test("[SEC-4] a timer warns a minute before, then brings everybody back, and says so once", () => {
    const at = liveRoom({}, colleague);
    const [pine = null] = arrange(at);
    put(at, colleague, pine);
    at.as(host, { type: "breakout.open", minutes: 10 });
    at.connect(colleague);
    expect(at.tick(9 * minute - 1)).toEqual([]);
    expect(at.tick(1).map(({ type }) => type)).toEqual(["breakout.closing"]);
    expect([at.state.breakouts.phase, placeOf(at, colleague)]).toEqual(["closing", pine]);
    expect(at.tick(minute - 1)).toEqual([]);
    expect(at.tick(1).map(({ type }) => type)).toEqual(["breakout.closed"]);
    expect([at.state.breakouts.phase, placeOf(at, colleague)]).toEqual(["closed", null]);
    expect(at.tick(minute)).toEqual([]);
  });

  test("[SEC-4] bringing everybody back takes 60 s, or no time; a new timer takes it back", () => {
    const { at } = opened();
    at.as(host, { type: "breakout.close", atOnce: false });
    expect(at.state.breakouts).toMatchObject({ phase: "closing", closesAt: at.now + minute });
    at.as(host, { type: "breakout.setTimer", minutes: 5 });
    expect(at.state.breakouts).toMatchObject({ phase: "open", closesAt: at.now + 5 * minute });
    at.as(host, { type: "breakout.close", atOnce: true });
    expect(at.state.breakouts).toMatchObject({ phase: "closed", closesAt: null });
  });

  test("[ADM-7] a move never prolongs an absence", () => {
    const { at, pine, bamboo } = opened();
    at.drop(customer);
    at.now += 119_000;
    put(at, customer, pine);
    at.now += 500;
    put(at, customer, bamboo);
    at.tick(499);
    expect(at.statusOf(customer)).toBe("admitted");
    at.tick(1);
    expect(at.statusOf(customer)).toBe("left");
  });

  test("[ADM-7] who never arrives in the room gives the place up like anybody who dropped", () => {
    const { at, pine } = opened();
    put(at, customer, pine);
    at.tick(2 * minute);
    expect([at.statusOf(customer), at.statusOf(colleague)]).toEqual(["left", "admitted"]);
  });

  test("[ADM-9] a host on the way to a room is present; one who never arrives is not for ever", () => {
    const { at, pine } = opened();
    at.now += minute;
    go(at, host, pine);
    expect(presence(at.state)).toEqual({ hostsPresent: true, hostsAwaySince: at.now });
    at.connect(host);
    expect(presence(at.state).hostsAwaySince).toBeNull();
    at.drop(host);
    at.now += 1;
    go(at, host, null);
    expect(presence(at.state).hostsPresent).toBe(false);
  });
});

describe("help", () => {
  test("[SEC-4] a call stands until a host is there, or it is taken back", () => {
    const { at, pine, bamboo } = opened();
    at.as(colleague, { type: "breakout.callHost" });
    at.as(customer, { type: "breakout.callHost" });
    expect(at.person(colleague).calledHostAt).toBe(at.now);
    go(at, host, bamboo);
    expect([at.person(colleague).calledHostAt, at.person(customer).calledHostAt]).toEqual([at.now, null]);
    const end = { type: "breakout.endCall", admissionId: at.idOf(colleague) } as const;
    expect(at.codeOf(customer, end)).toBe("not_allowed");
    expect(at.codeOf(colleague, end)).toBeNull();
    at.as(colleague, { type: "breakout.callHost" });
    go(at, host, pine);
    expect(at.person(colleague).calledHostAt).toBeNull();
    expect(at.codeOf(host, { type: "breakout.callHost" })).toBe("not_allowed");
  });
});

describe("the rules of admission hold inside", () => {
  const connects = (at: Room, who: Principal) =>
    mayConnect(
      at.state,
      { admissionId: at.idOf(who), principal: who },
      { now: at.now, dropGraceMs: 2 * minute, barrier: noBarriers },
    ) !== null;

  test("[SEC-4] [ADM-8] a removal reaches into every room, and out of it nobody comes back", () => {
    const { at } = opened();
    at.as(host, { type: "participant.remove", admissionId: at.idOf(customer), report: false });
    expect([placeOf(at, customer), roomOf(at, customer), connects(at, customer)]).toEqual([
      null,
      null,
      false,
    ]);
    expect(go(at, customer, null)).toBe("not_in_meeting");
    expect(at.outcome(customer)).toMatchObject({ kind: "refused" });
  });

  test("[SEC-4] [ADM-9] hosts gone for five minutes: rooms close, everybody waits", () => {
    const { at } = opened();
    at.drop(host);
    at.tick(5 * minute);
    expect([at.statusOf(colleague), at.statusOf(customer)]).toEqual(["waiting", "waiting"]);
    expect(at.state.breakouts.phase).toBe("closed");
    expect(sfuRoomsOf(at.state)).toEqual([at.state.sfuRoom]);
  });

  test("[SEC-4] the end of the meeting is the end of every room", () => {
    const { at } = opened();
    at.as(host, { type: "meeting.end" });
    expect([roomOf(at, colleague), at.state.breakouts.phase]).toEqual([null, "closed"]);
    expect(sfuRoomsOf(at.state)).toEqual([at.state.sfuRoom]);
  });

  test("[SEC-4] [SEC-1] a stop holds in all rooms: no media, no call, no choosing", () => {
    const { at, pine } = opened({ choose: true });
    at.as(host, { type: "meeting.suspend" });
    expect(capabilitiesOf(at.state, at.person(colleague)).has("media.listen")).toBe(false);
    expect(able(at, colleague)).toEqual([]);
    expect(able(at, host)).toEqual(["breakout.manage"]);
    expect(go(at, customer, pine)).toBe("not_allowed");
  });

  test("[SEC-4] [ADM-7] a lock keeps people out of the meeting, not inside one room of it", () => {
    const { at, bamboo } = opened({ choose: true });
    at.as(host, { type: "meeting.lock", locked: true });
    expect(go(at, colleague, bamboo)).toBeNull();
    expect(connects(at, colleague)).toBe(true);
    at.ask(stranger);
    expect(at.statusOf(stranger)).toBe("waiting");
  });

  test("[SEC-4] rights go along: who was asked to unmute, whoever is muted", () => {
    const { at, bamboo } = opened({}, { unmute: "hosts" });
    at.as(host, { type: "participant.askToUnmute", admissionId: at.idOf(colleague) });
    put(at, colleague, bamboo);
    expect(capabilitiesOf(at.state, at.person(colleague)).has("media.microphone")).toBe(true);
    expect(capabilitiesOf(at.state, at.person(customer)).has("media.microphone")).toBe(false);
  });

  test("[ADM-1] the whole meeting's capacity counts, whichever rooms people are in", () => {
    const { at } = opened();
    at.limits = { ...at.limits, capacity: 3 };
    expect(at.outcome(stranger)).toEqual({ kind: "refused", reason: "capacity" });
  });

  test("[SEC-4] only people who are inside are placed", () => {
    const { at, pine } = opened();
    at.ask(stranger);
    const assignments = [{ admissionId: at.idOf(stranger), breakoutId: pine }];
    expect(at.codeOf(host, { type: "breakout.assign", assignments })).toBe("no_such_person");
  });
});

describe("information barriers", () => {
  const walls = (...flags: ("meeting" | "in_meeting_chat" | "screen_share")[]) =>
    barriers({
      groups: { bank: ["colleague"], research: ["invited"], rest: ["host", "coHost"] },
      policies: [["bank", "research", flags]],
    });

  test("[BAR-3] rooms keep nobody apart: the later one is refused, in whichever room the other is", () => {
    const { at } = opened();
    at.barrier = walls("meeting");
    at.do({ type: "barrier.apply" });
    expect(placeOf(at, colleague)).not.toBeNull();
    expect(at.outcome(invited)).toEqual({ kind: "refused", reason: "barrier" });
  });

  test("[BAR-3] [BAR-5] a new policy removes the later one out of a room, and the gate lets nobody back", () => {
    const { at, pine, bamboo } = opened({}, {}, invited);
    put(at, invited, bamboo);
    expect([placeOf(at, colleague), placeOf(at, invited)]).toEqual([pine, bamboo]);
    at.barrier = walls("meeting");
    // An edit during a move: whatever is decided next, the sweep comes first, as in the runner's batch.
    at.do({ type: "barrier.apply" });
    const assignments = [{ admissionId: at.idOf(invited), breakoutId: pine }];
    expect(at.codeOf(host, { type: "breakout.assign", assignments })).toBe("no_such_person");
    expect([at.statusOf(invited), placeOf(at, invited)]).toEqual(["left", null]);
    expect(at.statusOf(colleague)).toBe("admitted");
  });

  test("[BAR-4] what is off is off in every room, and on again when they are apart in the meeting", () => {
    const { at, bamboo } = opened({}, {}, invited);
    put(at, invited, bamboo);
    at.barrier = walls("screen_share", "in_meeting_chat");
    at.do({ type: "barrier.apply" });
    expect(at.state.barrier.mask).toBe(maskOf(["screen_share", "in_meeting_chat"]));
    for (const who of [host, colleague, customer, invited]) {
      const all = capabilitiesOf(at.state, at.person(who));
      expect([all.has("media.screenShare"), all.has("chat.send")]).toEqual([false, false]);
    }
    // A message to all rooms is chat, too.
    expect(able(at, host)).not.toContain("breakout.broadcast");
    put(at, invited, null);
    expect(at.state.barrier.mask).not.toBe(0);
    at.as(invited, { type: "participant.leave", handTo: null });
    expect(at.state.barrier.mask).toBe(0);
    expect(able(at, host)).toContain("breakout.broadcast");
  });
});
