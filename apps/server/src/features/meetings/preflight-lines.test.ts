import { effectivePolicy, id, type MeetingSettings } from "@sekisho/domain";
import { expect, test } from "vitest";
import { meetingSettings, noLocks } from "../../../../../packages/testkit/src/arbitraries/index.ts";
import { checkLines, type Tested } from "./preflight-lines.ts";

const fine: Tested = {
  removal: true,
  e2ee: false,
  region: { label: "東京", country: "JP" },
  home: "JP",
  tls: "TLSv1.3 TLS_AES_256_GCM_SHA384",
  https: true,
  mail: true,
  verifier: { name: "桐生 真帆", present: false },
  materialsSent: true,
  agreed: [],
  passcodeWays: [],
  registrants: { registered: 0, pending: 0, waitlisted: 0 },
};
const outsider = {
  ...{ name: "大庭", organisation: "", email: "oba@example.com", accountId: null },
  ...{ secondEmail: null, phone: null, locale: null },
};
const verifier = id.account("v");

function lines(patch: Partial<MeetingSettings> = {}, tested: Partial<Tested> = {}) {
  const settings = meetingSettings({ confidentiality: "medium", ...patch });
  const found = checkLines(settings, effectivePolicy(settings, noLocks), { ...fine, ...tested });
  return Object.fromEntries(found.map((one) => [one.id, [one.state, one.found, one.value]]));
}

test("[CNF-6] what was tested is told as found, and each line stands once", () => {
  expect(lines({ verifier })).toEqual({
    removal: ["ok", "works", ""],
    e2ee: ["notPossible", "transport", ""],
    region: ["ok", "allowed", "東京"],
    tls: ["ok", "negotiated", "TLSv1.3 TLS_AES_256_GCM_SHA384"],
    mediaTransport: ["unknown", "later", ""],
    passcode: ["ok", "on", ""],
    verifier: ["ok", "named", "桐生 真帆"],
    outsiders: ["ok", "none", ""],
    entering: ["ok", "muted.everyone.nobody", ""],
    materials: ["ok", "sent", ""],
  });
});

test("[CNF-6] what failed, or nobody knows, is never shown as well", () => {
  expect(lines({}, { removal: false })["removal"]).toEqual(["attention", "failed", ""]);
  expect(lines({}, { region: null })["region"]).toEqual(["unknown", "unknown", ""]);
  expect(lines({}, { region: { label: "?", country: "" } })["region"]).toEqual([
    "unknown",
    "countryUnknown",
    "?",
  ]);
  expect(lines({}, { region: { label: "São Paulo", country: "BR" } })["region"]).toEqual([
    "notPossible",
    "notAllowed",
    "São Paulo",
  ]);
  expect(lines({}, { tls: null })["tls"]).toEqual(["unknown", "proxy", ""]);
  expect(lines({}, { tls: null, https: false })["tls"]).toEqual(["attention", "none", ""]);
  expect(lines({ confidentiality: "high" })["e2ee"]).toEqual(["notPossible", "missing", ""]);
  expect(lines({ confidentiality: "high" }, { e2ee: true })["e2ee"]).toEqual(["ok", "on", ""]);
});

test("[CNF-6] who verifies, who comes from outside, and the mail they need", () => {
  const invited = { invitees: [outsider], verifier };
  expect(lines({ ...invited, verifier: null }, { verifier: null })["verifier"]).toEqual([
    "attention",
    "nobody",
    "",
  ]);
  expect(lines({}, { verifier: { name: "桐生 真帆", present: true } })["verifier"]?.[1]).toBe("present");
  expect(lines({ ...invited, agreement: true })["outsiders"]).toEqual(["ok", "invited", "1"]);
  expect(lines({ ...invited, agreement: true })["agreements"]?.[1]).toBe("none");
  expect(lines({ ...invited, agreement: true }, { agreed: [2, 3] })["agreements"]).toEqual([
    "ok",
    "some",
    "2 (v3)",
  ]);
  expect(lines(invited)["mail"]).toBeUndefined();
  expect(lines({ ...invited, guestProof: "address" }, { mail: false })["mail"]).toEqual([
    "attention",
    "unreachable",
    "",
  ]);
  expect(lines({ ...invited, guestProof: "address" }, { mail: null })["mail"]?.[1]).toBe("none");
});

test("[CNF-1] [CNF-6] materials are asked about where nothing can be shared, and only there", () => {
  expect(lines({}, { materialsSent: false })["materials"]).toEqual(["attention", "notSaid", ""]);
  expect(lines({ confidentiality: "low" })["materials"]).toBeUndefined();
});

test("[CNF-6] [INV-1] by which ways the passcode went to people from outside is counted, and who has not got it", () => {
  const invitees = [
    outsider,
    { ...outsider, email: "k@example.com" },
    { ...outsider, email: "m@example.com" },
  ];
  const ways = (passcodeWays: Tested["passcodeWays"]) =>
    lines({ invitees }, { passcodeWays })["passcodeWays"];
  expect(ways([])).toEqual(["attention", "missing", "missing:3"]);
  expect(ways(["sms", "readOut"])).toEqual(["attention", "missing", "sms:1 readOut:1 missing:1"]);
  expect(ways(["secondMail", "secondMail", "oneTimePage"])).toEqual([
    ...["ok", "sent", "secondMail:2 oneTimePage:1"],
  ]);
  expect(lines({}, {})["passcodeWays"]).toBeUndefined();
  const without = { confidentiality: "low", passcodeRequired: false, invitees } as const;
  expect(lines(without)["passcodeWays"]).toBeUndefined();
});

test("[CNF-6] [INV-5] how many have registered is told where people register, and what waits for the host", () => {
  const course = { confidentiality: "low", passcodeRequired: false, registration: "required" } as const;
  const told = (registered: number, pending: number, waitlisted: number) =>
    lines(course, { registrants: { registered, pending, waitlisted } })["registration"];
  expect(told(0, 0, 0)).toEqual(["attention", "none", ""]);
  expect(told(12, 0, 3)).toEqual(["ok", "some", "registered:12 waitlisted:3"]);
  expect(told(12, 2, 0)).toEqual(["attention", "pending", "registered:12 pending:2"]);
  expect(lines()["registration"]).toBeUndefined();
  expect(lines(course)["passcode"]).toEqual(["ok", "ownLinks", ""]);
});
