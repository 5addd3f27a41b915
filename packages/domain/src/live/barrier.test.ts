import { expect, test } from "vitest";
import {
  account,
  barriers,
  guest,
  liveRoom,
  minute,
  people,
  room,
} from "../../../testkit/src/arbitraries/index.ts";
import type { Walls, Room } from "../../../testkit/src/arbitraries/index.ts";
import { unknownBarriers, type BarrierFreshness } from "../barrier/context.ts";
import { maskOf } from "../barrier/flags.ts";
import { capabilitiesOf, grantsOf } from "./capabilities.ts";
import { mayConnect } from "./entrance.ts";
import type { Principal } from "./state.ts";
import { id } from "../unsafe.ts";

const { host, coHost, colleague, invited, customer, stranger } = people;
const third = account("third");

/** Investment bank and research are walled off; research and sales may meet, but not share. */
const bank: Walls = {
  groups: {
    ib: ["colleague"],
    research: ["invited"],
    sales: ["third"],
    hosts: ["host", "coHost", "verifier"],
  },
  policies: [
    ["ib", "research", ["meeting"]],
    ["research", "sales", ["in_meeting_chat", "screen_share"]],
  ],
};

function behind(walls: Walls, at: Room = liveRoom()): Room {
  at.barrier = barriers(walls);
  at.do({ type: "barrier.apply" });
  return at;
}

function able(at: Room, who: Principal) {
  return [...capabilitiesOf(at.state, at.person(who))];
}

test("[BAR-3] whoever comes later is refused at the request, and the refusal says nothing more than any other", () => {
  const at = behind(bank);
  at.bringIn(colleague);
  const refused = at.ask(invited);
  expect(refused.outcome).toEqual({ kind: "refused", reason: "barrier" });
  expect(refused.reference).toMatch(/^[A-Z0-9]{3}-[A-Z0-9]{4}$/u);
  expect(at.state.inside.size).toBe(2);
});

test("[BAR-3] it is the same the other way round (I11)", () => {
  const at = behind(bank);
  at.bringIn(invited);
  expect(at.outcome(colleague)).toEqual({ kind: "refused", reason: "barrier" });
});

test("[BAR-3] whoever waits goes as soon as somebody on the other side comes in, and may ask again later", () => {
  const at = behind(bank);
  at.ask(invited);
  at.ask(colleague);
  expect([at.statusOf(invited), at.statusOf(colleague)]).toEqual(["waiting", "waiting"]);
  at.admit(host, colleague);
  expect(at.statusOf(invited)).toBe("barred");
  at.as(colleague, { type: "participant.leave", handTo: null });
  expect(at.outcome(invited).kind).toBe("register");
});

test("[BAR-3] of two admitted in one step the first stays: both never are in", () => {
  const at = behind(bank);
  at.ask(invited);
  at.ask(colleague);
  const rows = at.rowsOf(colleague, invited);
  const decision = at.do({ type: "admission.admit", rows, method: null, standInReason: null }, host);
  expect(decision).toMatchObject({
    result: {
      done: [at.idOf(colleague)],
      skipped: [{ admissionId: at.idOf(invited), code: "not_admissible" }],
    },
  });
  expect([at.statusOf(colleague), at.statusOf(invited)]).toEqual(["admitted", "barred"]);
});

test.each([
  ["host", { groups: { a: ["host"], b: ["colleague"] }, policies: [["a", "b", ["meeting"]]] }, {}],
  ["co-host", { groups: { a: ["coHost"], b: ["colleague"] }, policies: [["a", "b", ["meeting"]]] }, {}],
  [
    "verifier",
    { groups: { a: ["verifier"], b: ["colleague"] }, policies: [["a", "b", ["meeting"]]] },
    { verifier: true },
  ],
] as const)(
  "[BAR-3] somebody walled off from the %s is refused though that person is not there",
  (_who, walls, choice) => {
    const at = room(choice);
    at.barrier = barriers(walls);
    expect(at.outcome(colleague)).toEqual({ kind: "refused", reason: "barrier" });
    at.barrier = barriers({ ...walls, policies: [] });
    expect(at.outcome(colleague).kind).toBe("register");
  },
);

test("[BAR-3] the host's own seat is nobody's to take: a co-host on the other side is the one who is refused", () => {
  const at = room();
  at.barrier = barriers({ groups: { a: ["host"], b: ["coHost"] }, policies: [["a", "b", ["meeting"]]] });
  expect(at.outcome(coHost)).toEqual({ kind: "refused", reason: "barrier" });
  expect(at.outcome(host).kind).toBe("register");
});

