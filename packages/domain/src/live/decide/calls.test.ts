import { expect, test } from "vitest";
import { noBarriers } from "../../barrier/context.ts";
import { id } from "../../unsafe.ts";
import {
  account,
  barriers,
  guest,
  instanceSettings,
  liveRoom,
  minute,
  people,
  type Room,
  type RoomChoice,
} from "../../../../testkit/src/arbitraries/index.ts";
import { sfuRoomOf } from "../breakouts.ts";
import { callGraceMs } from "../calls.ts";
import { capabilitiesOf, grantsOf } from "../capabilities.ts";
import { mayConnect } from "../entrance.ts";
import { replayBarriers } from "../replay.ts";
import { reportOf } from "../report.ts";
import type { Principal, VerificationMethod } from "../state.ts";
import type { Command } from "./command.ts";

const { host, coHost, verifier, colleague, customer, stranger } = people;

function asking(at: Room, who: Principal): Command & { type: "verificationCall.start" } {
  const [row = { admissionId: at.nobody, revision: 0 }] = at.rowsOf(who);
  return { type: "verificationCall.start", row };
}

const yes = { type: "verificationCall.answer", accept: true } as const;
const no = { type: "verificationCall.answer", accept: false } as const;
const end = { type: "verificationCall.end" } as const;

/** Host and verifier are inside and connected; a customer waits. */
function scene(choice: RoomChoice = {}): Room {
  const at = liveRoom({ verifier: true, ...choice }, verifier, colleague);
  at.ask(customer);
  return at;
}

function called(by: Principal = verifier, choice: RoomChoice = {}): Room {
  const at = scene(choice);
  at.as(by, asking(at, customer));
  at.as(customer, yes);
  at.connect(customer);
  at.connect(by);
  return at;
}

const roomOf = (at: Room, who: Principal) => sfuRoomOf(at.state, at.person(who));
const last = (at: Room) => at.history.at(-1)?.event;

function hear(at: Room, medium: "voice" | "face", who: Principal = customer) {
  const { id: admissionId, sfuIdentity } = at.person(who);
  return at.do({ type: "gate.mediumReceived", admissionId, sfuIdentity: sfuIdentity ?? "", medium });
}

function admitting(at: Room, method: VerificationMethod, standInReason: string | null = null) {
  return { type: "admission.admit", rows: at.rowsOf(customer), method, standInReason } as const;
}

function mayConnectNow(at: Room, who: Principal) {
  const seat = { admissionId: at.idOf(who), principal: who };
  const { dropGraceMs } = at.limits;
  return mayConnect(at.state, seat, { now: at.now, dropGraceMs, barrier: at.barrier }) !== null;
}

test.each([
  ["the verifier", verifier, null],
  ["the host standing in", host, null],
  ["a co-host", coHost, "not_allowed"],
  ["a participant", colleague, "not_allowed"],
  ["somebody who waits", stranger, "not_in_meeting"],
] as const)("[ADM-13] %s asks an applicant into a call: %s", (_who, by, expected) => {
  const at = scene();
  at.bringIn(coHost);
  at.ask(stranger);
  expect(at.codeOf(by, asking(at, customer))).toBe(expected);
});

test("[ADM-13] nobody moves, and there is no room, before the applicant has agreed", () => {
  const at = scene();
  const before = at.person(verifier).sfuIdentity;
  at.as(verifier, asking(at, customer));
  expect(roomOf(at, customer)).toBeNull();
  expect(mayConnectNow(at, customer)).toBe(false);
  expect([roomOf(at, verifier), at.person(verifier).sfuIdentity]).toEqual([at.state.sfuRoom, before]);
  at.as(customer, no);
  expect(last(at)).toMatchObject({ type: "verificationCall.ended", reason: "applicant", moves: [] });
  expect(at.state.calls.size).toBe(0);
});

