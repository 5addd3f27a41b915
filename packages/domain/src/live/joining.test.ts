import { expect, test } from "vitest";
import { account, liveRoom, minute, people, room } from "../../../testkit/src/arbitraries/index.ts";
import { mayConnect, waitingRoomOn } from "./entrance.ts";
import type { Room } from "../../../testkit/src/arbitraries/index.ts";
import type { Principal } from "./state.ts";
import { noBarriers } from "../barrier/context.ts";
import { id } from "../unsafe.ts";

const { host, coHost, verifier, colleague, customer, stranger } = people;

function seat(at: Room, who: Principal) {
  return { admissionId: at.idOf(who), principal: who };
}
function connects(at: Room, who: Principal, from: Principal = who): boolean {
  const asked = { admissionId: at.idOf(who), principal: from };
  return (
    mayConnect(at.state, asked, { now: at.now, dropGraceMs: at.limits.dropGraceMs, barrier: at.barrier }) !==
    null
  );
}

test("[ADM-3] early arrivals wait and stay waiting when the host comes, whatever was switched meanwhile", () => {
  const at = room();
  at.ask(customer);
  at.ask(colleague);
  at.change({ joinBeforeHost: true, waitingRoom: false });
  at.bringIn(host);
  at.as(host, { type: "meeting.setWaitingRoom", on: false, waiting: "keep" });
  at.change({ joinBeforeHost: true, waitingRoom: false, passcodeRequired: false });
  at.tick(minute);
  expect([at.statusOf(customer), at.statusOf(colleague)]).toEqual(["waiting", "waiting"]);
});

test("[ADM-3] with the waiting room off, nobody enters before host or co-host is present", () => {
  const at = room({ waitingRoom: false });
  at.ask(customer);
  expect([at.statusOf(customer), at.state.phase]).toEqual(["waiting", "waiting_for_host"]);
  at.bringIn(coHost);
  at.ask(stranger);
  expect([at.statusOf(customer), at.statusOf(stranger)]).toEqual(["waiting", "admitted"]);
});

test("[ADM-3] a verifier alone starts nothing and admits nobody", () => {
  const at = room({ verifier: true });
  at.ask(verifier);
  at.ask(customer);
  expect([at.statusOf(verifier), at.state.phase]).toEqual(["waiting", "waiting_for_host"]);
  at.bringIn(host);
  at.ask(account("verifier", "phone"));
  expect(at.statusOf(account("verifier", "phone"))).toBe("admitted");
});

test("[ADM-3] when the host has dropped, the verifier admits nobody until the host is back", () => {
  const at = liveRoom({ verifier: true }, verifier);
  at.ask(customer);
  at.now += 1;
  at.drop(host);
  const rows = at.rowsOf(customer);
  const command = { type: "admission.admit", rows, method: "document", standInReason: null } as const;
  expect(at.codeOf(verifier, command)).toBe("host_not_present");
  at.connect(host);
  expect(at.codeOf(verifier, command)).toBeNull();
});

test("[ADM-3] join before host on: people enter, if nothing else keeps them", () => {
  const open = room({ joinBeforeHost: true, waitingRoom: false });
  open.ask(customer);
  expect([open.statusOf(customer), open.state.phase]).toEqual(["admitted", "live"]);
  const guarded = room({ joinBeforeHost: true });
  guarded.ask(customer);
  expect(guarded.statusOf(customer)).toBe("waiting");
});

test("[ADM-4] where a verifier is required, no guest enters by itself, waiting room or not", () => {
  const at = liveRoom({ waitingRoom: false, joinBeforeHost: true, verifier: true });
  at.ask(customer);
  at.ask(colleague);
  expect([at.statusOf(customer), at.statusOf(colleague)]).toEqual(["waiting", "admitted"]);
});

test("[ADM-7] a locked meeting admits nobody, not even who was inside; requests are kept", () => {
  const at = liveRoom({ waitingRoom: false }, customer);
  at.as(customer, { type: "participant.leave", handTo: null });
  at.as(host, { type: "meeting.lock", locked: true });
  at.ask(customer);
  at.ask(verifier);
  expect(at.statusOf(customer)).toBe("waiting");
  const rows = at.rowsOf(customer);
  const admit = { type: "admission.admit", rows, method: null, standInReason: null } as const;
  expect(at.codeOf(host, admit)).toBe("meeting_locked");
  at.as(host, { type: "meeting.lock", locked: false });
  expect(at.codeOf(host, admit)).toBeNull();
});