test("[BAR-3] a co-host's seat counts though the co-host could not take it, or one more policy would let somebody in (I12)", () => {
  const at = room();
  at.barrier = barriers({
    groups: { a: ["host"], b: ["coHost"], c: ["colleague"] },
    policies: [
      ["a", "b", ["meeting"]],
      ["b", "c", ["meeting"]],
    ],
  });
  expect(at.outcome(colleague)).toEqual({ kind: "refused", reason: "barrier" });
});

test("[BAR-3] the barrier is asked before capacity, so that full tells nothing", () => {
  const at = behind(bank);
  at.bringIn(colleague);
  at.limits = { ...at.limits, capacity: 2 };
  expect(at.outcome(invited)).toEqual({ kind: "refused", reason: "barrier" });
  expect(at.outcome(third)).toEqual({ kind: "refused", reason: "capacity" });
});

test("[BAR-3] whoever is away for a moment is still there for the barrier (I1)", () => {
  const at = behind(bank);
  at.bringIn(colleague);
  at.drop(colleague);
  at.tick(minute);
  expect(at.outcome(invited)).toEqual({ kind: "refused", reason: "barrier" });
  at.tick(2 * minute);
  expect(at.outcome(invited).kind).toBe("register");
});

test("[BAR-3] two devices of one person are no pair, even where a group is walled off from itself", () => {
  const walls: Walls = {
    groups: { pool: ["colleague", "third"], rest: ["host", "coHost"] },
    policies: [["pool", "pool", ["meeting"]]],
  };
  const at = behind(walls);
  at.bringIn(colleague);
  expect(at.outcome(account("colleague", "phone")).kind).toBe("register");
  expect(at.outcome(third)).toEqual({ kind: "refused", reason: "barrier" });
});

test("[BAR-1] a group with itself: between different members of it, and with nobody else", () => {
  const at = behind({
    groups: { pool: ["colleague", "third"], rest: ["invited", "host", "coHost"] },
    policies: [["pool", "pool", ["meeting"]]],
  });
  at.bringIn(colleague, invited);
  expect(at.outcome(third)).toEqual({ kind: "refused", reason: "barrier" });
});

test("[BAR-4] a soft block is off for everybody, host included, in the commit that brings the pair together", () => {
  const at = behind(bank);
  at.bringIn(invited);
  expect(able(at, host)).toEqual(expect.arrayContaining(["chat.send", "media.screenShare"]));
  at.ask(third);
  const events = at.admit(host, third);
  expect(events.map((event) => event.type)).toEqual(["admission.admitted", "barrier.masked"]);
  for (const who of [host, invited, third]) {
    expect(able(at, who)).not.toContain("chat.send");
    expect(grantsOf(at.state, at.person(who)).sources).not.toContain("screenShare");
  }
  expect(at.state.barrier.mask).toBe(maskOf(["in_meeting_chat", "screen_share"]));
});

test("[BAR-4] it relaxes when the pair is apart again, and not before (I25)", () => {
  const at = behind(bank);
  at.bringIn(invited, third);
  at.drop(third);
  expect(able(at, host)).not.toContain("chat.send");
  at.tick(3 * minute);
  expect(at.statusOf(third)).toBe("left");
  expect(able(at, host)).toContain("chat.send");
});

test("[BAR-4] whoever waits counts for nothing", () => {
  const at = behind(bank);
  at.bringIn(invited);
  at.ask(third);
  expect(able(at, host)).toContain("chat.send");
});

test("[BAR-4] the strictest of all pairs holds", () => {
  const at = behind({
    groups: { a: ["host"], b: ["colleague"], c: ["third"] },
    policies: [
      ["a", "b", ["in_meeting_chat"]],
      ["b", "c", ["screen_share", "recording", "file_transfer"]],
    ],
  });
  at.bringIn(colleague, third);
  expect(at.state.barrier.mask).toBe(
    maskOf(["in_meeting_chat", "screen_share", "recording", "file_transfer"]),
  );
});

