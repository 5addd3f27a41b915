import { expect, test } from "vitest";
import {
  account,
  guest,
  liveRoom,
  minute,
  people,
  provedGuest,
  room,
  type Room,
} from "../../../../testkit/src/arbitraries/index.ts";
import type { Principal } from "../state.ts";
import type { PersonCommand } from "./command.ts";

const { host, coHost, verifier, colleague, customer, stranger } = people;

function admitting(
  at: Room,
  ...who: readonly Principal[]
): Extract<PersonCommand, { type: "admission.admit" }> {
  return { type: "admission.admit", rows: at.rowsOf(...who), method: null, standInReason: null };
}
function denying(at: Room, ...who: readonly Principal[]): PersonCommand {
  return { type: "admission.deny", rows: at.rowsOf(...who) };
}

test.each([
  ["host", host, null],
  ["co-host", coHost, null],
  ["promoted co-host", colleague, null],
  ["participant", customer, "not_allowed"],
] as const)("[ADM-4] %s admits and denies: %s", (_who, by, expected) => {
  const at = liveRoom({}, coHost, colleague, customer);
  at.as(host, { type: "participant.appoint", admissionId: at.idOf(colleague), role: "coHost" });
  at.ask(people.invited);
  at.ask(stranger);
  expect(at.codeOf(by, admitting(at, people.invited))).toBe(expected);
  expect(at.codeOf(by, denying(at, stranger))).toBe(expected);
});

test("[ADM-4] the assigned verifier admits and denies; the same account without the appointment does not", () => {
  for (const [appointed, expected] of [
    [true, null],
    [false, "not_allowed"],
  ] as const) {
    const at = liveRoom({ verifier: appointed }, verifier);
    at.ask(colleague);
    at.ask(stranger);
    expect(at.codeOf(verifier, admitting(at, colleague))).toBe(expected);
    expect(at.codeOf(verifier, denying(at, stranger))).toBe(expected);
  }
});

test("[ADM-4] people who only wait, or are not there at all, decide nothing", () => {
  const at = liveRoom();
  at.ask(customer);
  at.ask(colleague);
  expect(at.codeOf(colleague, admitting(at, customer))).toBe("not_in_meeting");
  expect(at.codeOf(stranger, admitting(at, customer))).toBe("not_in_meeting");
  expect(at.codeOf(null, admitting(at, customer))).toBe("not_in_meeting");
  expect(at.codeOf(account("host", "phone"), admitting(at, customer))).toBe("not_in_meeting");
});

test("[ADM-4] several may be admitted in one step, but at high only one", () => {
  const low = liveRoom();
  low.ask(customer);
  low.ask(stranger);
  low.admit(host, customer, stranger);
  expect([low.statusOf(customer), low.statusOf(stranger)]).toEqual(["admitted", "admitted"]);
  const high = liveRoom({ confidentiality: "high", verifier: true });
  const [one, other] = [provedGuest("one"), provedGuest("other")];
  for (const who of [one, other]) high.ask(who, { facts: { addressProved: true } });
  for (const who of [one, other]) high.offerKeys(who);
  const verified = { method: "document", standInReason: "the verifier is ill" } as const;
  const both = { ...admitting(high, one, other), ...verified };
  expect(high.codeOf(host, both)).toBe("admit_all_forbidden");
  expect(high.codeOf(host, { ...admitting(high, one), ...verified })).toBeNull();
});

test("[IDN-4] whoever waits without a proved address is not admitted once one is asked for", () => {
  const at = liveRoom();
  const proved = provedGuest("proved");
  for (const who of [customer, proved]) at.ask(who);
  at.change({ guestProof: "address" });
  expect(at.codeOf(host, admitting(at, customer))).toBe("fixed_by_policy");
  expect(at.codeOf(host, admitting(at, proved))).toBeNull();
});

test("[ADM-8] an address that was proved for something else leaves no door open after a removal", () => {
  const at = liveRoom({}, provedGuest("elsewhere"));
  at.as(host, { type: "participant.remove", admissionId: at.idOf(provedGuest("elsewhere")), report: false });
  expect(at.state.linkClosedToUnproved).toBe(true);
  const asks = room({ guestProof: "address" });
  asks.bringIn(host);
  asks.ask(provedGuest("invited"), { facts: { addressProved: true } });
  asks.admit(host, provedGuest("invited"));
  asks.as(host, {
    type: "participant.remove",
    admissionId: asks.idOf(provedGuest("invited")),
    report: false,
  });
  expect(asks.state.linkClosedToUnproved).toBe(false);
});

