import { expect, test } from "vitest";
import {
  account,
  goodFacts,
  guest,
  hostNames,
  liveRoom,
  people,
  room,
  type Asking,
  type Room,
} from "../../../testkit/src/arbitraries/index.ts";
import { decideRequest, type RequestOutcome } from "./entrance.ts";
import { noBarriers } from "../barrier/context.ts";
import { agreementsIn } from "./said-before.ts";
import { id } from "../unsafe.ts";
import type { Principal } from "./state.ts";

const { host, coHost, colleague, invited, customer, stranger } = people;

function short(outcome: RequestOutcome): string {
  if (outcome.kind === "ask") return `ask ${outcome.factor}`;
  if (outcome.kind === "refused") return `refused ${outcome.reason}`;
  if (outcome.kind === "register") return outcome.enter ? "enters" : "waits";
  return outcome.kind;
}
function answer(at: Room, principal: Principal, asking: Asking = {}): string {
  return short(at.outcome(principal, asking));
}

/** Everything is wrong at once; each step of ADM-1 that is put right shows the next one. */
test("[ADM-1] the checks run in their order, whatever else is wrong", () => {
  const at = liveRoom({ whoMayJoin: "signedIn" }, colleague);
  at.limits = { ...at.limits, capacity: 2 };
  const wrong = {
    clientAccepted: false,
    withinRate: false,
    linkKnown: false,
    passcode: "notGiven",
  } as const;
  const bad = { name: "A\u0000", facts: wrong };
  const fix = (facts: Partial<typeof goodFacts>, name = bad.name) =>
    answer(at, customer, { name, facts: { ...wrong, ...facts } });
  expect(fix({})).toBe("ask update");
  expect(fix({ clientAccepted: true })).toBe("tooManyTries");
  expect(fix({ clientAccepted: true, withinRate: true })).toBe("notAccepted");
  expect(fix({ clientAccepted: true, withinRate: true, linkKnown: true })).toBe("ask passcode");
  expect(fix(goodFacts)).toBe("ask signIn");
  at.change({ whoMayJoin: "anyoneWithLink" });
  at.apply(removal(at, customer));
  expect(fix(goodFacts)).toBe("refused removed_before");
  at.as(host, { type: "ban.lift", banId: id.ban("b") });
  expect(fix(goodFacts)).toBe("refused link_closed");
  at.as(host, { type: "link.reopen" });
  expect(fix(goodFacts, "")).toBe("ask name");
  expect(fix(goodFacts)).toBe("nameNotAccepted");
  expect(fix(goodFacts, "Yamada")).toBe("refused capacity");
  at.limits = { ...at.limits, capacity: 3 };
  expect(fix(goodFacts, "Yamada")).toBe("waits");
});

function removal(at: Room, of: Principal) {
  const admissionId = id.admission("gone");
  at.apply({
    type: "admission.requested",
    admissionId,
    principal: of,
    role: "participant",
    external: true,
    named: false,
    barrier: noBarriers.stamp,
    personal: { displayName: "Gone", affiliation: "" },
  });
  const by = at.idOf(host);
  return { type: "participant.removed", admissionId, by, banId: id.ban("b"), reported: false } as const;
}

test("[OPS-1] a page older than the server demands is asked to update before anything else is told", () => {
  const old = { clientAccepted: false };
  expect(answer(liveRoom(), customer, { facts: old })).toBe("ask update");
  expect(answer(liveRoom(), host, { facts: old })).toBe("ask update");
  expect(answer(room(), customer, { facts: { ...old, linkKnown: false } })).toBe("ask update");
});

test("[MTG-4] no such meeting, wrong passcode, not invited and ended get the same answer", () => {
  const unknown = { principal: customer, displayName: "A", affiliation: "", facts: goodFacts };
  const ended = liveRoom();
  ended.as(host, { type: "meeting.end" });
  const named = room({ whoMayJoin: "named" });
  const answers = [
    decideRequest(null, unknown, { capacity: 10, waitingCapacity: 10 }, noBarriers),
    room().outcome(customer, { facts: { linkKnown: false } }),
    room().outcome(customer, { facts: { passcode: "wrong" } }),
    named.outcome(colleague),
    ended.outcome(customer),
  ];
  expect(answers).toEqual(answers.map(() => ({ kind: "notAccepted" })));
});

