import { expect, test } from "vitest";
import { defaultRepeat, fromRule, toRule, weekOf, type Repeat } from "./recurrence.ts";
import { isPasscode, makePasscode } from "./passcode.ts";
import { nextHalfHour, toInstant, toLocal } from "./zoned.ts";

const start = "2026-11-24T16:00"; // a Tuesday, the fourth
const tokyo = "Asia/Tokyo";
const weekly = defaultRepeat("2026-11-24");

const cases: readonly (readonly [Repeat, string])[] = [
  [weekly, "FREQ=WEEKLY;BYDAY=TU"],
  [
    { ...weekly, interval: 2, days: ["TH", "TU"], end: { kind: "count", count: 10 } },
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;COUNT=10",
  ],
  [{ ...weekly, frequency: "MONTHLY", monthly: "weekday" }, "FREQ=MONTHLY;BYDAY=4TU"],
  [
    { ...weekly, frequency: "DAILY", end: { kind: "until", date: "2026-12-31" } },
    "FREQ=DAILY;UNTIL=20261231T145959Z",
  ],
  [{ ...weekly, frequency: "YEARLY" }, "FREQ=YEARLY"],
];

test.each(cases)("[MTG-1] a rule is written by RFC 5545 and read back (%#)", (repeat, rule) => {
  expect(toRule(repeat, start, tokyo)).toBe(rule);
  expect(toRule(fromRule(rule, start, tokyo), start, tokyo)).toBe(rule);
  expect(fromRule(rule, start, tokyo)).toHaveProperty("frequency");
});

test("[MTG-1] a rule made elsewhere is kept as it is", () => {
  const rule = "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1";
  expect(fromRule(rule, start, tokyo)).toEqual({ rule });
  expect(toRule({ rule }, start, tokyo)).toBe(rule);
});

test("a fifth week counts as the last", () => {
  expect(weekOf("2026-11-30")).toBe(-1);
  expect(weekOf("2026-11-07")).toBe(1);
});

test("[MTG-2] UNTIL is the end of the day in the meeting's own zone, winter and summer", () => {
  const until = (date: string) => toRule({ ...weekly, end: { kind: "until", date } }, start, "Europe/Berlin");
  expect(until("2026-12-01")).toContain("UNTIL=20261201T225959Z");
  expect(until("2027-07-01")).toContain("UNTIL=20270701T215959Z");
});

test("local times and instants", () => {
  expect(toInstant("2026-11-24T16:00", tokyo)).toBe(Date.UTC(2026, 10, 24, 7, 0));
  expect(toLocal(Date.UTC(2026, 10, 24, 7, 0), tokyo)).toBe("2026-11-24T16:00");
  expect(nextHalfHour(Date.UTC(2026, 10, 24, 7, 0), tokyo)).toBe("2026-11-24T16:30");
  expect(nextHalfHour(Date.UTC(2026, 10, 24, 7, 29, 30), tokyo)).toBe("2026-11-24T17:00");
});

test("[MTG-8] passcodes are ten unambiguous letters and never the same", () => {
  const made = new Set(Array.from({ length: 200 }, makePasscode));
  expect(made.size).toBe(200);
  for (const code of made) expect(isPasscode(code)).toBe(true);
  expect(isPasscode("KH4T9WRM3")).toBe(false);
  expect(isPasscode("KH4T9WRM3O")).toBe(false);
});
