/** People who are known beforehand at the door: registered, invited, and by what they have proved (INV-5, IDN-4). */
import { expect, test } from "vitest";
import { liveRoom, people, type Asking } from "../../../testkit/src/arbitraries/index.ts";
import { id } from "../unsafe.ts";
import { isPassedOn } from "./entrance.ts";
import type { Principal } from "./state.ts";

const { host, verifier, customer, stranger, colleague, invited } = people;

type GuestPrincipal = Extract<Principal, { kind: "guest" }>;
const oba = id.registration("oba");
function registrant(name: string, more: Partial<Omit<GuestPrincipal, "kind">> = {}): Principal {
  return { kind: "guest", guestId: id.guest(name), device: name, ...more, registration: oba };
}
const first = registrant("first", { nameProved: true });
const second = registrant("second");
const proved: Asking = { name: "大庭 修一郎", facts: { registered: true, addressProved: true } };
const passedOn: Asking = { name: "大庭 修一郎", facts: { registered: true } };

test("[INV-5] where registration is required nobody else asks, but those who are named for the meeting", () => {
  const at = liveRoom({ registration: "required" });
  for (const who of [customer, colleague])
    expect(at.outcome(who)).toEqual({ kind: "ask", factor: "registration" });
  expect(at.outcome(first, proved).kind).toBe("register");
  expect(at.outcome(invited).kind).toBe("register");
});

test("[IDN-4] where a proof of the address is asked for, a guest without one is asked, an account is not", () => {
  const at = liveRoom({ guestProof: "address" });
  expect(at.outcome(customer)).toEqual({ kind: "ask", factor: "address" });
  expect(at.outcome(customer, { facts: { registered: true } })).toEqual({ kind: "ask", factor: "address" });
  expect(at.outcome(customer, { facts: { addressProved: true } }).kind).toBe("register");
  expect(at.outcome(colleague).kind).toBe("register");
});

test("[INV-5] who waits without a registration is not admitted once one is required", () => {
  const at = liveRoom();
  at.ask(customer);
  at.change({ registration: "required" });
  expect(
    at.codeOf(host, {
      type: "admission.admit",
      rows: at.rowsOf(customer),
      method: null,
      standInReason: null,
    }),
  ).toBe("fixed_by_policy");
});

test("[INV-5] a link that was passed on lets nobody in by itself: the second waits, is told apart, and has to be looked at", () => {
  const at = liveRoom({ registration: "required", waitingRoom: false });
  at.ask(first, proved);
  expect(at.statusOf(first)).toBe("admitted");
  at.ask(second, passedOn);
  expect(at.statusOf(second)).toBe("waiting");
  expect(at.statusOf(first)).toBe("admitted");
});

test("[INV-5] a link that was passed on lets nobody in by itself, though the registrant is not there yet", () => {
  const at = liveRoom({ registration: "required", waitingRoom: false });
  at.ask(second, passedOn);
  expect(at.statusOf(second)).toBe("waiting");
  expect(isPassedOn(at.state, second)).toBe(true);
  const alone = liveRoom({ registration: "required", waitingRoom: false });
  const holder: Principal = { ...colleague, registration: oba };
  alone.ask(holder, { facts: { registered: true } });
  expect(alone.statusOf(holder)).toBe("admitted");
  expect(isPassedOn(alone.state, holder)).toBe(false);
});

test("[ADM-8] a ban finds the registration again, in whatever browser, and leaves the link open for others", () => {
  const at = liveRoom({ registration: "required" });
  at.ask(first, proved);
  at.letIn(first);
  at.as(host, { type: "participant.remove", admissionId: at.idOf(first), report: false });
  expect(at.outcome(second, passedOn)).toMatchObject({ kind: "refused" });
  expect(at.state.linkClosedToUnproved).toBe(false);
  const other: Principal = { ...registrant("other"), registration: id.registration("other") };
  expect(at.outcome(other, { facts: { registered: true } }).kind).toBe("register");
});

test("[ADM-8] denying whoever came by a link that was passed on does not bar the registrant", () => {
  const at = liveRoom({ registration: "required" });
  at.ask(second, passedOn);
  at.ask(first, proved);
  at.as(host, { type: "admission.deny", rows: at.rowsOf(second) });
  expect(at.outcome(registrant("third"), passedOn)).toMatchObject({ kind: "refused" });
  at.letIn(first);
  at.connect(first);
  expect(at.person(first).status).toMatchObject({ kind: "admitted", connection: { kind: "connected" } });
});

