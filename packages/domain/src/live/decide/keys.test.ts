import { expect, test } from "vitest";
import { goodFacts, liveRoom, people, room, type Room } from "../../../../testkit/src/arbitraries/index.ts";
import { noBarriers } from "../../barrier/context.ts";
import { mayConnect } from "../entrance.ts";
import { awaitingKeys, isKeyed } from "../keys.ts";
import type { Principal } from "../state.ts";

const { host, coHost, colleague, customer, stranger, verifier } = people;
const encrypted = { encryption: "e2ee" } as const;

function mayConnectNow(at: Room, who: Principal): boolean {
  const seat = { admissionId: at.idOf(who), principal: who };
  const now = { now: at.now, dropGraceMs: at.limits.dropGraceMs, barrier: noBarriers };
  return mayConnect(at.state, seat, now) !== null;
}

function commit(at: Room, added: readonly Principal[], removed: readonly Principal[] = []) {
  const main = at.state.keyGroups.get("main");
  return {
    type: "keys.commit",
    group: "main",
    generation: main?.generation ?? 0,
    epoch: main?.epoch ?? 0,
    added: added.map((one) => at.idOf(one)),
    removed: removed.map((one) => at.idOf(one)),
    digest: "d",
  } as const;
}

test("[ENC-7] decision, keys, ticket: whoever was admitted has no place before a member has added them", () => {
  const at = liveRoom(encrypted);
  at.ask(customer);
  at.offerKeys(customer);
  at.letIn(customer);
  expect([at.statusOf(customer), mayConnectNow(at, customer)]).toEqual(["admitted", false]);
  const dialled = {
    admissionId: at.idOf(customer),
    connectionId: "c",
    sfuIdentity: at.person(customer).sfuIdentity ?? "",
  };
  expect(at.codeOf(null, { type: "gate.connected", ...dialled })).toBe("not_in_meeting");
  expect(awaitingKeys(at.state)).toEqual([{ admissionId: at.idOf(customer), ready: true }]);
  at.key(customer);
  expect(mayConnectNow(at, customer)).toBe(true);
  expect(at.codeOf(null, { type: "gate.connected", ...dialled })).toBeNull();
});

test("[ENC-7] nobody is admitted whose device has offered nothing to add", () => {
  const at = liveRoom(encrypted);
  at.ask(customer);
  const admitting = { type: "admission.admit", method: null, standInReason: null } as const;
  expect(at.codeOf(host, { ...admitting, rows: at.rowsOf(customer) })).toBe("keys_not_ready");
  at.offerKeys(customer);
  expect(at.codeOf(host, { ...admitting, rows: at.rowsOf(customer) })).toBeNull();
});

test("[ENC-7] added by nobody within 10 s: back to the waiting room, and a late commit finds nobody to add", () => {
  const at = liveRoom(encrypted);
  at.ask(customer);
  at.offerKeys(customer);
  at.letIn(customer);
  expect(at.tick(9_999)).toEqual([]);
  expect(at.tick(1)).toMatchObject([{ type: "keys.missed", admissionId: at.idOf(customer) }]);
  expect(at.statusOf(customer)).toBe("waiting");
  expect(at.codeOf(host, commit(at, [customer]))).toBe("no_such_person");
});

test("[ENC-7] only who may admit adds, only who is in the group commits, and only whom the gate has admitted is added", () => {
  const at = liveRoom(encrypted, colleague);
  at.ask(customer);
  at.offerKeys(customer);
  expect(at.codeOf(host, commit(at, [customer]))).toBe("no_such_person");
  at.letIn(customer);
  expect(at.codeOf(colleague, commit(at, [customer]))).toBe("not_allowed");
  expect(at.codeOf(customer, commit(at, [customer]))).toBe("not_allowed");
  expect(at.codeOf(host, commit(at, [customer]))).toBeNull();
});

test("[ENC-2] the first commit of an epoch counts; another of the same epoch, and one of an old group, is told so", () => {
  const at = liveRoom(encrypted, colleague);
  const rekey = commit(at, []);
  at.as(colleague, rekey);
  expect(at.codeOf(host, rekey)).toBe("keys_taken");
  expect(at.codeOf(host, commit(at, []))).toBeNull();
  const last = commit(at, []);
  at.as(host, { type: "keys.found", group: "main", generation: 2 });
  expect(at.codeOf(host, last)).toBe("keys_taken");
});

test("[ADM-8] nobody is put out of the keys who stays in the meeting; whoever is out of it is out of the keys at once", () => {
  const at = liveRoom(encrypted, colleague, customer);
  expect(at.codeOf(host, commit(at, [], [colleague]))).toBe("not_allowed");
  at.as(host, { type: "participant.remove", admissionId: at.idOf(colleague), report: false });
  expect(at.state.keyGroups.get("main")?.members.has(at.idOf(colleague))).toBe(false);
  expect(at.codeOf(customer, commit(at, [], [colleague]))).toBeNull();
});