test("[ADM-7] host and co-host enter a locked meeting at any time", () => {
  const at = liveRoom();
  at.as(host, { type: "meeting.lock", locked: true });
  at.ask(coHost);
  at.as(host, { type: "participant.leave", handTo: null });
  at.ask(host);
  expect([at.statusOf(coHost), at.statusOf(host)]).toEqual(["admitted", "admitted"]);
});

test("[ADM-7] who drops may return for 120 s, and not a moment longer; hosts at any time", () => {
  const at = liveRoom({}, coHost, customer);
  at.as(host, { type: "meeting.lock", locked: true });
  at.drop(customer);
  at.drop(coHost);
  at.now += 2 * minute - 1;
  expect([connects(at, customer), connects(at, coHost)]).toEqual([true, true]);
  at.now += 1;
  expect([connects(at, customer), connects(at, coHost)]).toEqual([false, true]);
});

test("[ADM-7] being connected is no grace: no time runs against somebody who is there", () => {
  const at = liveRoom({}, customer);
  at.now += 60 * minute;
  expect(connects(at, customer)).toBe(true);
});

test("[ADM-1] a connection needs an open seat, the same person and the same device", () => {
  const at = liveRoom({}, colleague);
  at.ask(customer);
  expect(connects(at, colleague)).toBe(true);
  expect(connects(at, customer)).toBe(false);
  expect(connects(at, colleague, account("colleague", "phone"))).toBe(false);
  expect(connects(at, colleague, customer)).toBe(false);
  expect(
    mayConnect(null, seat(at, colleague), { now: at.now, dropGraceMs: minute, barrier: at.barrier }),
  ).toBeNull();
  at.as(colleague, { type: "participant.leave", handTo: null });
  expect(connects(at, colleague)).toBe(false);
});

test("[ADM-8] a removed person's seat connects nobody, nor does the seat after the ban is lifted", () => {
  const at = liveRoom({}, customer);
  at.as(host, { type: "participant.remove", admissionId: at.idOf(customer), report: false });
  expect(connects(at, customer)).toBe(false);
  const [ban] = at.state.bans.keys();
  if (ban !== undefined) at.as(host, { type: "ban.lift", banId: ban });
  expect(connects(at, customer)).toBe(false);
});

test("[ADM-11] outside a live meeting nobody connects", () => {
  const at = liveRoom({}, customer);
  at.as(host, { type: "meeting.end" });
  expect([connects(at, host), connects(at, customer)]).toEqual([false, false]);
});

test("[ADM-11] the phase alone keeps people out, should a seat ever outlive its meeting", () => {
  const at = liveRoom({}, customer);
  at.apply({ type: "instance.hostsGone", sentBack: [] });
  at.apply({
    type: "admission.admitted",
    admissionId: at.idOf(customer),
    by: "gate",
    sfuIdentity: id.sfuIdentity("again"),
    method: null,
    personal: { standInReason: null },
    replaces: null,
    barrier: noBarriers.stamp,
  });
  expect([at.state.phase, connects(at, customer)]).toEqual(["waiting_for_host", false]);
});

test("[CNF-3] a waiting room held by class or organisation is not switched off inside the meeting", () => {
  const at = liveRoom({ locks: { waitingRoom: true } });
  const off = { type: "meeting.setWaitingRoom", on: false, waiting: "keep" } as const;
  expect(at.codeOf(host, off)).toBe("fixed_by_policy");
  const own = liveRoom();
  own.as(host, off);
  expect(waitingRoomOn(own.state)).toBe(false);
  own.change({ confidentiality: "medium" });
  expect(waitingRoomOn(own.state)).toBe(true);
});

test("[ADM-9] a connection that was allowed for an earlier stay is not taken for the next one", () => {
  const at = liveRoom({}, customer);
  const admissionId = at.idOf(customer);
  const before = at.state.admissions.get(admissionId)?.sfuIdentity ?? "";
  at.apply({ type: "admission.sentBack", admissionId, by: at.idOf(host) });
  at.admit(host, customer);
  expect(at.state.admissions.get(admissionId)?.sfuIdentity).not.toBe(before);
  const late = { type: "gate.connected", admissionId, connectionId: "late", sfuIdentity: before } as const;
  expect(at.do(late)).toMatchObject({ kind: "rejected" });
});
