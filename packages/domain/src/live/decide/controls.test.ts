import { expect, test } from "vitest";
import { liveRoom, people, type Room } from "../../../../testkit/src/arbitraries/index.ts";
import { audienceOf, capabilitiesOf, grantsOf } from "../capabilities.ts";
import type { Rights } from "../state.ts";
import { hasToAskAnew } from "../standing.ts";
import type { PersonCommand } from "./command.ts";

const { host, coHost, verifier, colleague, customer, stranger } = people;
const everyone: Rights = {
  screenShare: "everyone",
  chat: "everyone",
  rename: "everyone",
  unmute: "everyone",
};

const controls: readonly PersonCommand[] = [
  { type: "meeting.lock", locked: true },
  { type: "meeting.suspend" },
  { type: "meeting.resume" },
  { type: "meeting.setWaitingRoom", on: false, waiting: "keep" },
  { type: "meeting.setRights", rights: everyone },
  { type: "meeting.setHostMessage", message: "Soon" },
  { type: "meeting.end" },
];

test("[SEC-1] the security menu is the hosts'; resuming is the host's alone", () => {
  for (const command of controls) {
    const at = liveRoom(
      { rename: "everyone", verifier: true, waitingRoom: true },
      coHost,
      verifier,
      customer,
    );
    expect(at.codeOf(verifier, command)).toBe("not_allowed");
    expect(at.codeOf(customer, command)).toBe("not_allowed");
    const expected = command.type === "meeting.resume" ? "not_allowed" : null;
    const fixed = command.type === "meeting.setWaitingRoom" ? "fixed_by_policy" : expected;
    expect(at.codeOf(coHost, command)).toBe(fixed);
  }
});

test("[SEC-1] suspending stops all media, chat and sharing at once, for hosts as well, and locks", () => {
  const at = liveRoom({}, coHost, customer);
  at.as(coHost, { type: "meeting.suspend" });
  for (const who of [host, coHost, customer]) {
    expect(grantsOf(at.state, at.person(who))).toEqual({ subscribe: false, sources: [] });
    const able = [...capabilitiesOf(at.state, at.person(who))];
    expect(able.filter((one) => /^(?:media|chat|hand|reaction)\./u.test(one))).toEqual([]);
  }
  expect(at.state.locked).not.toBeNull();
});

test("[SEC-1] a suspended meeting is neither unlocked nor resumed by a co-host", () => {
  const at = liveRoom({}, coHost);
  at.as(coHost, { type: "meeting.suspend" });
  expect(at.codeOf(coHost, { type: "meeting.resume" })).toBe("not_allowed");
  expect(at.codeOf(host, { type: "meeting.lock", locked: false })).toBe("not_allowed");
  at.as(host, { type: "meeting.resume" });
  expect(at.codeOf(host, { type: "meeting.lock", locked: false })).toBeNull();
});

test("[SEC-1] after resuming everybody is muted, whatever was asked of them before, and the lock stays", () => {
  const at = liveRoom({ unmute: "hosts" }, customer);
  at.as(host, { type: "participant.askToUnmute", admissionId: at.idOf(customer) });
  at.as(host, { type: "meeting.suspend" });
  const events = at.as(host, { type: "meeting.resume" });
  expect(events).toMatchObject([
    { type: "meeting.resumed" },
    {
      type: "participant.muted",
      source: "microphone",
      admissionIds: [at.idOf(host), at.idOf(customer)],
    },
  ]);
  expect(grantsOf(at.state, at.person(customer)).sources).not.toContain("microphone");
  expect(at.state.locked).not.toBeNull();
});

test("[SEC-1] doing again what is done already changes and records nothing", () => {
  const at = liveRoom();
  for (const command of [
    { type: "meeting.lock", locked: false },
    { type: "meeting.resume" },
    { type: "meeting.setWaitingRoom", on: true, waiting: "keep" },
    { type: "meeting.setHostMessage", message: " " },
    { type: "link.reopen" },
  ] as const)
    expect(at.as(host, command)).toEqual([]);
  at.as(host, { type: "meeting.suspend" });
  expect(at.as(host, { type: "meeting.suspend" })).toEqual([]);
});

function offWith(at: Room, waiting: "keep" | "admit" | "deny") {
  return at.codeOf(host, { type: "meeting.setWaitingRoom", on: false, waiting });
}

test("[ADM-12] turning the waiting room off says what becomes of those in it", () => {
  for (const [waiting, expected] of [
    ["keep", "waiting"],
    ["admit", "admitted"],
    ["deny", "denied"],
  ] as const) {
    const at = liveRoom();
    at.ask(customer);
    at.ask(colleague);
    expect(offWith(at, waiting)).toBeNull();
    expect([at.statusOf(customer), at.statusOf(colleague)]).toEqual([expected, expected]);
  }
});

test("[ADM-12] with nobody in it, or on again, nothing else happens", () => {
  const at = liveRoom();
  expect(offWith(at, "admit")).toBeNull();
  at.ask(customer);
  expect(at.statusOf(customer)).toBe("admitted");
  at.as(host, { type: "meeting.setWaitingRoom", on: true, waiting: "keep" });
  at.ask(stranger);
  expect(at.statusOf(stranger)).toBe("waiting");
});

test("[ADM-12] a meeting that is locked, fixed or verified is not opened by that switch", () => {
  const locked = liveRoom();
  locked.ask(customer);
  locked.as(host, { type: "meeting.lock", locked: true });
  expect(offWith(locked, "admit")).toBe("meeting_locked");
  expect(offWith(liveRoom({ confidentiality: "medium" }), "keep")).toBe("fixed_by_policy");
  expect(offWith(liveRoom({ verifier: true }), "keep")).toBe("fixed_by_policy");
  expect(locked.state.waitingRoomOff).toBe(false);
});