test("[ENC-2] whoever offers anew has lost the keys, and is out until added again, in one step with the old leaf", () => {
  const at = liveRoom(encrypted, customer);
  at.offerKeys(customer, "another");
  expect(isKeyed(at.state, at.person(customer))).toBe(false);
  at.as(host, commit(at, [customer], [customer]));
  expect(isKeyed(at.state, at.person(customer))).toBe(true);
  // A package is good once.
  expect(at.codeOf(host, commit(at, [customer]))).toBe("no_such_person");
});

test("[ENC-2] the keys are begun by who hosts; anew, everybody has to be added anew, and nobody drops out for it", () => {
  const at = liveRoom(encrypted, coHost, customer);
  expect(at.codeOf(customer, { type: "keys.found", group: "main", generation: 2 })).toBe("not_allowed");
  at.as(coHost, { type: "keys.found", group: "main", generation: 2 });
  expect([host, coHost, customer].map((one) => isKeyed(at.state, at.person(one)))).toEqual([
    false,
    true,
    false,
  ]);
  expect(at.tick(60_000)).toEqual([]);
  at.offerKeys(customer, "second");
  at.as(coHost, commit(at, [customer]));
  expect(isKeyed(at.state, at.person(customer))).toBe(true);
});

test("[ADM-13] a verification call has keys of its own: begun by the verifier, for the applicant alone", () => {
  const at = liveRoom({ ...encrypted, verifier: true }, verifier);
  at.ask(customer);
  const [row = { admissionId: at.nobody, revision: 0 }] = at.rowsOf(customer);
  at.as(verifier, { type: "verificationCall.start", row });
  at.as(customer, { type: "verificationCall.answer", accept: true });
  const group = at.idOf(customer);
  expect([mayConnectNow(at, customer), mayConnectNow(at, verifier)]).toEqual([false, false]);
  expect(at.codeOf(host, { type: "keys.found", group, generation: 1 })).toBe("not_allowed");
  at.as(verifier, { type: "keys.found", group, generation: 1 });
  at.as(customer, { type: "keys.offer", group, digest: "for the call" });
  expect(at.codeOf(host, { type: "keys.offer", group, digest: "mine" })).toBe("not_in_meeting");
  at.as(verifier, { ...commit(at, [customer]), group, generation: 1, epoch: 0 });
  expect([mayConnectNow(at, customer), mayConnectNow(at, verifier)]).toEqual([true, true]);
  at.as(verifier, { type: "verificationCall.end" });
  expect([...at.state.keyGroups.keys()]).toEqual(["main"]);
});

test("[ENC-1] a running meeting is never taken out of end-to-end encryption; the next one may be", () => {
  const at = liveRoom(encrypted, customer);
  at.change({});
  expect(at.state.settings.policy.values.encryption).toBe("e2ee");
  at.as(host, { type: "meeting.end" });
  at.change({});
  expect(at.state.settings.policy.values.encryption).toBe("transport");
});

test("[CNF-5] a rise to end-to-end encryption: everybody waits, hosts begin a new stay, bans stay", () => {
  const at = liveRoom({}, coHost, customer, stranger);
  at.as(host, { type: "participant.remove", admissionId: at.idOf(stranger), report: false });
  const stays = [host, coHost].map((one) => at.person(one).sfuIdentity);
  at.change(encrypted);
  expect(at.statusOf(customer)).toBe("waiting");
  expect([host, coHost].map((one) => at.statusOf(one))).toEqual(["admitted", "admitted"]);
  for (const one of [host, coHost]) {
    expect(stays).not.toContain(at.person(one).sfuIdentity);
    expect(mayConnectNow(at, one)).toBe(false);
  }
  expect(at.outcome(stranger, { facts: goodFacts })).toMatchObject({ kind: "refused" });
});

test("[ENC-3] breakout rooms are off: their people would hear each other by keys that others hold too", () => {
  const at = liveRoom(encrypted);
  const rooms = [{ id: null, name: "One" }];
  expect(at.codeOf(host, { type: "breakout.arrange", rooms, choose: false, mayReturn: true })).toBe(
    "not_allowed",
  );
});

test("[ENC-2] without end-to-end encryption there are no keys, and nobody waits for any", () => {
  const at = room();
  at.ask(host);
  expect(at.codeOf(host, { type: "keys.offer", group: "main", digest: "d" })).toBe("not_allowed");
  expect(at.codeOf(host, { type: "keys.found", group: "main", generation: 1 })).toBe("not_allowed");
  expect(mayConnectNow(at, host)).toBe(true);
});
