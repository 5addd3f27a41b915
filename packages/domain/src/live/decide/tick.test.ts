import { expect, test } from "vitest";
import { liveRoom, minute, people, room } from "../../../../testkit/src/arbitraries/index.ts";
import { presence } from "../presence.ts";

const { host, coHost, colleague, customer, stranger } = people;

test("[ADM-7] a seat that nobody came back to within 120 s is given up; asking anew starts over", () => {
  const at = liveRoom({}, customer);
  at.drop(customer);
  expect(at.tick(2 * minute - 1)).toEqual([]);
  expect(at.tick(1)).toMatchObject([{ type: "participant.left", reason: "absent" }]);
  expect(at.outcome(customer)).toMatchObject({ kind: "register", enter: false });
});

test("[ADM-7] somebody who was admitted and never connected gives the seat up too", () => {
  const at = liveRoom();
  at.ask(customer);
  at.admit(host, customer);
  expect(at.tick(2 * minute)).toMatchObject([{ type: "participant.left" }]);
});

test("[ADM-7] a drop told late, of a connection that was replaced, ends nothing", () => {
  const at = liveRoom({}, customer);
  at.connect(customer, "second");
  at.drop(customer);
  expect(at.tick(10 * minute)).toEqual([]);
  at.drop(customer, "second");
  expect(at.tick(2 * minute)).toHaveLength(1);
});

test("[ADM-9] five minutes without host and co-host: everybody waits again, and the lock stays", () => {
  const at = liveRoom({}, coHost, colleague, customer);
  at.as(host, { type: "meeting.lock", locked: true });
  at.drop(host);
  at.tick(minute);
  expect(presence(at.state).hostsAwaySince).toBeNull();
  at.drop(coHost);
  expect(at.tick(5 * minute - 1)).toEqual([]);
  expect(at.tick(1)).toMatchObject([
    { type: "instance.hostsGone", sentBack: [at.idOf(colleague), at.idOf(customer)] },
  ]);
  expect([at.state.phase, at.state.inside.size]).toEqual(["waiting_for_host", 0]);
  expect([at.statusOf(colleague), at.statusOf(customer)]).toEqual(["waiting", "waiting"]);
  expect(at.state.locked).not.toBeNull();
});

test("[ADM-9] after that people return only by a new admission, also when the host is back", () => {
  const at = liveRoom({}, customer);
  at.as(host, { type: "participant.leave", handTo: null });
  at.tick(5 * minute);
  at.bringIn(host);
  expect([at.state.phase, at.statusOf(customer)]).toEqual(["live", "waiting"]);
  at.admit(host, customer);
  expect(at.statusOf(customer)).toBe("admitted");
});

test("[ADM-9] a host who left on purpose counts like one who dropped; one who is back in time changes nothing", () => {
  const at = liveRoom({}, customer);
  at.as(host, { type: "participant.leave", handTo: null });
  at.tick(4 * minute);
  at.bringIn(host);
  expect(at.tick(2 * minute)).toEqual([]);
  expect(at.statusOf(customer)).toBe("admitted");
});

test("[ADM-9] a host whose page never connects does not hold the meeting open", () => {
  const at = liveRoom({}, customer);
  at.as(host, { type: "participant.leave", handTo: null });
  at.now += minute;
  at.ask(host);
  expect(presence(at.state)).toMatchObject({ hostsPresent: true, hostsAwaySince: at.now });
  expect(at.tick(5 * minute)).toMatchObject([{ type: "instance.hostsGone" }]);
});

test("[ADM-9] a removed or demoted co-host is no host: the time runs", () => {
  const at = liveRoom({}, coHost, customer);
  at.drop(host);
  at.now += 1;
  at.connect(host);
  at.as(host, { type: "participant.remove", admissionId: at.idOf(coHost), report: false });
  at.drop(host);
  expect(at.tick(5 * minute)).toMatchObject([{ type: "instance.hostsGone" }]);
});

test("[MTG-3] 60 minutes after its scheduled end, with nobody in it, an instance ends; requests end with it", () => {
  const at = room();
  at.ask(customer);
  const end = at.now;
  expect(at.tick(60 * minute - 1, end)).toEqual([]);
  expect(at.tick(1, end)).toMatchObject([{ type: "instance.ended", by: "gate", reason: "empty" }]);
  expect(at.person(customer).status).toMatchObject({ kind: "left", reason: "ended" });
  expect(at.tick(minute, end)).toEqual([]);
});

test("[MTG-3] it does not end while somebody is in it, nor without a scheduled end", () => {
  const at = liveRoom();
  expect(at.tick(600 * minute, at.now)).toEqual([]);
  at.as(host, { type: "participant.leave", handTo: null });
  expect(at.tick(600 * minute).filter((one) => one.type === "instance.ended")).toEqual([]);
});

test("[MTG-3] with join before host on, an absent host does not keep an empty meeting from ending", () => {
  const at = liveRoom({ joinBeforeHost: true, waitingRoom: false }, stranger);
  const end = at.now;
  at.drop(host);
  at.as(stranger, { type: "participant.leave", handTo: null });
  expect(at.tick(5 * minute, end)).toMatchObject([{ type: "participant.left", reason: "absent" }]);
  expect(at.tick(60 * minute, end)).toMatchObject([{ type: "instance.ended" }]);
});

test("[ADM-3] with join before host on, a host's absence sends nobody away", () => {
  const at = liveRoom({ joinBeforeHost: true, waitingRoom: false }, stranger);
  at.as(host, { type: "participant.leave", handTo: null });
  at.tick(10 * minute);
  expect(at.statusOf(stranger)).toBe("admitted");
});

test("[ADM-11] whoever was in the SFU without admission is on record", () => {
  const at = liveRoom();
  at.do({ type: "gate.intruder", sfuIdentity: "ghost", reason: "notInRoster" });
  expect(at.history.at(-1)?.event).toEqual({
    type: "sfu.intruderEjected",
    sfuIdentity: "ghost",
    reason: "notInRoster",
  });
});