test("[SEC-2] rights narrow within the policy and never open what it closes", () => {
  const at = liveRoom({ screenShare: "hosts", rename: "everyone" }, customer);
  const rights = (patch: Partial<Rights>) =>
    ({ type: "meeting.setRights", rights: { ...everyone, screenShare: "hosts", ...patch } }) as const;
  expect(at.codeOf(host, rights({ screenShare: "everyone" }))).toBe("fixed_by_policy");
  at.as(host, rights({ chat: "hosts" }));
  expect(capabilitiesOf(at.state, at.person(customer)).has("chat.send")).toBe(false);
  at.as(host, rights({ chat: "everyone" }));
  expect(capabilitiesOf(at.state, at.person(customer)).has("chat.send")).toBe(true);
});

test("[CNF-5] a policy that tightens in a live meeting counts at once, over rights given before", () => {
  const at = liveRoom({}, customer);
  expect(grantsOf(at.state, at.person(customer)).sources).toContain("screenShare");
  at.change({ confidentiality: "medium" });
  expect(audienceOf(at.state, "screenShare")).toBe("nobody");
  expect(grantsOf(at.state, at.person(customer)).sources).not.toContain("screenShare");
});

test("[CNF-5] whoever no longer meets tightened rules goes back to waiting, is not banned, and hosts stay", () => {
  const at = liveRoom({}, customer);
  at.change({ whoMayJoin: "signedIn" });
  const sent = at.person(customer);
  expect([sent.status.kind, sent.sentBackByRules, at.state.bans.size]).toEqual(["waiting", true, 0]);
  expect(at.person(host).status.kind).toBe("admitted");
  // The rules are open again: the request still stands and is admitted.
  at.change({});
  expect(at.person(customer).status.kind).toBe("waiting");
});

test("[CNF-5] verification that becomes needed sends back whom nobody has verified; what changes nothing sends nobody", () => {
  const at = liveRoom({}, customer);
  at.change({ topic: "Another topic" });
  at.change({ chat: "hosts" });
  expect(at.person(customer).status.kind).toBe("admitted");
  at.change({ verifier: true });
  expect(at.person(customer).status.kind).toBe("waiting");
  const proved = liveRoom({}, customer);
  proved.change({ guestProof: "address" });
  expect(proved.person(customer).status.kind).toBe("waiting");
});

test("[CNF-5] what is asked for only since people are inside is asked of them, too: they wait, and say it on asking anew", () => {
  const unsaid = { facts: { agreed: false, factSheet: null, deviceDeclared: false } };
  for (const change of [{ agreement: true }, { registration: "required" }] as const) {
    const at = liveRoom({});
    at.ask(customer, unsaid);
    at.letIn(customer);
    at.change(change);
    const person = at.person(customer);
    expect([person.status.kind, person.sentBackByRules, hasToAskAnew(at.state, person)]).toEqual([
      ...["waiting", true, true],
    ]);
    expect([at.person(host).status.kind, at.state.bans.size]).toEqual(["admitted", 0]);
  }
  const said = liveRoom({}, customer);
  said.change({ agreement: true });
  expect(said.person(customer).status.kind).toBe("admitted");
});

test("[SEC-2] unlocking one right grants no other", () => {
  const closed: Rights = { screenShare: "nobody", chat: "nobody", rename: "nobody", unmute: "nobody" };
  const at = liveRoom({ rename: "everyone" }, customer);
  const able = () => new Set(capabilitiesOf(at.state, at.person(customer)));
  at.as(host, { type: "meeting.setRights", rights: closed });
  const before = able();
  for (const [right, capability] of [
    ["screenShare", "media.screenShare"],
    ["chat", "chat.send"],
    ["rename", "participant.renameSelf"],
    ["unmute", "media.microphone"],
  ] as const) {
    at.as(host, { type: "meeting.setRights", rights: { ...closed, [right]: "everyone" } });
    expect([...able()].filter((one) => !before.has(one))).toEqual([capability]);
  }
});

test("[ADM-2] the host's message reaches those who wait as plain lines, and in bounds", () => {
  const at = liveRoom();
  at.as(host, {
    type: "meeting.setHostMessage",
    message: `10分\u0000後\nに\u202E始めます${"𠮷".repeat(600)}`,
  });
  expect(at.state.hostMessage.startsWith("10分後\nに始めます𠮷")).toBe(true);
  expect([...at.state.hostMessage].length).toBe(500);
});

test("[MTG-3] the end for everyone ends every stay and every request, and keeps the settings", () => {
  const at = liveRoom({}, customer);
  at.ask(stranger);
  at.as(host, { type: "meeting.setHostMessage", message: "Soon" });
  at.as(host, { type: "meeting.end" });
  expect([at.state.phase, at.state.inside.size]).toEqual(["ended", 0]);
  expect(at.person(stranger).status).toMatchObject({ kind: "left", reason: "ended" });
  expect(at.outcome(stranger)).toEqual({ kind: "notAccepted" });
  expect(at.codeOf(host, { type: "meeting.end" })).toBe("not_in_meeting");
  at.bringIn(host);
  expect([at.state.phase, at.statusOf(customer), at.state.hostMessage]).toEqual(["live", "left", "Soon"]);
});

test("[MTG-3] a cancelled meeting ends, once", () => {
  const at = liveRoom({}, customer);
  at.do({ type: "gate.end", reason: "cancelled" });
  expect([at.state.phase, at.state.inside.size]).toEqual(["ended", 0]);
  expect(at.do({ type: "gate.end", reason: "cancelled" })).toMatchObject({ events: [] });
});