test("[ADM-13] two are in a room of their own, with voice and picture; neither is in the meeting's", () => {
  const at = called();
  const room = roomOf(at, customer);
  expect(room).not.toBeNull();
  expect(room).not.toBe(at.state.sfuRoom);
  expect(roomOf(at, verifier)).toBe(room);
  for (const who of [verifier, customer])
    expect(grantsOf(at.state, at.person(who))).toEqual({
      subscribe: true,
      sources: ["microphone", "camera"],
    });
  expect(capabilitiesOf(at.state, at.person(customer)).size).toBe(0);
  expect(capabilitiesOf(at.state, at.person(verifier)).has("media.screenShare")).toBe(false);
  for (const who of [host, colleague]) expect(roomOf(at, who)).toBe(at.state.sfuRoom);
});

test("[ADM-13] where the meeting lets nobody unmute, the two of a call speak all the same", () => {
  const at = called(verifier, { unmute: "hosts" });
  expect(grantsOf(at.state, at.person(verifier)).sources).toContain("microphone");
  at.as(verifier, end);
  expect(grantsOf(at.state, at.person(verifier)).sources).not.toContain("microphone");
});

test("[ADM-13] the verifier comes back under a new name at the media server, into the room of before", () => {
  const at = called();
  const [room, identity] = [roomOf(at, verifier), at.person(verifier).sfuIdentity];
  at.as(verifier, end);
  expect(roomOf(at, verifier)).toBe(at.state.sfuRoom);
  expect(roomOf(at, verifier)).not.toBe(room);
  expect(at.person(verifier).sfuIdentity).not.toBe(identity);
  expect([roomOf(at, customer), mayConnectNow(at, customer)]).toEqual([null, false]);
  expect(at.statusOf(customer)).toBe("waiting");
});

test("[ADM-5] [ADM-13] who asks first has the call: no second verifier, no second applicant", () => {
  const at = scene();
  at.ask(stranger);
  at.as(verifier, asking(at, customer));
  expect(at.codeOf(host, asking(at, customer))).toBe("call_under_way");
  expect(at.codeOf(verifier, asking(at, stranger))).toBe("call_under_way");
  expect(at.codeOf(host, asking(at, stranger))).toBeNull();
  at.as(customer, yes);
  expect(at.codeOf(customer, yes)).toBe("call_over");
  expect(at.codeOf(colleague, end)).toBe("call_over");
});

const hostLeaves = { type: "participant.leave", handTo: null } as const;
/** Each leaves no call behind, in the same step. */
const endings: Readonly<Record<string, (at: Room) => unknown>> = {
  "the verifier ends it": (at) => at.as(verifier, end),
  "the applicant ends it": (at) => at.as(customer, end),
  "the applicant withdraws": (at) => at.as(customer, { type: "admission.withdraw" }),
  "the verifier admits": (at) => at.as(verifier, admitting(at, "document")),
  "the host admits": (at) => at.as(host, admitting(at, "document", "ill")),
  "somebody denies": (at) => at.as(host, { type: "admission.deny", rows: at.rowsOf(customer) }),
  "the host removes the verifier": (at) =>
    at.as(host, { type: "participant.remove", admissionId: at.idOf(verifier), report: false }),
  "the verifier is sent back": (at) =>
    at.as(host, { type: "admission.sendBack", admissionId: at.idOf(verifier) }),
  "the verifier leaves": (at) => at.as(verifier, hostLeaves),
  "the verifier's other device takes the seat": (at) => {
    at.ask(account("verifier", "phone"));
    if (at.statusOf(account("verifier", "phone")) === "waiting") at.admit(host, account("verifier", "phone"));
  },
  "the meeting is locked": (at) => at.as(host, { type: "meeting.lock", locked: true }),
  "everything is stopped": (at) => at.as(host, { type: "meeting.suspend" }),
  "the meeting ends": (at) => at.as(host, { type: "meeting.end" }),
  "another verifier is named": (at) => at.change({ verifier: false }),
  "the applicant asks under another name": (at) => at.ask(customer, { name: "Somebody Else" }),
  "only named people may join now": (at) => at.change({ verifier: true, whoMayJoin: "named" }),
  "the class demands E2EE now": (at) => at.change({ verifier: true, encryption: "e2ee" }),
  "nothing is known of the barriers": (at) => {
    at.barrier = { ...noBarriers, denyNew: true };
    at.tick(1000);
  },
};