test("[ADM-4] a verifier is required: only the verifier, or the host with a reason, and a method is always said", () => {
  const at = liveRoom({ verifier: true }, coHost, verifier);
  at.ask(customer);
  const plain = admitting(at, customer);
  expect(at.codeOf(coHost, { ...plain, method: "document", standInReason: "hurry" })).toBe("verifier_only");
  expect(at.codeOf(host, { ...plain, method: "document" })).toBe("reason_required");
  expect(at.codeOf(host, { ...plain, method: "document", standInReason: "  " })).toBe("reason_required");
  expect(at.codeOf(host, { ...plain, standInReason: "hurry" })).toBe("method_required");
  expect(at.codeOf(verifier, plain)).toBe("method_required");
  expect(at.codeOf(verifier, { ...plain, method: "knownPerson" })).toBeNull();
  expect(at.person(customer).verification).toMatchObject({
    method: "knownPerson",
    by: at.idOf(verifier),
    standInReason: null,
  });
});

test("[ADM-4] a batch with one person from outside needs the method for the whole batch", () => {
  const at = liveRoom({ verifier: true }, verifier);
  at.ask(colleague);
  at.ask(customer);
  expect(at.codeOf(verifier, admitting(at, colleague, customer))).toBe("method_required");
  expect(at.codeOf(coHost, admitting(at, colleague))).toBe("not_in_meeting");
  expect(at.codeOf(verifier, admitting(at, colleague))).toBeNull();
  expect(at.person(colleague).verification).toBeNull();
});

test("[ADM-4] a denial bars the person until it is lifted", () => {
  const at = liveRoom();
  at.ask(colleague);
  at.as(host, denying(at, colleague));
  expect(at.outcome(account("colleague", "phone"))).toEqual({ kind: "refused", reason: "denied_before" });
  const [ban] = at.state.bans.keys();
  if (ban !== undefined) at.as(host, { type: "ban.lift", banId: ban });
  expect(at.outcome(colleague).kind).toBe("register");
});

test("[ADM-5] the first decision wins; the second one is told, and changes nothing", () => {
  const at = liveRoom({}, coHost);
  at.ask(customer);
  at.ask(stranger);
  const seen = admitting(at, customer);
  const both = admitting(at, customer, stranger);
  at.as(coHost, seen);
  expect(at.codeOf(host, seen)).toBe("already_decided");
  expect(at.do(both, host)).toMatchObject({
    kind: "accepted",
    result: {
      done: [at.idOf(stranger)],
      skipped: [{ admissionId: at.idOf(customer), code: "already_decided" }],
    },
  });
  expect(at.codeOf(host, { type: "admission.deny", rows: seen.rows })).toBe("already_decided");
  expect(at.statusOf(customer)).toBe("admitted");
});

test("[ADM-5] a row that changed since the host looked is not decided on the old sight", () => {
  const at = liveRoom();
  at.ask(customer, { name: "Yamada" });
  const seen = admitting(at, customer);
  at.ask(customer, { name: "Suzuki" });
  expect(at.person(customer)).toMatchObject({ displayName: "Suzuki", revision: 2 });
  expect(at.codeOf(host, seen)).toBe("request_changed");
  expect(at.codeOf(host, admitting(at, customer))).toBeNull();
});

test("[ADM-5] a request survives host changes, reconnects and hours", () => {
  const at = liveRoom({}, coHost);
  at.ask(customer);
  at.as(host, { type: "participant.leave", handTo: null });
  at.drop(coHost);
  at.tick(4 * minute);
  at.tick(2 * minute);
  expect(at.state.phase).toBe("waiting_for_host");
  at.bringIn(host);
  expect(at.statusOf(customer)).toBe("waiting");
  expect(at.codeOf(host, admitting(at, customer))).toBeNull();
});

test("[ADM-5] a row named twice is decided once", () => {
  const at = liveRoom();
  at.ask(customer);
  const rows = at.rowsOf(customer, customer);
  expect(at.as(host, { ...admitting(at, customer), rows })).toHaveLength(1);
});

