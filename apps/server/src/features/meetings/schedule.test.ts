import { expect, test } from "vitest";
import {
  checkSchedule,
  currentOccurrence,
  firstStartOf,
  lastEndOf,
  occurrences,
  type ScheduleRow,
} from "./schedule.ts";

function row(start: string, zone: string, recurrence: string | null, minutes = 60): ScheduleRow {
  const checked = checkSchedule(
    { start, timeZone: zone, durationMinutes: minutes, recurrence },
    Date.parse("2026-11-23T00:00:00Z"),
  );
  if (checked.row === null) throw new Error(JSON.stringify(checked));
  return checked.row;
}

function starts(schedule: ScheduleRow, from: string, count: number): string[] {
  return occurrences(schedule, Date.parse(from), count).map((one) =>
    new Date(one.startsAt).toISOString().slice(0, 16),
  );
}

test("[MTG-2] a series keeps its local time when New York, Berlin and London change their clocks", () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ["America/New_York", "2027-03-13T09:00", ["2027-03-13T14:00", "2027-03-14T13:00", "2027-03-15T13:00"]],
    ["America/New_York", "2027-11-06T09:00", ["2027-11-06T13:00", "2027-11-07T14:00", "2027-11-08T14:00"]],
    ["Europe/Berlin", "2027-03-27T09:00", ["2027-03-27T08:00", "2027-03-28T07:00", "2027-03-29T07:00"]],
    ["Europe/Berlin", "2027-10-30T09:00", ["2027-10-30T07:00", "2027-10-31T08:00", "2027-11-01T08:00"]],
    ["Europe/London", "2027-03-27T09:00", ["2027-03-27T09:00", "2027-03-28T08:00", "2027-03-29T08:00"]],
    ["Asia/Tokyo", "2027-03-27T09:00", ["2027-03-27T00:00", "2027-03-28T00:00", "2027-03-29T00:00"]],
    ["Australia/Lord_Howe", "2027-04-03T09:00", ["2027-04-02T22:00", "2027-04-03T22:30", "2027-04-04T22:30"]],
  ];
  for (const [zone, start, expected] of cases)
    expect(starts(row(start, zone, "FREQ=DAILY"), "2027-01-01T00:00:00Z", 3), zone).toEqual(expected);
});

test("[MTG-2] a local time that a day leaves out has no occurrence there and does not move the others", () => {
  const berlin = row("2027-03-27T02:30", "Europe/Berlin", "FREQ=DAILY;COUNT=3");
  expect(starts(berlin, "2027-03-01T00:00:00Z", 9)).toEqual([
    "2027-03-27T01:30",
    "2027-03-29T00:30",
    "2027-03-30T00:30",
  ]);
  const lordHowe = row("2027-10-02T02:15", "Australia/Lord_Howe", "FREQ=DAILY;COUNT=2");
  expect(starts(lordHowe, "2027-09-01T00:00:00Z", 9)).toEqual(["2027-10-01T15:45", "2027-10-03T15:15"]);
  expect(row("2027-03-14T02:30", "America/New_York", null)).toBeDefined();
  const refused = checkSchedule(
    {
      start: "2027-03-14T02:30",
      timeZone: "America/New_York",
      durationMinutes: 60,
      recurrence: "FREQ=DAILY",
    },
    Date.parse("2026-11-23T00:00:00Z"),
  );
  expect(refused).toEqual({ row: null, problem: "invalid" });
});

test("[MTG-2] a local time that comes twice is held once, the first time", () => {
  expect(
    starts(row("2027-11-06T01:30", "America/New_York", "FREQ=DAILY"), "2027-11-05T00:00:00Z", 3),
  ).toEqual(["2027-11-06T05:30", "2027-11-07T05:30", "2027-11-08T06:30"]);
  expect(starts(row("2027-10-31T01:30", "Europe/London", null), "2027-10-01T00:00:00Z", 3)).toEqual([
    "2027-10-31T00:30",
  ]);
});