test("[MTG-4] the number alone admits nobody: without a passcode it is not even asked for", () => {
  const open = room({ passcodeRequired: false });
  expect(answer(open, customer, { facts: { by: "number", passcode: "notGiven" } })).toBe("notAccepted");
  expect(answer(open, customer, { facts: { by: "link", passcode: "notGiven" } })).toBe("waits");
  const guarded = room();
  for (const passcode of ["notGiven", "wrong"] as const)
    expect(answer(guarded, customer, { facts: { by: "number", passcode } })).toBe("notAccepted");
  expect(answer(guarded, customer, { facts: { by: "number" } })).toBe("waits");
});

test("[MTG-4] an exhausted limit says nothing about the link", () => {
  const tired = { withinRate: false };
  const at = room();
  expect(answer(at, customer, { facts: { ...tired, linkKnown: false } })).toBe(
    answer(at, customer, { facts: tired }),
  );
});

test.each([
  ["host", host, "enters"],
  ["coHost", coHost, "enters"],
  ["invited account", invited, "waits"],
  ["other account", colleague, "ask passcode"],
  ["guest", customer, "ask passcode"],
] as const)("[MTG-8] without a passcode, %s: %s", (_who, principal, expected) => {
  expect(answer(room(), principal, { facts: { passcode: "notGiven" } })).toBe(expected);
});

test("[MTG-8] a guest who calls himself like an invited person is still asked for the passcode", () => {
  expect(
    answer(room(), guest("invited"), { facts: { passcode: "notGiven", named: true, excepted: false } }),
  ).toBe("ask passcode");
});

test("[MTG-1] who may join: signed in, or named by account or domain", () => {
  const signedIn = room({ whoMayJoin: "signedIn" });
  expect([answer(signedIn, customer), answer(signedIn, colleague)]).toEqual(["ask signIn", "waits"]);
  const named = room({ whoMayJoin: "named" });
  expect(answer(named, customer)).toBe("ask signIn");
  expect(answer(named, colleague)).toBe("notAccepted");
  expect(answer(named, colleague, { facts: { named: true, excepted: false } })).toBe("waits");
  expect(answer(named, invited)).toBe("waits");
  expect(answer(named, coHost)).toBe("enters");
});

test("[IDN-2] where the class demands it, an account comes with a second factor; nobody is exempt, nobody is refused", () => {
  const at = liveRoom({ locks: { secondFactor: true } });
  for (const who of [host, coHost, colleague])
    expect(answer(at, who, { facts: { secondFactor: false } })).toBe("ask secondFactor");
  expect([answer(at, colleague), answer(at, customer, { facts: { secondFactor: false } })]).toEqual([
    "waits",
    "waits",
  ]);
});

test("[IDN-2] at class high hosts and co-hosts are asked for a second factor where the organisation demands it", () => {
  const bare = { facts: { secondFactor: false, factorOfHosts: true } };
  const high = liveRoom({ confidentiality: "high" });
  for (const who of [host, coHost]) expect(answer(high, who, bare)).toBe("ask secondFactor");
  expect(answer(high, colleague, bare)).toBe("waits");
  expect(answer(high, host, { facts: { factorOfHosts: true, secondFactor: true } })).not.toBe(
    "ask secondFactor",
  );
  expect(answer(high, host, { facts: { secondFactor: false } })).not.toBe("ask secondFactor");
  expect(answer(liveRoom({ confidentiality: "low" }), host, bare)).not.toBe("ask secondFactor");
});

test("[IDN-4] a guest who has to prove an address is asked for it; an account is known already", () => {
  const at = room({ guestProof: "address" });
  expect(answer(at, customer)).toBe("ask address");
  expect(answer(at, customer, { facts: { addressProved: true } })).toBe("waits");
  expect(answer(at, colleague)).toBe("waits");
});

test("[INV-5] where registration is required, whoever is neither registered nor named is asked to register", () => {
  const at = room({ registration: "required" });
  expect([answer(at, customer), answer(at, colleague)]).toEqual(["ask registration", "ask registration"]);
  expect(answer(at, customer, { facts: { registered: true } })).toBe("waits");
  expect([answer(at, invited), answer(at, coHost)]).toEqual(["waits", "enters"]);
});

test("[INV-4] [SEC-8] what has to be said before asking comes after removals, and before the name", () => {
  const at = liveRoom({ agreement: true, locks: { deviceDeclaration: true } });
  const unsaid = { agreed: false, deviceDeclared: false };
  expect(answer(at, customer, { name: "", facts: unsaid })).toBe("ask agreement");
  expect(answer(at, customer, { name: "", facts: { deviceDeclared: false } })).toBe("ask device");
  expect(answer(at, customer, { name: "" })).toBe("ask name");
  expect(answer(at, colleague, { facts: unsaid })).toBe("ask device");
  at.apply(removal(at, customer));
  expect(answer(at, customer, { facts: unsaid })).toBe("refused removed_before");
});