test("[BAR-5] a new policy removes the later one, keeps the host, and bars nobody for good", () => {
  const at = liveRoom({}, invited, colleague);
  behind(bank, at);
  expect([at.statusOf(host), at.statusOf(invited), at.statusOf(colleague)]).toEqual([
    "admitted",
    "admitted",
    "left",
  ]);
  expect(at.state.bans.size).toBe(0);
  at.barrier = barriers({ ...bank, policies: [] }, 2);
  expect(at.outcome(colleague).kind).toBe("register");
});

test("[BAR-5] the order is host, then admission: whoever conflicts with nobody kept is kept (I18)", () => {
  const at = liveRoom({}, colleague, invited, third, customer);
  behind(
    {
      groups: { a: ["host"], b: ["colleague"], c: ["invited"], d: ["third"], free: ["coHost"] },
      policies: [
        ["a", "b", ["meeting"]],
        ["b", "c", ["meeting"]],
        ["c", "d", ["meeting"]],
      ],
    },
    at,
  );
  const left = [colleague, invited, third, customer].map((one) => at.statusOf(one));
  // colleague goes for the host's sake; invited then stands with nobody kept; third conflicts with invited.
  expect(left).toEqual(["left", "admitted", "left", "admitted"]);
});

test("[BAR-5] somebody walled off from an absent host or co-host goes as well", () => {
  const at = liveRoom({}, colleague);
  behind({ groups: { a: ["coHost"], b: ["colleague"] }, policies: [["a", "b", ["meeting"]]] }, at);
  expect(at.statusOf(colleague)).toBe("left");
});

test("[BAR-5] whoever has to go cannot connect before the sweep has come either", () => {
  const at = liveRoom({}, invited, colleague);
  const seat = { admissionId: at.idOf(colleague), principal: colleague };
  const ask = (barrier = at.barrier) =>
    mayConnect(at.state, seat, { now: at.now, dropGraceMs: minute, barrier }) !== null;
  expect(ask()).toBe(true);
  expect(ask(barriers(bank))).toBe(false);
});

test("[BAR-5] a sweep that changes nothing writes nothing, and a second one never does (I23)", () => {
  const at = liveRoom({}, invited, colleague);
  at.barrier = barriers({ groups: {}, policies: [] });
  expect(at.do({ type: "barrier.apply" })).toMatchObject({ events: [] });
  behind(bank, at);
  expect(at.do({ type: "barrier.apply" })).toMatchObject({ events: [] });
});

test("[BAR-7] people without a group inherit what every policy says; outsiders carry nothing", () => {
  const at = behind({
    groups: { ib: ["invited"], research: [], free: ["host", "coHost"] },
    policies: [["ib", "research", ["meeting"]]],
  });
  at.bringIn(invited, customer);
  expect(at.outcome(colleague)).toEqual({ kind: "refused", reason: "barrier" });
  at.as(invited, { type: "participant.leave", handTo: null });
  at.bringIn(colleague);
  // Two people without a group: the union of all policies.
  expect(at.outcome(third)).toEqual({ kind: "refused", reason: "barrier" });
  expect(at.outcome(stranger).kind).toBe("register");
});

test("[BAR-7] where the organisation chose so, people without a group are unrestricted", () => {
  const at = behind({
    groups: { ib: ["invited"], research: [] },
    policies: [["ib", "research", ["meeting"]]],
    rules: { ungrouped: "unrestricted" },
  });
  at.bringIn(invited, colleague);
  expect(at.outcome(third).kind).toBe("register");
});

test("[BAR-7] an outsider whose proved domain a group names counts in it", () => {
  const outside = { ...guest("auditor"), provedDomain: "audit.example" } as const;
  const at = behind({
    groups: { ib: ["colleague"], auditors: [], free: ["host", "coHost"] },
    domains: { auditors: ["audit.example"] },
    policies: [["ib", "auditors", ["meeting"]]],
  });
  at.bringIn(colleague);
  expect(at.outcome(outside)).toEqual({ kind: "refused", reason: "barrier" });
  expect(at.outcome(stranger).kind).toBe("register");
});

test.each(["expired", "none"] as const)(
  "[BAR-10] with a copy that is %s nobody new comes in, and who is in stays",
  (freshness: BarrierFreshness) => {
    const at = liveRoom({}, colleague);
    at.ask(third);
    const row = at.rowsOf(third);
    at.barrier = barriers({ groups: {}, policies: [] }, 1, freshness);
    at.do({ type: "barrier.apply" });
    expect(at.outcome(customer)).toEqual({ kind: "refused", reason: "barrier_unknown" });
    expect(at.codeOf(host, { type: "admission.admit", rows: row, method: null, standInReason: null })).toBe(
      "not_admissible",
    );
    expect([at.statusOf(colleague), at.statusOf(host)]).toEqual(["admitted", "admitted"]);
  },
);