test.each(Object.entries(endings))("[ADM-13] a call is over when %s", (_what, happens) => {
  for (const at of [called(), waitsForAnswer()]) {
    const room = roomOf(at, customer);
    happens(at);
    expect(at.state.calls.size).toBe(0);
    expect(at.history.filter(({ event }) => event.type === "verificationCall.ended")).toHaveLength(1);
    if (at.statusOf(customer) === "waiting") expect(mayConnectNow(at, customer)).toBe(false);
    const there = [...at.state.admissions.values()].map((one) => sfuRoomOf(at.state, one));
    expect(room === null || !there.includes(room)).toBe(true);
  }
});

function waitsForAnswer(): Room {
  const at = scene();
  at.as(verifier, asking(at, customer));
  return at;
}

test("[ADM-13] a call that nobody answers, or from which one side has gone, is over by the clock", () => {
  const silent = waitsForAnswer();
  silent.tick(minute);
  expect(silent.state.calls.size).toBe(1);
  silent.tick(minute);
  expect(last(silent)).toMatchObject({ reason: "unanswered" });
  for (const who of [customer, verifier]) {
    const at = called();
    at.drop(who);
    at.tick(callGraceMs - 1);
    expect([at.state.calls.size, mayConnectNow(at, who)]).toEqual([1, true]);
    at.tick(1);
    expect(last(at)).toMatchObject({ type: "verificationCall.ended", reason: "lost" });
    expect(at.statusOf(customer)).toBe("waiting");
  }
});

test("[BAR-3] [ADM-13] whoever a wall keeps from somebody inside is asked into no call, and taken out of one", () => {
  const walls = barriers({
    groups: { a: ["colleague"], b: [] },
    domains: { b: ["b.example"] },
    policies: [["a", "b", ["meeting"]]],
  });
  const outside: Principal = {
    ...guest("outside"),
    kind: "guest",
    guestId: id.guest("outside"),
    provedDomain: "b.example",
  };
  const at = liveRoom({ verifier: true }, verifier);
  at.ask(outside);
  at.bringIn(colleague);
  const ask = asking(at, outside);
  at.barrier = walls;
  expect(at.codeOf(verifier, ask)).toBe("not_admissible");
  at.barrier = noBarriers;
  at.as(verifier, ask);
  at.as(outside, yes);
  expect(mayConnectNow(at, outside)).toBe(true);
  at.barrier = walls;
  expect(mayConnectNow(at, outside)).toBe(false);
  at.do({ type: "barrier.apply" });
  expect([at.state.calls.size, at.statusOf(outside)]).toEqual([0, "barred"]);
  expect(
    replayBarriers(at.history, (stamp) => (stamp.version === walls.stamp.version ? walls : null)).problems,
  ).toEqual([]);
});

test("[ADM-4] voice and face are said only by whoever had them, of this person, under this name", () => {
  const at = called();
  const both = admitting(at, "voiceAndFace");
  expect(at.codeOf(verifier, both)).toBe("call_needed");
  hear(at, "voice");
  expect(at.codeOf(verifier, both)).toBe("call_needed");
  hear(at, "face");
  expect(at.codeOf(host, { ...both, standInReason: "ill" })).toBe("call_needed");
  at.as(verifier, both);
  expect(at.person(customer).verification).toMatchObject({
    method: "voiceAndFace",
    by: at.idOf(verifier),
  });
  const report = reportOf(at.history);
  expect(report.people.find((one) => one.admissionId === at.idOf(customer))).toMatchObject({
    method: "voiceAndFace",
    admittedBy: at.idOf(verifier),
  });
  expect(report.acts.at(-1)).toMatchObject({
    type: "verificationCall.begun",
    by: at.idOf(verifier),
    about: at.idOf(customer),
  });
});

