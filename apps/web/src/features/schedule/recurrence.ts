import { toInstant, toLocal } from "./zoned.ts";

export const WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;
export type Weekday = (typeof WEEKDAYS)[number];
export type Frequency = "DAILY" | "WEEKLY" | "MONTHLY" | "YEARLY";

export type RepeatEnd =
  | { readonly kind: "never" }
  | { readonly kind: "count"; readonly count: number }
  | { readonly kind: "until"; readonly date: string };

export interface Repeat {
  readonly frequency: Frequency;
  readonly interval: number;
  /** Weekly only; never empty there. */
  readonly days: readonly Weekday[];
  /** Monthly only: the same date, or the same weekday of the same week. */
  readonly monthly: "date" | "weekday";
  readonly end: RepeatEnd;
}

/** A rule that this form cannot show is kept as it is. */
export type Recurrence = Repeat | { readonly rule: string } | null;

export function weekdayOf(date: string): Weekday {
  return WEEKDAYS[(new Date(`${date}T00:00Z`).getUTCDay() + 6) % 7] ?? "MO";
}

/** Which week of its month a date stands in: 1 to 4, and -1 for a fifth, which not every month has. */
export function weekOf(date: string): number {
  const week = Math.ceil(Number(date.slice(8, 10)) / 7);
  return week === 5 ? -1 : week;
}

export function defaultRepeat(date: string): Repeat {
  return {
    frequency: "WEEKLY",
    interval: 1,
    days: [weekdayOf(date)],
    monthly: "date",
    end: { kind: "never" },
  };
}

/** RFC 5545 RRULE value; `start` is local (`2026-11-24T16:00`). UNTIL is the end of its day in the meeting's zone, in UTC (section 3.3.10). */
export function toRule(recurrence: Recurrence, start: string, timeZone: string): string | null {
  if (recurrence === null) return null;
  if ("rule" in recurrence) return recurrence.rule;
  const { frequency, interval, days, monthly, end } = recurrence;
  const date = start.slice(0, 10);
  const parts = [`FREQ=${frequency}`];
  if (interval > 1) parts.push(`INTERVAL=${interval}`);
  if (frequency === "WEEKLY") parts.push(`BYDAY=${WEEKDAYS.filter((day) => days.includes(day)).join(",")}`);
  if (frequency === "MONTHLY" && monthly === "weekday") parts.push(`BYDAY=${weekOf(date)}${weekdayOf(date)}`);
  if (end.kind === "count") parts.push(`COUNT=${end.count}`);
  if (end.kind === "until") parts.push(`UNTIL=${utcStamp(toInstant(`${end.date}T23:59:59`, timeZone))}`);
  return parts.join(";");
}

function utcStamp(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19).replaceAll(/[-:]/gu, "")}Z`;
}

/** Reads back what `toRule` writes; anything else is kept as a rule of its own. */
export function fromRule(rule: string | null, start: string, timeZone: string): Recurrence {
  if (rule === null) return null;
  const parts = new Map(
    rule.split(";").map((part) => [part.slice(0, part.indexOf("=")), part.slice(part.indexOf("=") + 1)]),
  );
  const frequency = (["DAILY", "WEEKLY", "MONTHLY", "YEARLY"] as const).find(
    (one) => one === parts.get("FREQ"),
  );
  if (frequency === undefined) return { rule };
  const date = start.slice(0, 10);
  const byDay = parts.get("BYDAY")?.split(",") ?? [];
  const days = WEEKDAYS.filter((day) => byDay.includes(day));
  const repeat: Repeat = {
    frequency,
    interval: Number(parts.get("INTERVAL") ?? 1),
    days: days.length > 0 ? days : [weekdayOf(date)],
    monthly: frequency === "MONTHLY" && byDay.length > 0 ? "weekday" : "date",
    end: endOf(parts, timeZone),
  };
  return sameRule(toRule(repeat, start, timeZone), rule) ? repeat : { rule };
}

function endOf(parts: ReadonlyMap<string, string>, timeZone: string): RepeatEnd {
  const count = parts.get("COUNT");
  if (count !== undefined) return { kind: "count", count: Number(count) };
  const found = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/u.exec(parts.get("UNTIL") ?? "");
  if (found === null) return { kind: "never" };
  const [, year, month, day, hour, minute, second] = found;
  const instant = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return { kind: "until", date: toLocal(instant, timeZone).slice(0, 10) };
}

function sameRule(one: string | null, other: string): boolean {
  const sorted = (rule: string) => rule.split(";").sort().join(";");
  return one !== null && sorted(one) === sorted(other);
}