test("[ADM-1] two waiting devices of one person, admitted in one step, give one seat", () => {
  const phone = account("colleague", "phone");
  const at = liveRoom();
  at.limits = { ...at.limits, capacity: 2 };
  at.ask(colleague);
  const first = at.rowsOf(colleague);
  at.ask(phone);
  at.as(host, { ...admitting(at, phone), rows: [...first, ...at.rowsOf(phone)] });
  const seats = [...at.state.inside].map((one) => at.state.admissions.get(one)?.principal.device);
  expect(seats).toEqual([host.device, phone.device]);
});

test("[ADM-8] a ban closes every request of the person, on whatever device", () => {
  const phone = account("colleague", "phone");
  const at = liveRoom({}, colleague);
  at.ask(phone);
  const waiting = at.rowsOf(phone);
  const inside = [...at.state.inside].find((one) => one !== at.idOf(host));
  if (inside !== undefined) at.as(host, { type: "participant.remove", admissionId: inside, report: false });
  expect(at.codeOf(host, { ...admitting(at, host), rows: waiting })).toBe("already_decided");
  expect(at.state.inside.size).toBe(1);
});

test("[ADM-8] denying a second device takes the person's seat too, so it asks for the right to remove", () => {
  const phone = account("colleague", "phone");
  const at = liveRoom({ verifier: true }, verifier, colleague);
  at.ask(phone);
  expect(at.codeOf(verifier, denying(at, phone))).toBe("not_allowed");
  at.as(host, denying(at, phone));
  expect(at.state.inside.size).toBe(2);
});

test("[SEC-7] a co-host cannot bar another one by denying that one's second device", () => {
  const phone = account("colleague", "phone");
  const at = liveRoom({}, coHost, colleague);
  at.ask(phone);
  const seat = [...at.state.inside].at(-1);
  if (seat !== undefined) at.as(host, { type: "participant.appoint", admissionId: seat, role: "coHost" });
  expect(at.codeOf(coHost, denying(at, phone))).toBe("not_allowed");
  expect(at.codeOf(colleague, denying(at, phone))).toBe("host_cannot_be_removed");
  expect(at.codeOf(host, denying(at, phone))).toBeNull();
});

test("[ADM-4] when the meeting is full, those who fit are admitted and the rest are named", () => {
  const at = liveRoom();
  at.ask(customer);
  at.ask(stranger);
  at.limits = { ...at.limits, capacity: 2 };
  expect(at.do(admitting(at, customer, stranger), host)).toMatchObject({
    result: { done: [at.idOf(customer)], skipped: [{ admissionId: at.idOf(stranger), code: "capacity" }] },
  });
  expect([at.statusOf(stranger), at.codeOf(host, admitting(at, stranger))]).toEqual(["waiting", "capacity"]);
});

test("[ADM-9] somebody sent back waits again, loses seat, verification and hand, and is looked at anew", () => {
  const at = liveRoom({ verifier: true }, verifier);
  at.ask(customer);
  at.as(verifier, { ...admitting(at, customer), method: "document" });
  at.as(customer, { type: "hand.raise" });
  const before = at.person(customer);
  at.as(host, { type: "admission.sendBack", admissionId: before.id });
  expect(at.person(customer)).toMatchObject({
    status: { kind: "waiting" },
    verification: null,
    handRaisedAt: null,
    revision: before.revision + 1,
  });
  expect(at.codeOf(verifier, admitting(at, customer))).toBe("method_required");
});

test("[ADM-9] hosts are not sent back, nor is somebody who is not inside; verifiers send nobody back", () => {
  const at = liveRoom({ verifier: true }, coHost, verifier, colleague);
  at.ask(customer);
  const back = (who: Principal) => ({ type: "admission.sendBack", admissionId: at.idOf(who) }) as const;
  expect(at.codeOf(coHost, back(host))).toBe("host_cannot_be_removed");
  expect(at.codeOf(host, back(coHost))).toBe("host_cannot_be_removed");
  expect(at.codeOf(host, back(customer))).toBe("already_decided");
  expect(at.codeOf(verifier, back(colleague))).toBe("not_allowed");
});

test("[ADM-1] an applicant takes the own request back, and only while waiting", () => {
  const at = room();
  at.ask(customer);
  at.as(customer, { type: "admission.withdraw" });
  expect(at.statusOf(customer)).toBe("withdrawn");
  expect(at.codeOf(customer, { type: "admission.withdraw" })).toBe("already_decided");
  expect(at.codeOf(guest("nobody"), { type: "admission.withdraw" })).toBe("not_in_meeting");
  expect(at.outcome(customer).kind).toBe("register");
});