test("[ADM-8] a link that is closed to unproved people is open to whoever has proved an invited address", () => {
  const at = liveRoom({}, customer);
  at.as(host, { type: "participant.remove", admissionId: at.idOf(customer), report: false });
  expect(answer(at, stranger)).toBe("refused link_closed");
  expect(answer(at, stranger, { facts: { addressProved: true } })).toBe("waits");
});

test("[ADM-6] a correct passcode never implies admission", () => {
  expect(answer(liveRoom(), customer, { facts: { passcode: "matched" } })).toBe("waits");
});

test("[ADM-10] nobody takes the host's name, in any writing", () => {
  const at = liveRoom();
  for (const name of [...hostNames, "佐藤花子", "佐籐 花子".replace("籐", "藤"), "KEN TANAKA", "Ken Tаnaka"])
    expect(answer(at, customer, { name })).toBe("nameNotAccepted");
  expect(answer(at, customer, { name: "Kenji Tanaka" })).toBe("waits");
});

test("[ADM-10] an affiliation may be empty, but not dangerous", () => {
  const at = room();
  expect(answer(at, customer, { affiliation: "Bank\u202E" })).toBe("nameNotAccepted");
  expect(answer(at, customer, { affiliation: "" })).toBe("waits");
});

test("[ADM-1] the same person on the same device has one admission, however often the page asks", () => {
  const at = liveRoom();
  at.ask(customer);
  const first = at.idOf(customer);
  expect(answer(at, customer)).toBe("existing");
  at.admit(host, customer);
  expect(answer(at, customer)).toBe("existing");
  expect([at.idOf(customer), at.state.admissions.size]).toEqual([first, 2]);
});

test("[ADM-1] a second device is a new request; when it is admitted the first one is out", () => {
  const phone = account("colleague", "phone");
  const at = liveRoom({}, colleague);
  expect(answer(at, phone)).toBe("waits");
  expect(at.statusOf(colleague)).toBe("admitted");
  at.admit(host, phone);
  expect(at.state.admissions.get(at.idOf(phone))?.status.kind).toBe("admitted");
  const old = [...at.state.admissions.values()].find((one) => one.principal.device === colleague.device);
  expect(old?.status).toMatchObject({ kind: "left", reason: "replaced" });
});

test("[ADM-1] a third device that enters at once takes over the seat, not the request that waits", () => {
  const at = liveRoom({}, colleague);
  at.ask(account("colleague", "phone"));
  at.as(host, { type: "meeting.setWaitingRoom", on: false, waiting: "keep" });
  expect(answer(at, account("colleague", "tablet"))).toBe("enters");
  const seats = [...at.state.inside].map((one) => at.state.admissions.get(one)?.principal.device);
  expect(seats).toEqual([host.device, "colleague-tablet"]);
});

test("[ADM-1] a full meeting still lets a person change devices", () => {
  const at = liveRoom({}, colleague);
  at.limits = { ...at.limits, capacity: 2 };
  const phone = account("colleague", "phone");
  expect(answer(at, stranger)).toBe("refused capacity");
  expect(answer(at, phone)).toBe("waits");
  at.admit(host, phone);
  expect(at.state.inside.size).toBe(2);
});

test("[AUD-1] a refusal is recorded with its reason, a reference, and only storable text", () => {
  const at = liveRoom({}, customer);
  at.as(host, { type: "participant.remove", admissionId: at.idOf(customer), report: false });
  const asked = at.ask(customer, { name: `${"𠮷".repeat(80)}\u0000\uD800` });
  const last = at.history.at(-1)?.event;
  expect(last).toMatchObject({ type: "admission.refused", reason: "removed_before" });
  expect(asked.reference).toMatch(/^[2-9A-Z]{3}-[2-9A-Z]{4}$/u);
  expect(last).toMatchObject({ personal: { displayName: "𠮷".repeat(64) }, reference: asked.reference });
});

const oba = { displayName: "大庭 修一郎", affiliation: "常磐木製作所" };
function invitees(at: Room): void {
  const { settings } = at.state;
  at.apply({
    ...{ type: "instance.settingsChanged", settings },
    personal: { hosts: [...hostNames], invited: [oba.displayName], people: [oba] },
  });
}

