import { RRuleTemporal } from "rrule-temporal";
import { Temporal } from "temporal-polyfill";
import { expect, test } from "vitest";
import { id, safeDefaults } from "@sekisho/domain";
import { calendarFile, calendarLinks, type CalendarFacts } from "./calendar.ts";
import { timeZonePart } from "./time-zone-part.ts";

function facts(
  wish: Partial<CalendarFacts["row"]> = {},
  confidentiality: "high" | "medium" = "medium",
): CalendarFacts {
  return {
    row: {
      id: "00000000-0000-4000-8000-000000000001",
      host_id: "00000000-0000-4000-8000-000000000002",
      settings: {
        ...safeDefaults,
        topic: "住宅ローンのご相談; part 1, 2",
        description: "資料\nをご用意ください",
        confidentiality,
        allowedDomains: [],
        invitees: [],
        coHosts: [],
        verifier: id.account("00000000-0000-4000-8000-000000000002"),
      },
      start_local: "2026-11-24T16:00",
      time_zone: "America/New_York",
      duration_minutes: 90,
      recurrence: null,
      first_start: new Date(0),
      last_end: null,
      link: "unused",
      number: "12345678901",
      passcode_sealed: Buffer.from("KHVT2345P9"),
      passcode_mac: Buffer.from("KHVT2345P9"),
      preset_version: 1,
      version: 3,
      sequence: 2,
      cancelled_at: null,
      created_at: new Date(0),
      ...wish,
    },
    url: "https://meet.example.jp/m/AAAAAAAAAAAAAAAAAAAAAA",
    number: "12345678901",
    host: { name: "佐久間 里奈", email: "rina@example.jp" },
    locale: "ja",
    attendees: [{ name: '大庭 "俊"; CN=x', email: "oba@example.com" }],
  };
}

/** Content lines with their folds undone (RFC 5545 §3.1), by name. */
function parse(file: string): ReadonlyMap<string, string> {
  for (const line of file.split("\r\n")) expect(Buffer.byteLength(line), line).toBeLessThanOrEqual(75);
  expect(file.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/u);
  const lines = file.replaceAll("\r\n ", "").split("\r\n");
  const events = lines.slice(lines.indexOf("BEGIN:VEVENT"), lines.indexOf("END:VEVENT"));
  const head = lines.slice(0, lines.indexOf("BEGIN:VTIMEZONE"));
  return new Map(
    [...head, ...events].map((line) => {
      const at = line.search(/[;:]/u);
      return [line.slice(0, at), line.slice(at + 1)];
    }),
  );
}

test("[MTG-6] the time of the file is in UTC, whatever the meeting's zone (RFC 5545 §3.8.7.2)", () => {
  for (const zone of ["America/New_York", "Asia/Tokyo"]) {
    const stamp = parse(calendarFile(facts({ time_zone: zone }))).get("DTSTAMP") ?? "";
    expect(stamp).toMatch(/^\d{8}T\d{6}Z$/u);
    const at = Temporal.Instant.from(stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)/u, "$1-$2-$3T$4:$5:"));
    expect(Math.abs(at.epochMilliseconds - Date.now())).toBeLessThan(60_000);
  }
});

test("[MTG-6] a calendar file asks for the meeting at its local time, with link and number and without passcode", () => {
  const file = calendarFile(facts({ recurrence: "FREQ=WEEKLY;BYDAY=WE;COUNT=3" }));
  const read = parse(file);
  expect(read.get("METHOD")).toBe("REQUEST");
  expect(read.get("DTSTART")).toBe("TZID=America/New_York:20261125T160000");
  expect(read.get("DTEND")).toBe("TZID=America/New_York:20261125T173000");
  expect(read.get("RRULE")).toBe("FREQ=WEEKLY;BYDAY=WE;COUNT=3");
  expect(read.get("SEQUENCE")).toBe("2");
  expect(read.get("STATUS")).toBe("CONFIRMED");
  expect(read.get("UID")).toBe("00000000-0000-4000-8000-000000000001@sekisho");
  expect(read.get("SUMMARY")).toBe(String.raw`住宅ローンのご相談\; part 1\, 2`);
  expect(read.get("DESCRIPTION")).toContain("123 4567 8901");
  expect(read.get("DESCRIPTION")).toContain("https://meet.example.jp/m/AAAAAAAAAAAAAAAAAAAAAA");
  expect(read.get("ORGANIZER")).toMatch(/mailto:rina@example\.jp$/iu);
  expect(read.get("ATTENDEE")).toMatch(/mailto:oba@example\.com$/iu);
  expect(file.match(/^BEGIN:VTIMEZONE\r?$/gmu)).toHaveLength(1);
  for (const text of [file, JSON.stringify(calendarLinks(facts()))]) expect(text).not.toContain("KHVT");
});