test("[ADM-4] what was heard counts after the call, for voice alone where no picture came", () => {
  const at = called();
  hear(at, "voice");
  at.as(customer, end);
  expect(at.codeOf(verifier, admitting(at, "voiceAndFace"))).toBe("call_needed");
  expect(at.codeOf(verifier, admitting(at, "voice"))).toBeNull();
});

const losses: Readonly<Record<string, (at: Room) => unknown>> = {
  "another name": (at) => at.ask(customer, { name: "Somebody Else" }),
  "a further call": (at) => at.as(verifier, asking(at, customer)),
  "a call of somebody else": (at) => at.as(host, asking(at, customer)),
};
test.each(Object.entries(losses))("[ADM-4] what was heard before %s counts no more", (_what, happens) => {
  const at = called();
  hear(at, "voice");
  at.as(verifier, end);
  happens(at);
  expect(at.codeOf(verifier, admitting(at, "voice"))).toBe("call_needed");
});

test("[ADM-4] a verification belongs to one stay: who is sent back is called again", () => {
  const at = called();
  hear(at, "voice");
  at.as(verifier, admitting(at, "voice"));
  at.as(host, { type: "admission.sendBack", admissionId: at.idOf(customer) });
  expect(at.codeOf(verifier, admitting(at, "voice"))).toBe("call_needed");
});

test("[ADM-4] what is told of another stay, or after the end, is no evidence", () => {
  const at = called();
  const { id: admissionId, sfuIdentity } = at.person(customer);
  const told = { type: "gate.mediumReceived", admissionId, medium: "voice" } as const;
  expect(at.codeOf(null, { ...told, sfuIdentity: "another" })).toBe("call_over");
  expect(at.codeOf(null, { ...told, admissionId: at.idOf(colleague), sfuIdentity: "" })).toBe("call_over");
  at.as(verifier, end);
  expect(at.codeOf(null, { ...told, sfuIdentity: sfuIdentity ?? "" })).toBe("call_over");
});

test("[ADM-13] where no verifier is asked for there is no call", () => {
  const at = liveRoom({}, verifier);
  at.ask(customer);
  expect(at.codeOf(host, asking(at, customer))).toBe("not_allowed");
});

test("[ADM-13] accounts of the organisation are not called: they are known by their sign-in", () => {
  const at = scene();
  at.ask(people.invited);
  expect(at.codeOf(verifier, asking(at, people.invited))).toBe("nothing_to_do");
});

test("[ADM-3] [ADM-13] without a host present the verifier starts no call", () => {
  const at = scene();
  at.as(host, hostLeaves);
  expect(at.codeOf(verifier, asking(at, customer))).toBe("host_not_present");
});

test("[ADM-13] a host who is in a call is present all the same", () => {
  const at = called(host);
  at.tick(minute);
  expect(at.state.phase).toBe("live");
  at.ask(stranger);
  expect(at.codeOf(verifier, { type: "admission.deny", rows: at.rowsOf(stranger) })).toBeNull();
});

test("[SEC-4] [ADM-13] rooms that open and close around a call leave its two where they are", () => {
  const at = called();
  const room = roomOf(at, verifier);
  at.as(host, { type: "breakout.arrange", rooms: [{ id: null, name: "松" }], choose: true, mayReturn: true });
  at.as(host, { type: "breakout.distribute" });
  at.as(host, { type: "breakout.open", minutes: null });
  expect([roomOf(at, verifier), roomOf(at, customer)]).toEqual([room, room]);
  const { breakoutId } = at.person(verifier);
  at.as(verifier, end);
  expect(roomOf(at, verifier)).toBe(at.state.breakouts.rooms.get(breakoutId ?? id.breakout(""))?.sfuRoom);
});

test("[ADM-13] a change of settings that leaves verifier and rules alone ends nothing", () => {
  const at = called();
  at.do({
    type: "settings.change",
    settings: { ...instanceSettings({ verifier: true }), version: "other" },
    names: { hosts: [], invited: [] },
  });
  expect(at.state.calls.size).toBe(1);
});
