/**
 * VTIMEZONE (RFC 5545 §3.6.5) for a zone around a meeting's dates. Changes that follow one yearly rule are written as
 * that rule; others one by one, ten years ahead.
 */
import { Temporal } from "temporal-polyfill";

const yearsAhead = 10;
const yearsForRule = 5;
const days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

type Change = {
  readonly at: Temporal.ZonedDateTime;
  /** Nanoseconds east of UTC. */
  readonly from: number;
  readonly to: number;
  /** The clock just before the change. */
  readonly local: Temporal.PlainDateTime;
};

export function timeZonePart(timeZone: string, firstStart: number): string {
  const start = Temporal.Instant.fromEpochMilliseconds(firstStart).toZonedDateTimeISO(timeZone);
  const before = start.getTimeZoneTransition("previous");
  const changes = [
    ...(before === null ? [] : changesFrom(before, start)),
    ...changesFrom(start.getTimeZoneTransition("next"), start),
  ];
  const observances = changes.length === 0 ? [constant(start)] : observancesOf(changes);
  return ["BEGIN:VTIMEZONE", `TZID:${timeZone}`, ...observances, "END:VTIMEZONE"].join("\r\n");
}

function changesFrom(first: Temporal.ZonedDateTime | null, start: Temporal.ZonedDateTime): Change[] {
  const found: Change[] = [];
  const last = start.year + yearsAhead;
  for (let at = first; at !== null && at.year <= last; at = at.getTimeZoneTransition("next")) {
    const earlier = at.subtract({ seconds: 1 });
    const from = earlier.offsetNanoseconds;
    found.push({ at, from, to: at.offsetNanoseconds, local: earlier.toPlainDateTime().add({ seconds: 1 }) });
    if (first !== null && Temporal.ZonedDateTime.compare(first, start) <= 0) break;
  }
  return found;
}

function constant(start: Temporal.ZonedDateTime): string {
  return observance(
    { name: "STANDARD", from: start.offsetNanoseconds, to: start.offsetNanoseconds },
    "19700101T000000",
  );
}

function observancesOf(changes: readonly Change[]): readonly string[] {
  const parts: string[] = [];
  for (const name of ["DAYLIGHT", "STANDARD"] as const) {
    const own = changes.filter(({ from, to }) => to > from === (name === "DAYLIGHT"));
    const [first] = own;
    if (first === undefined) continue;
    const rule = yearlyRule(own);
    if (rule !== null) parts.push(observance({ name, ...first }, stamp(first.local), rule));
    else parts.push(...own.map((change) => observance({ name, ...change }, stamp(change.local))));
  }
  return parts;
}

/** `FREQ=YEARLY;BYMONTH=3;BYDAY=2SU`, if every change of the next years falls on it at the same time of day. */
function yearlyRule(changes: readonly Change[]): string | null {
  const [first] = changes;
  if (first === undefined || changes.length < yearsForRule) return null;
  const { month, dayOfWeek } = first.local;
  const regular = changes.every(
    ({ local, from, to }) =>
      local.month === month &&
      local.dayOfWeek === dayOfWeek &&
      local.toPlainTime().equals(first.local.toPlainTime()) &&
      from === first.from &&
      to === first.to,
  );
  const years = changes.map(({ local }) => local.year);
  if (!regular || years.some((year, index) => index > 0 && year !== (years[index - 1] ?? 0) + 1)) return null;
  const day = days[dayOfWeek - 1] ?? "SU";
  if (changes.every(({ local }) => local.day > local.daysInMonth - 7)) return ruleText(month, `-1${day}`);
  const week = Math.ceil(first.local.day / 7);
  return changes.every(({ local }) => Math.ceil(local.day / 7) === week)
    ? ruleText(month, `${week}${day}`)
    : null;
}

function ruleText(month: number, day: string): string {
  return `FREQ=YEARLY;BYMONTH=${month};BYDAY=${day}`;
}

function observance(
  what: { readonly name: "STANDARD" | "DAYLIGHT"; readonly from: number; readonly to: number },
  start: string,
  rule?: string,
): string {
  return [
    `BEGIN:${what.name}`,
    `DTSTART:${start}`,
    ...(rule === undefined ? [] : [`RRULE:${rule}`]),
    `TZOFFSETFROM:${offset(what.from)}`,
    `TZOFFSETTO:${offset(what.to)}`,
    `END:${what.name}`,
  ].join("\r\n");
}

function stamp(local: Temporal.PlainDateTime): string {
  return local.toString({ smallestUnit: "second" }).replaceAll(/[-:]/gu, "");
}

/** `+0900`, with seconds only where a zone has them. */
function offset(nanoseconds: number): string {
  const seconds = Math.abs(Math.round(nanoseconds / 1e9));
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  const rest = seconds % 60 === 0 ? "" : two(seconds % 60);
  return `${nanoseconds < 0 ? "-" : "+"}${two(seconds / 3600)}${two((seconds / 60) % 60)}${rest}`;
}