test("[BAR-10] a stale copy goes on deciding, and says so in the record", () => {
  const at = liveRoom();
  at.barrier = barriers(bank, 7, "stale");
  at.ask(colleague);
  const [event] = at.admit(host, colleague);
  expect(event).toMatchObject({ type: "admission.admitted", barrier: { version: 7, freshness: "stale" } });
});

test("[BAR-10] while nothing is known nobody new comes in", () => {
  const at = liveRoom();
  at.barrier = unknownBarriers;
  expect(at.outcome(customer)).toEqual({ kind: "refused", reason: "barrier_unknown" });
  expect(at.outcome(account("host", "phone"))).toEqual({ kind: "refused", reason: "barrier_unknown" });
});

test("[BAR-8] with sign-in required, an outsider comes in on a proved exception and not otherwise", () => {
  const at = liveRoom({ whoMayJoin: "signedIn" });
  expect(at.outcome(customer)).toEqual({ kind: "ask", factor: "signIn" });
  const proved = { ...guest("proved"), provedDomain: "law.example" } as const;
  expect(at.outcome(proved, { facts: { excepted: true } }).kind).toBe("register");
});

test("[SEC-7] somebody made co-host in the meeting keeps that seat from those on the other side", () => {
  const at = behind(bank);
  at.bringIn(colleague);
  at.as(host, { type: "participant.appoint", admissionId: at.idOf(colleague), role: "coHost" });
  at.as(colleague, { type: "participant.leave", handTo: null });
  expect(at.outcome(invited)).toEqual({ kind: "refused", reason: "barrier" });
});

test("[ADM-8] a removal holds for the proved address in any other browser", () => {
  const at = liveRoom({ whoMayJoin: "signedIn" });
  const proved = { facts: { excepted: true } };
  const proof = { provedDomain: "law.example", provedAddress: "keyed" };
  const first = { kind: "guest", guestId: id.guest("first"), device: "first", ...proof } as const;
  const again = { kind: "guest", guestId: id.guest("again"), device: "again", ...proof } as const;
  at.ask(first, proved);
  at.letIn(first);
  at.as(host, { type: "participant.remove", admissionId: at.idOf(first), report: false });
  at.as(host, { type: "link.reopen" });
  expect(at.outcome(again, proved)).toEqual({ kind: "refused", reason: "removed_before" });
  const other = { ...again, provedAddress: "another", guestId: id.guest("other"), device: "other" };
  expect(at.outcome(other, proved).kind).toBe("register");
});

test("[BAR-10] a wall made while the pulled source has no copy acts on who is inside all the same", () => {
  const at = liveRoom({}, invited, colleague);
  at.barrier = barriers(bank, 3, "none");
  at.do({ type: "barrier.apply" });
  expect(at.statusOf(colleague)).toBe("left");
});

test("[BAR-10] neither nothing known nor an older version lifts what a newer one has put in force (I14)", () => {
  const at = behind(bank);
  at.bringIn(invited, third);
  const { mask } = at.state.barrier;
  expect(mask).not.toBe(0);
  for (const older of [unknownBarriers, barriers({ groups: {}, policies: [] }, 0)]) {
    at.barrier = older;
    expect(at.do({ type: "barrier.apply" })).toMatchObject({ events: [] });
    at.do({ type: "participant.leave", handTo: null }, third);
    expect(at.state.barrier.mask).toBe(mask);
  }
});

test("[BAR-8] whoever sat in as a guest before people had to sign in goes when they have to", () => {
  const at = liveRoom({}, colleague);
  at.bringIn(customer);
  at.ask(stranger);
  at.barrier = barriers({ groups: {}, policies: [] });
  at.change({ whoMayJoin: "signedIn" });
  expect([at.statusOf(customer), at.statusOf(stranger)]).toEqual(["left", "barred"]);
  expect([at.statusOf(host), at.statusOf(colleague)]).toEqual(["admitted", "admitted"]);
  const seat = { admissionId: at.idOf(customer), principal: customer };
  expect(mayConnect(at.state, seat, { now: at.now, dropGraceMs: minute, barrier: at.barrier })).toBeNull();
});
