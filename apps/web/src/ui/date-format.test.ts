import { expect, test } from "vitest";
import { formatDate, formatDateTime, formatRange, formatTime, sameClock, zoneName } from "./date-format.ts";

const at = Date.UTC(2026, 10, 22, 7, 0);
const hour = 3_600_000;
const ja = { lang: "ja", timeZone: "Asia/Tokyo" } as const;
const en = { lang: "en", timeZone: "Asia/Tokyo" } as const;

test("date and time in both languages", () => {
  expect(formatDateTime(at, ja)).toBe("2026年11月22日(日) 16:00 JST");
  expect(formatDateTime(at, en)).toBe("Sun 22 November 2026, 16:00 JST");
  expect(formatDate(at, ja)).toBe("2026年11月22日(日)");
  expect(formatTime(Date.UTC(2026, 0, 1, 15, 5), ja)).toBe("00:05");
});

test("in a list this year and the zone are left out", () => {
  expect(formatDateTime(at, { ...ja, listNow: at })).toBe("11月22日(日) 16:00");
  expect(formatDateTime(at, { ...en, listNow: at })).toBe("Sun 22 Nov, 16:00");
  expect(formatDateTime(at, { ...ja, listNow: Date.UTC(2027, 3, 1) })).toBe("2026年11月22日(日) 16:00");
});

test("the year of a list is the viewer's, not UTC's", () => {
  const newYear = Date.UTC(2026, 11, 31, 16, 0);
  expect(formatDate(newYear, { ...ja, listNow: Date.UTC(2027, 0, 5) })).toBe("1月1日(金)");
});

test("ranges, over midnight too", () => {
  expect(formatRange(at, at + hour, ja)).toBe("2026年11月22日(日) 16:00–17:00 JST");
  expect(formatRange(at, at + hour, en)).toBe("Sun 22 November 2026, 16:00–17:00 JST");
  const late = Date.UTC(2026, 10, 24, 14, 30);
  expect(formatRange(late, late + hour, ja)).toBe("2026年11月24日(火) 23:30–2026年11月25日(水) 00:30 JST");
});

test("a second zone", () => {
  const zone = { lang: "ja", timeZone: "America/New_York" } as const;
  expect(formatDateTime(at, zone)).toBe("2026年11月22日(日) 02:00 EST");
  expect(formatDateTime(Date.UTC(2026, 6, 1, 7), zone)).toBe("2026年7月1日(水) 03:00 EDT");
  expect(zoneName(at, "Europe/Berlin")).toBe("CET");
  expect(zoneName(at, "Asia/Singapore")).toBe("UTC+8");
  expect(sameClock(at, "Asia/Tokyo", "Asia/Seoul")).toBe(true);
  expect(sameClock(at, "Asia/Tokyo", "Europe/London")).toBe(false);
});