test("[ADM-8] whoever had proved nothing closes the link for everybody who has not", () => {
  const at = liveRoom();
  at.bringIn(customer);
  at.as(host, { type: "participant.remove", admissionId: at.idOf(customer), report: false });
  expect(at.outcome(stranger)).toMatchObject({ kind: "refused", reason: "link_closed" });
  expect(at.outcome(stranger, { facts: { addressProved: true } }).kind).toBe("register");
});

test("[IDN-4] a proved name is nobody's to change: not by asking again, not by a rename, not by a host", () => {
  const at = liveRoom({ rename: "everyone" });
  at.ask(first, proved);
  at.ask(first, { ...proved, name: "佐久間 里奈" });
  expect(at.person(first).displayName).toBe("大庭 修一郎");
  at.letIn(first);
  at.connect(first);
  const rename = { type: "participant.rename", admissionId: at.idOf(first), affiliation: "" } as const;
  for (const by of [first, host])
    expect(at.codeOf(by, { ...rename, displayName: "Other" })).toBe("not_allowed");
  expect(at.person(first).displayName).toBe("大庭 修一郎");
});

test("[ADM-4] a match with the registration is a way to verify at low, where the address was proved and nobody shares it", () => {
  const low = { registration: "required", verifier: true } as const;
  const match = { type: "admission.admit", method: "registrationMatch", standInReason: null } as const;
  const at = liveRoom(low, verifier);
  at.ask(second, passedOn);
  expect(at.codeOf(verifier, { ...match, rows: at.rowsOf(second) })).toBe("method_required");
  at.ask(first, proved);
  // Both wait with one registration: a person has to look.
  expect(at.codeOf(verifier, { ...match, rows: at.rowsOf(first) })).toBe("method_required");
  at.as(verifier, { type: "admission.deny", rows: at.rowsOf(second) });
  const alone = liveRoom(low, verifier);
  alone.ask(first, proved);
  expect(alone.codeOf(verifier, { ...match, rows: alone.rowsOf(first) })).toBeNull();
  expect(alone.person(first).verification).toMatchObject({ method: "registrationMatch" });
  const medium = liveRoom({ ...low, confidentiality: "medium" }, verifier);
  medium.ask(first, proved);
  expect(medium.codeOf(verifier, { ...match, rows: medium.rowsOf(first) })).toBe("method_required");
});

test("[INV-5] [ADM-4] several who match are admitted by that at once; one who changed meanwhile is left out alone", () => {
  const kiryu = { registration: id.registration("kiryu") };
  const third = { ...registrant("third", { nameProved: true }), ...kiryu };
  const match = { type: "admission.admit", method: "registrationMatch", standInReason: null } as const;
  const waiting = () => {
    const at = liveRoom({ registration: "required", verifier: true }, verifier);
    at.ask(first, proved);
    at.ask(third, { ...proved, name: "桐生 真帆" });
    return at;
  };
  const both = waiting();
  const rows = [...both.rowsOf(first), ...both.rowsOf(third)];
  expect(both.codeOf(verifier, { ...match, rows })).toBeNull();
  for (const who of [first, third])
    expect(both.person(who).verification).toMatchObject({ method: "registrationMatch" });
  const one = waiting();
  const seen = [
    ...one.rowsOf(first),
    ...one.rowsOf(third).map((row) => ({ ...row, revision: row.revision + 1 })),
  ];
  // Another browser with the same link: what was seen of the third is true no more.
  one.ask({ ...registrant("fourth"), ...kiryu }, { ...passedOn, name: "桐生 真帆" });
  expect(one.codeOf(verifier, { ...match, rows: seen })).toBeNull();
  expect([one.person(first).status.kind, one.person(third).status.kind]).toEqual(["admitted", "waiting"]);
});

test("[INV-6] the name of a registration keeps every rule for names: its holder could not put it right", () => {
  for (const nameRule of ["registered", "withAffiliation"] as const) {
    const at = liveRoom({ registration: "required", nameRule });
    expect(at.outcome(first, proved).kind).toBe("register");
  }
  const named = liveRoom({ nameRule: "registered" });
  expect(named.outcome(customer, { name: "大庭 修一郎" }).kind).toBe("nameAgainstRule");
});
