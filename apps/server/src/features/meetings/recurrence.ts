/**
 * Recurrence rules (RFC 5545 §3.3.10): what is accepted, in a form that every calendar reads the same way.
 * Nothing more frequent than daily; UNTIL always in UTC, as §3.3.10 demands beside a local start with a zone.
 */
import { RRuleTemporal } from "rrule-temporal";
import { Temporal } from "temporal-polyfill";

export type Rule = RRuleTemporal<Temporal.ZonedDateTime>;
export type RecurrenceProblem = "invalid" | "none_left" | "too_frequent";

const dayPattern = /^(?:[+-]?[1-5]?(?:MO|TU|WE|TH|FR|SA|SU))(?:,[+-]?[1-5]?(?:MO|TU|WE|TH|FR|SA|SU))*$/u;
const parts: ReadonlyMap<string, RegExp> = new Map([
  ["FREQ", /^(?:DAILY|WEEKLY|MONTHLY|YEARLY)$/u],
  ["INTERVAL", /^[1-9]\d?$/u],
  ["COUNT", /^[1-9]\d{0,2}$/u],
  ["UNTIL", /^\d{8}(?:T\d{6}Z?)?$/u],
  ["BYDAY", dayPattern],
  ["BYMONTHDAY", /^-?(?:[1-9]|[12]\d|3[01])(?:,-?(?:[1-9]|[12]\d|3[01])){0,30}$/u],
  ["BYMONTH", /^(?:[1-9]|1[0-2])(?:,(?:[1-9]|1[0-2])){0,11}$/u],
  ["BYSETPOS", /^-?[1-9]\d?(?:,-?[1-9]\d?)*$/u],
  ["WKST", /^(?:MO|SU)$/u],
]);
const tooFrequent = /(?:^|;)(?:BYHOUR|BYMINUTE|BYSECOND)=|^FREQ=(?:HOURLY|MINUTELY|SECONDLY)/u;

/** Steps after which a rule that names no real date (31 February) is given up. */
const maxIterations = 3000;

/** The rule with its UNTIL in UTC, or what is wrong with it. Zone and start are valid already. */
export function normaliseRecurrence(
  text: string,
  start: Temporal.PlainDateTime,
  timeZone: string,
): { readonly rule: string } | { readonly problem: RecurrenceProblem } {
  if (tooFrequent.test(text)) return { problem: "too_frequent" };
  const fields = text.split(";").map((part) => part.split("="));
  const names = fields.map(([name]) => name ?? "");
  const good = fields.every(
    ([name = "", value = "", more]) => more === undefined && parts.get(name)?.test(value),
  );
  if (!good || new Set(names).size !== names.length) return { problem: "invalid" };
  if (names.includes("COUNT") && names.includes("UNTIL")) return { problem: "invalid" };
  // A series whose first time does not exist on its day would take another time of day for good.
  if (!start.toZonedDateTime(timeZone).toPlainDateTime().equals(start)) return { problem: "invalid" };
  try {
    const rule = fields
      .map(([name = "", value = ""]) => `${name}=${name === "UNTIL" ? untilInUtc(value, timeZone) : value}`)
      .join(";");
    return makeRule(rule, start, timeZone).next(epoch, true) === null ? { problem: "none_left" } : { rule };
  } catch {
    return { problem: "invalid" };
  }
}

const epoch = new Date(0);

/** A bare date means the whole of that day in the meeting's zone. */
function untilInUtc(value: string, timeZone: string): string {
  if (value.endsWith("Z")) return value;
  const date = `${value.slice(0, 4)}-${value.slice(4, 6)}-${value.slice(6, 8)}`;
  const time =
    value.length > 8 ? `${value.slice(9, 11)}:${value.slice(11, 13)}:${value.slice(13, 15)}` : "23:59:59";
  const instant = Temporal.PlainDateTime.from(`${date}T${time}`, { overflow: "reject" })
    .toZonedDateTime(timeZone)
    .toInstant();
  return `${instant.toString({ smallestUnit: "second" }).replaceAll(/[-:]/gu, "")}`;
}

/** Local time and zone stay apart: a change to summer time moves the instant, never the time of day (MTG-2). */
export function makeRule(rule: string, start: Temporal.PlainDateTime, timeZone: string): Rule {
  const local = start.toString({ smallestUnit: "second" }).replaceAll(/[-:]/gu, "");
  return new RRuleTemporal({
    rruleString: `DTSTART;TZID=${timeZone}:${local}\nRRULE:${rule}`,
    temporal: Temporal,
    maxIterations,
    strict: true,
  });
}