test("[INV-6] a name that does not keep the meeting's rule is refused to guests; an account's own name passes", () => {
  const at = liveRoom({ nameRule: "withAffiliation" });
  expect(answer(at, customer, { name: "大庭 修一郎", affiliation: "" })).toBe("nameAgainstRule");
  expect(answer(at, customer, { name: "大庭（銀行）", affiliation: "常磐木製作所" })).toBe("nameAgainstRule");
  expect(answer(at, customer, { name: "Ken Tanaka", affiliation: "常磐木製作所" })).toBe("nameNotAccepted");
  expect(answer(at, customer, { name: "大庭 修一郎", affiliation: "常磐木製作所" })).toBe("waits");
  expect(answer(at, colleague, { affiliation: "" })).toBe("waits");
});

test("[INV-6] under `registered` one answer holds for every name that is on no list, the host's among them", () => {
  const at = liveRoom({ nameRule: "registered" });
  expect(answer(at, customer, { name: oba.displayName, affiliation: oba.affiliation })).toBe(
    "nameAgainstRule",
  );
  invitees(at);
  for (const name of ["見知らぬ人", hostNames[1], "大庭 修一朗"])
    expect(answer(at, customer, { name, affiliation: oba.affiliation })).toBe("nameAgainstRule");
  expect(answer(at, customer, { name: "大庭　修一郎", affiliation: "常磐木製作所" })).toBe("waits");
  // Asked again under another name, while waiting: the same rule.
  expect(answer(at, customer, { name: "見知らぬ人" })).toBe("nameAgainstRule");
});

test("[INV-6] no rename leaves the rule, neither one's own nor by a host's hand", () => {
  const at = liveRoom({ nameRule: "registered", rename: "everyone" });
  invitees(at);
  at.ask(customer, { name: oba.displayName, affiliation: oba.affiliation });
  at.admit(host, customer);
  const rename = (displayName: string, affiliation: string) =>
    ({ type: "participant.rename", admissionId: at.idOf(customer), displayName, affiliation }) as const;
  for (const actor of [customer, host])
    expect(at.codeOf(actor, rename("大庭 修一郎", "みどり野銀行"))).toBe("name_against_rule");
  expect(at.codeOf(customer, rename("大庭修一郎", "常磐木製作所"))).toBeNull();
});

test("[INV-4] an agreement holds for one browser, one instance, one version, and stands in the log", () => {
  const at = liveRoom({ agreement: true });
  const sheet = (version: number) => ({
    deviceDeclared: false,
    factSheet: { version, digest: `d${version}` },
  });
  expect(answer(at, customer, { facts: { agreed: true, factSheet: null } })).toBe("ask agreement");
  expect(answer(at, customer, { facts: { ...sheet(1), agreed: true } })).toBe("waits");
  expect(at.person(customer).agreed).toEqual({ version: 1, at: at.now });
  expect(at.history.at(-1)?.event).toMatchObject({
    type: "admission.agreed",
    factSheet: { version: 1, digest: "d1" },
  });
  at.do({ type: "admission.withdraw" }, customer);
  const first = at.now;
  at.now += 60_000;
  expect(answer(at, customer, { facts: { ...sheet(2), agreed: false } })).toBe("ask agreement");
  expect(answer(at, stranger, { facts: { ...sheet(1), agreed: false } })).toBe("ask agreement");
  expect(answer(at, customer, { facts: { ...sheet(1), agreed: false } })).toBe("waits");
  expect(at.person(customer).agreed).toEqual({ version: 1, at: first });
  expect(at.history.at(-1)?.event.type).toBe("admission.requested");
});

test("[INV-4] who waits while a new version comes is asked at the next request only", () => {
  const at = liveRoom({ agreement: true });
  const newer = { factSheet: { version: 2, digest: "d2" } };
  at.ask(customer);
  expect(answer(at, customer, { facts: { ...newer, agreed: false } })).toBe("existing");
  expect(at.person(customer).agreed?.version).toBe(1);
  expect(answer(at, customer, { facts: { ...newer, agreed: true } })).toBe("existing");
  expect(agreementsIn(at.state)).toMatchObject([
    { version: 2, displayName: at.person(customer).displayName },
  ]);
});

test("[SEC-8] a declaration holds for the device that it was made on", () => {
  const at = liveRoom({ locks: { deviceDeclaration: true } });
  const silent = { facts: { deviceDeclared: false } };
  expect(answer(at, colleague)).toBe("waits");
  expect(at.person(colleague).deviceDeclaredAt).toBe(at.now);
  at.do({ type: "admission.withdraw" }, colleague);
  expect(answer(at, account("colleague", "phone"), silent)).toBe("ask device");
  expect(answer(at, colleague, silent)).toBe("waits");
});