test("[MTG-1] COUNT, UNTIL, INTERVAL and BYDAY say which days", () => {
  const from = "2026-11-23T00:00:00Z";
  const tokyo = (rule: string) =>
    starts(row("2026-11-24T16:00", "Asia/Tokyo", rule), from, 9).map((at) => at.slice(0, 10));
  expect(tokyo("FREQ=DAILY;COUNT=2")).toEqual(["2026-11-24", "2026-11-25"]);
  expect(tokyo("FREQ=DAILY;UNTIL=20261125")).toEqual(["2026-11-24", "2026-11-25"]);
  expect(tokyo("FREQ=DAILY;UNTIL=20261125T155959")).toEqual(["2026-11-24"]);
  expect(tokyo("FREQ=WEEKLY;INTERVAL=2;COUNT=2")).toEqual(["2026-11-24", "2026-12-08"]);
  expect(tokyo("FREQ=WEEKLY;BYDAY=MO,WE;COUNT=3")).toEqual(["2026-11-25", "2026-11-30", "2026-12-02"]);
  expect(tokyo("FREQ=MONTHLY;BYDAY=-1FR;COUNT=2")).toEqual(["2026-11-27", "2026-12-25"]);
  expect(tokyo("FREQ=MONTHLY;BYMONTHDAY=31;COUNT=2")).toEqual(["2026-12-31", "2027-01-31"]);
});

test("[MTG-1] a rule that is no rule, names no day or would fill the day is refused", () => {
  const problem = (rule: string, start = "2026-11-24T16:00") => {
    const checked = checkSchedule(
      { start, timeZone: "Asia/Tokyo", durationMinutes: 60, recurrence: rule },
      Date.parse("2026-11-23T00:00:00Z"),
    );
    return "problem" in checked ? checked.problem : checked.fields;
  };
  expect(problem("FREQ=HOURLY")).toBe("too_frequent");
  expect(problem("FREQ=DAILY;BYHOUR=9,10")).toBe("too_frequent");
  expect(problem("FREQ=DAILY;BYMINUTE=1")).toBe("too_frequent");
  for (const rule of [
    "FREQ=DAILY;COUNT=0",
    "FREQ=DAILY;INTERVAL=0",
    "FREQ=DAILY;COUNT=2;UNTIL=20270101",
    "FREQ=DAILY;COUNT=2;COUNT=3",
    "FREQ=DAILY;UNTIL=20270231",
    "FREQ=WEEKLY;BYDAY=XX",
    "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=DAILY;EXDATE=20270101",
    "FREQ=DAILY;COUNT=9999999999999999999999",
  ])
    expect(problem(rule), rule).toBe("invalid");
  expect(problem("FREQ=DAILY;UNTIL=20200101", "2020-01-01T09:00")).toBe("none_left");
  expect(problem("FREQ=DAILY", "2026-02-30T09:00")).toEqual(["start"]);
  expect(problem("FREQ=DAILY", "9999-02-20T09:00")).toEqual(["start"]);
});

test("[MTG-2] a zone is a name, never an offset", () => {
  for (const timeZone of ["+09:00", "+09", "Asia/Nowhere", "__proto__", "constructor"])
    expect(
      checkSchedule(
        { start: "2026-11-24T16:00", timeZone, durationMinutes: 60, recurrence: null },
        Date.parse("2026-11-23T00:00:00Z"),
      ),
    ).toEqual({ row: null, fields: ["timeZone"] });
});

test("[MTG-3] the occurrence people come to is the earliest that ended less than an hour ago, or is to come", () => {
  const weekly = row("2026-11-24T16:00", "Asia/Tokyo", "FREQ=WEEKLY;COUNT=2");
  const at = (iso: string) => currentOccurrence(weekly, Date.parse(iso))?.key ?? null;
  expect(at("2020-01-01T00:00:00Z")).toBe("20261124T1600");
  expect(at("2026-11-24T08:59:59.999Z")).toBe("20261124T1600");
  expect(at("2026-11-24T09:00:00Z")).toBe("20261201T1600");
  expect(at("2026-12-01T08:59:59Z")).toBe("20261201T1600");
  expect(at("2026-12-01T09:00:00Z")).toBeNull();
  const once = row("2026-11-24T16:00", "Asia/Tokyo", null);
  expect(currentOccurrence(once, Date.parse("2026-11-24T08:00:00Z"))?.key).toBe("once");
  expect(currentOccurrence(once, Date.parse("2026-11-24T09:00:00Z"))).toBeNull();
});

test("[MTG-1] first start and last end follow the rule", () => {
  const weekly = row("2026-11-24T16:00", "Asia/Tokyo", "FREQ=WEEKLY;BYDAY=WE;COUNT=2");
  expect(new Date(firstStartOf(weekly)).toISOString()).toBe("2026-11-25T07:00:00.000Z");
  expect(new Date(lastEndOf(weekly) ?? 0).toISOString()).toBe("2026-12-02T08:00:00.000Z");
  expect(lastEndOf(row("2026-11-24T16:00", "Asia/Tokyo", "FREQ=WEEKLY"))).toBeNull();
});