test("[MTG-6] a cancelled meeting's file cancels it", () => {
  const read = parse(calendarFile(facts({ cancelled_at: new Date(), sequence: 3 })));
  expect([read.get("METHOD"), read.get("STATUS"), read.get("SEQUENCE")]).toEqual([
    "CANCEL",
    "CANCELLED",
    "3",
  ]);
});

test("[INV-2] at high the calendar holds no topic and no description", () => {
  const high = facts({}, "high");
  for (const text of [calendarFile(high), decodeURIComponent(JSON.stringify(calendarLinks(high)))]) {
    expect(text).toContain("打ち合わせのご案内");
    expect(text).not.toContain("住宅");
    expect(text).not.toContain("資料");
  }
});

test("[MTG-6] links to Google and Outlook hold the same times", () => {
  const { google, outlook } = calendarLinks(facts({ recurrence: "FREQ=DAILY" }));
  const a = new URL(google).searchParams;
  expect([a.get("dates"), a.get("ctz"), a.get("recur")]).toEqual([
    "20261124T160000/20261124T173000",
    "America/New_York",
    "RRULE:FREQ=DAILY",
  ]);
  const b = new URL(outlook).searchParams;
  expect([b.get("startdt"), b.get("enddt")]).toEqual(["2026-11-24T21:00:00Z", "2026-11-24T22:30:00Z"]);
});

test("[MTG-6] the zone in the file has the offsets of the zone itself, for years", () => {
  for (const zone of [
    "America/New_York",
    "Europe/Berlin",
    "Europe/London",
    "Europe/Dublin",
    "Asia/Tokyo",
    "Australia/Lord_Howe",
    "America/Sao_Paulo",
    "Africa/Casablanca",
    "Asia/Kolkata",
    "UTC",
  ]) {
    const start = Date.UTC(2026, 10, 24, 12);
    const part = timeZonePart(zone, start);
    const steps = stepsOf(part);
    for (let day = 0; day < 365 * 5; day++) {
      const at = Temporal.Instant.fromEpochMilliseconds(start + day * 86_400_000);
      const offset = at.toZonedDateTimeISO(zone).offsetNanoseconds / 1e9;
      expect(offsetAt(steps, at.epochMilliseconds / 1000), `${zone} ${at.toString()}`).toBe(offset);
    }
  }
});

type Step = { readonly at: number; readonly to: number };

/** Reads the observances back: seconds since 1970 UTC of each change, and the offset after it. */
function stepsOf(part: string): readonly Step[] {
  const steps: Step[] = [];
  for (const [, body = ""] of part.matchAll(/BEGIN:(?:STANDARD|DAYLIGHT)\r\n([\s\S]*?)END:/gu)) {
    const field = (name: string) => new RegExp(`^${name}:(.*)$`, "mu").exec(body)?.[1]?.trim() ?? "";
    const from = seconds(field("TZOFFSETFROM"));
    const rule = field("RRULE");
    const starts = rule === "" ? [utc(field("DTSTART"))] : expand(field("DTSTART"), rule);
    for (const start of starts) steps.push({ at: start - from, to: seconds(field("TZOFFSETTO")) });
  }
  return steps.toSorted((a, b) => a.at - b.at);
}

function offsetAt(steps: readonly Step[], at: number): number {
  return steps.findLast((step) => step.at <= at)?.to ?? Number.NaN;
}

function expand(start: string, rule: string): number[] {
  const all = new RRuleTemporal({ rruleString: `DTSTART:${start}Z\nRRULE:${rule}`, temporal: Temporal });
  return all
    .between(new Date(0), new Date(Date.UTC(2033, 0, 1)), true)
    .map((one) => one.epochMilliseconds / 1000);
}

function utc(stamp: string): number {
  const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)$/u.exec(stamp) ?? [];
  return Date.UTC(Number(y), Number(mo) - 1, Number(d), Number(h), Number(mi), Number(s)) / 1000;
}

function seconds(offset: string): number {
  const sign = offset.startsWith("-") ? -1 : 1;
  return sign * (Number(offset.slice(1, 3)) * 3600 + Number(offset.slice(3, 5)) * 60);
}
