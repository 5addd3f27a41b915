import { expect, test } from "vitest";
import { sampleId, sampleMeta, sampleRow } from "../../api/live/samples.ts";
import { openMethods } from "./call-model.ts";
import { blockedBy, cardFacts, needsOf, needsOwnLook, rowWarning, stillChosen } from "./card-model.ts";

type Lobby = NonNullable<ReturnType<typeof sampleMeta>["lobby"]>;

const none = { method: null, reason: "" } as const;
function meta(role: "host" | "coHost" | "verifier", verifier: Lobby["verifier"]) {
  const base = sampleMeta({ role });
  return { ...base, lobby: base.lobby === null ? null : { ...base.lobby, verifier } };
}
const other = { name: "桐生", present: true, me: false };
const me = { ...other, me: true };

test("[ADM-4] no method is preselected, and without one the button is not available", () => {
  const needs = needsOf(sampleRow("a"), meta("verifier", me));
  expect(blockedBy(needs, none)).toBe("methods.choose");
  expect(blockedBy(needs, { ...none, method: "document" })).toBeNull();
});

test("[ADM-4] a method that a further call has closed again is chosen no more", () => {
  const choice = { method: "voice", reason: "" } as const;
  const shown = { toId: sampleId("self"), voice: true, face: false };
  expect(stillChosen(choice, sampleRow("a", { shown }), sampleId("self"))).toEqual(choice);
  expect(stillChosen(choice, sampleRow("a"), sampleId("self")).method).toBeNull();
  expect(stillChosen({ ...choice, method: "document" }, sampleRow("a"), sampleId("self")).method).toBe(
    "document",
  );
});

test("[ADM-4] the host standing in for the verifier says why; a co-host does not stand in", () => {
  const host = needsOf(sampleRow("a"), meta("host", other));
  expect(blockedBy(host, { method: "document", reason: " " })).toBe("standIn.missing");
  expect(blockedBy(host, { method: "document", reason: "離席のため" })).toBeNull();
  expect(needsOf(sampleRow("a"), meta("host", null)).reason).toBe(true);
  expect(blockedBy(needsOf(sampleRow("a"), meta("coHost", other)), none)).toBe("verifierOnly");
});

test("[ADM-4] where no verifier is needed the card asks for nothing", () => {
  const row = sampleRow("a", { methodNeeded: false });
  expect(blockedBy(needsOf(row, meta("coHost", other)), none)).toBeNull();
});

test("[ENC-7] whoever has offered no keys is admitted neither alone nor with others, and the button says why", () => {
  const none = sampleRow("a", { methodNeeded: false, keys: "none" });
  const free = { method: null, reason: "" };
  expect(blockedBy(needsOf(none, meta("coHost", other)), free)).toBe("keys.missing");
  expect(blockedBy(needsOf({ ...none, keys: "offered" }, meta("coHost", other)), free)).toBeNull();
  const alone = (row: typeof none) => needsOwnLook(row, meta("coHost", other));
  expect([alone(none), alone({ ...none, keys: "offered" })]).toEqual([true, false]);
  // What can be done meanwhile is asked for first.
  const unchecked = sampleRow("a", { keys: "none" });
  expect(blockedBy(needsOf(unchecked, meta("verifier", me)), free)).toBe("methods.choose");
});

test("[ADM-4] each row says whether the person was invited", () => {
  expect(cardFacts(sampleRow("a", { invited: "notInvited" }))[0]).toMatchObject({ tone: "warn" });
  expect(rowWarning(sampleRow("a", { invited: "notInvited" }))).toBe("row.notInvited");
});

test("[ADM-10] a name like somebody's warns before anything else", () => {
  const row = sampleRow("a", { similarName: "inMeeting", invited: "notInvited" });
  expect(rowWarning(row)).toBe("row.similar.inMeeting");
  expect(cardFacts(row)[1]).toMatchObject({ text: "fact.name.inMeeting", tone: "warn" });
});

test("several at once: not rows with a warning, and not rows whose method is recorded", () => {
  const plain = { methodNeeded: false } as const;
  expect(needsOwnLook(sampleRow("a", plain), meta("verifier", me))).toBe(false);
  expect(needsOwnLook(sampleRow("a"), meta("verifier", me))).toBe(true);
  expect(needsOwnLook(sampleRow("a", { ...plain, similarName: "waiting" }), meta("verifier", me))).toBe(true);
});

test("[ADM-4] a row says whether the person is registered; a match is offered at low, where the address was proved", () => {
  const known = { registration: "registered", nameProved: true, invited: "notInvited" } as const;
  const row = sampleRow("a", { ...known, methodNeeded: false });
  expect(cardFacts(row)[0]).toMatchObject({ id: "registration", tone: "ok" });
  expect([rowWarning(row), needsOwnLook(row, meta("verifier", me))]).toEqual([null, false]);
  expect(openMethods({ ...row, registrationMatch: true }, "me").has("registrationMatch")).toBe(true);
  expect(openMethods(row, "me").has("registrationMatch")).toBe(false);
  const shared = { ...row, registration: "sameLink" } as const;
  expect([rowWarning(shared), needsOwnLook(shared, meta("verifier", me))]).toEqual(["row.sameLink", true]);
  expect(rowWarning({ ...row, registration: "notRegistered" })).toBe("row.notRegistered");
});

test("[INV-5] [ADM-4] those who match their registration can be chosen together, by whoever may verify; nobody else can", () => {
  const known = {
    registration: "registered",
    nameProved: true,
    invited: "notInvited",
    methodNeeded: true,
  } as const;
  const row = sampleRow("a", { ...known, registrationMatch: true, similarName: "none" });
  expect(needsOwnLook(row, meta("verifier", me))).toBe(false);
  expect(needsOwnLook(row, meta("host", other))).toBe(false);
  expect(needsOwnLook(row, meta("coHost", other))).toBe(true);
  expect(needsOwnLook({ ...row, registrationMatch: false }, meta("verifier", me))).toBe(true);
  expect(needsOwnLook({ ...row, similarName: "inMeeting" }, meta("verifier", me))).toBe(true);
  expect(needsOwnLook({ ...row, agreementMissing: true }, meta("verifier", me))).toBe(true);
});
