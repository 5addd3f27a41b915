/**
 * When a meeting is (MTG-2, MTG-3): local time and IANA zone in, instants out. A local time that a change to summer
 * time leaves out has no occurrence on that day, and one that comes twice is its first (RFC 5545 §3.3.5, §3.3.10).
 */
import { Temporal } from "temporal-polyfill";
import { makeRule, normaliseRecurrence, type RecurrenceProblem, type Rule } from "./recurrence.ts";

/** The columns of a meeting that say when it is. `start_local`: `2026-11-24T16:00`. */
export type ScheduleRow = {
  readonly start_local: string;
  readonly time_zone: string;
  readonly duration_minutes: number;
  readonly recurrence: string | null;
};

/** Instants in ms since 1970 UTC. `key` names the instance: `once`, or the local start `20261124T1600`. */
export type MeetingOccurrence = {
  readonly key: string;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly localStart: string;
};

/** How long after its end an occurrence is still the one that people come to (MTG-3). */
export const openAfterEndMs = 60 * 60 * 1000;

/** Those that end after `from` (ms since 1970 UTC), oldest first, at most `count`. */
export function occurrences(row: ScheduleRow, from: number, count: number): readonly MeetingOccurrence[] {
  if (row.recurrence === null) {
    const only = occurrenceOf(row, onlyStart(row));
    return only.endsAt > from && count > 0 ? [only] : [];
  }
  const rule = ruleOf(row, row.recurrence);
  const found: MeetingOccurrence[] = [];
  let next = rule.next(new Date(from - lengthMs(row)), false);
  while (next !== null && found.length < count) {
    found.push(occurrenceOf(row, next));
    next = rule.next(new Date(next.epochMilliseconds), false);
  }
  return found;
}

/** The earliest whose end lies less than an hour before `now`, or after it; null when all are over. */
export function currentOccurrence(row: ScheduleRow, now: number): MeetingOccurrence | null {
  return occurrences(row, now - openAfterEndMs, 1)[0] ?? null;
}

/** The end of the last occurrence; null where the recurrence has none. */
export function lastEndOf(row: ScheduleRow): number | null {
  if (row.recurrence === null) return occurrenceOf(row, onlyStart(row)).endsAt;
  if (!/(?:^|;)(?:COUNT|UNTIL)=/u.test(row.recurrence)) return null;
  const last = ruleOf(row, row.recurrence).previous(new Date(farFuture), true);
  return last === null ? null : occurrenceOf(row, last).endsAt;
}

const farFuture = Date.UTC(2500, 0, 1);

/** The first start; for a rule that leaves out the day it was made on, the first day that it names. */
export function firstStartOf(row: ScheduleRow): number {
  if (row.recurrence === null) return onlyStart(row).epochMilliseconds;
  const first = ruleOf(row, row.recurrence).next(new Date(0), true);
  return (first ?? onlyStart(row)).epochMilliseconds;
}

function ruleOf(row: ScheduleRow, recurrence: string): Rule {
  return makeRule(recurrence, Temporal.PlainDateTime.from(row.start_local), row.time_zone);
}

function onlyStart(row: ScheduleRow): Temporal.ZonedDateTime {
  return Temporal.PlainDateTime.from(row.start_local).toZonedDateTime(row.time_zone);
}

function lengthMs(row: ScheduleRow): number {
  return row.duration_minutes * 60_000;
}

function occurrenceOf(row: ScheduleRow, start: Temporal.ZonedDateTime): MeetingOccurrence {
  const localStart = start.toPlainDateTime().toString({ smallestUnit: "minute" });
  return {
    key: row.recurrence === null ? "once" : localStart.replaceAll(/[-:]/gu, ""),
    startsAt: start.epochMilliseconds,
    endsAt: start.epochMilliseconds + lengthMs(row),
    localStart,
  };
}

export type ScheduleInput = {
  readonly start: string;
  readonly timeZone: string;
  readonly durationMinutes: number;
  readonly recurrence: string | null;
};

export type CheckedSchedule =
  | { readonly row: ScheduleRow; readonly problem: null }
  /** Fields that are no time or no zone at all. */
  | { readonly row: null; readonly fields: readonly string[] }
  | { readonly row: null; readonly problem: RecurrenceProblem };

const mostYearsAhead = 20;

export function checkSchedule(input: ScheduleInput, now: number): CheckedSchedule {
  if (!isZone(input.timeZone)) return { row: null, fields: ["timeZone"] };
  const start = localTime(input.start);
  if (start === null || Math.abs(start.year - new Date(now).getUTCFullYear()) > mostYearsAhead)
    return { row: null, fields: ["start"] };
  const row = {
    start_local: input.start,
    time_zone: input.timeZone,
    duration_minutes: input.durationMinutes,
    recurrence: null,
  };
  if (input.recurrence === null) return { row, problem: null };
  const checked = normaliseRecurrence(input.recurrence, start, input.timeZone);
  if ("problem" in checked) return { row: null, problem: checked.problem };
  const recurring = { ...row, recurrence: checked.rule };
  return currentOccurrence(recurring, now) === null
    ? { row: null, problem: "none_left" }
    : { row: recurring, problem: null };
}

function localTime(text: string): Temporal.PlainDateTime | null {
  try {
    return Temporal.PlainDateTime.from(text, { overflow: "reject" });
  } catch {
    return null;
  }
}

/** Names only: an offset such as `+09:00` knows nothing of summer time. */
function isZone(name: string): boolean {
  if (!/^[A-Za-z]/u.test(name)) return false;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId !== "";
  } catch {
    return false;
  }
}

/** The current minute in a zone, `2026-11-24T16:00`. */
export function localMinute(now: number, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(now)
    .toZonedDateTimeISO(timeZone)
    .toPlainDateTime()
    .toString({ smallestUnit: "minute" });
}
