/** Times as clients send them, in the meeting's own zone (MTG-2), and recurrences in both forms. */
import type { V2MeetingInput } from "@sekisho/contract";
import { Temporal } from "temporal-polyfill";
import { V2Error } from "./v2-error.ts";

type Recurrence = NonNullable<V2MeetingInput["recurrence"]>;

function wrong(field: string, message: string): V2Error {
  return new V2Error("validation", "", { fields: [{ field, message }] });
}

export function isoOf(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

export function nowIn(timeZone: string, now: number): string {
  return localOf(Temporal.Instant.fromEpochMilliseconds(now), timeZone);
}

/** `start_time` with `Z` or an offset is an instant; without, local time in `timeZone`, which then has to be there. */
export function startIn(startTime: string, timeZone: string | null): { start: string; timeZone: string } {
  const [, local, offset] =
    /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(?::\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?$/u.exec(startTime) ?? [];
  if (local === undefined)
    throw wrong("start_time", "Use 2026-11-24T07:00:00Z, or local time with timezone.");
  if (offset === undefined) {
    if (timeZone === null) throw wrong("timezone", "Missing field: local time needs a time zone.");
    return { start: local, timeZone };
  }
  try {
    const instant = Temporal.Instant.from(`${local}${offset}`);
    return { start: localOf(instant, timeZone ?? "UTC"), timeZone: timeZone ?? "UTC" };
  } catch {
    throw wrong("start_time", "Not a time.");
  }
}

function localOf(instant: Temporal.Instant, timeZone: string): string {
  try {
    return instant.toZonedDateTimeISO(timeZone).toPlainDateTime().toString({ smallestUnit: "minute" });
  } catch {
    throw wrong("timezone", "Not a time zone.");
  }
}

const days = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"] as const;
const frequencies = { 1: "DAILY", 2: "WEEKLY", 3: "MONTHLY" } as const;

/** As an RFC 5545 rule. */
export function ruleOf(recurrence: Recurrence): string {
  const { type, repeat_interval: interval = 1, end_times: count, end_date_time: until } = recurrence;
  const parts = [`FREQ=${frequencies[type]}`];
  if (interval > 1) parts.push(`INTERVAL=${interval}`);
  if (type === 2 && recurrence.weekly_days !== undefined)
    parts.push(`BYDAY=${recurrence.weekly_days.split(",").map(dayOf).join(",")}`);
  if (type === 3) parts.push(monthly(recurrence));
  if (count !== undefined) parts.push(`COUNT=${count}`);
  else if (until !== undefined && until !== "") parts.push(`UNTIL=${untilOf(until)}`);
  return parts.filter((part) => part !== "").join(";");
}

function dayOf(number: string | number): string {
  return days[Number(number) - 1] ?? "";
}

function monthly({ monthly_day: day, monthly_week: week, monthly_week_day: weekDay }: Recurrence): string {
  if (week !== undefined && weekDay !== undefined) return `BYDAY=${week}${dayOf(weekDay)}`;
  return day === undefined ? "" : `BYMONTHDAY=${day}`;
}

function untilOf(text: string): string {
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw wrong("recurrence.end_date_time", "Not a time.");
  return isoOf(time).replaceAll(/[-:]/gu, "");
}

/** Back from a rule; null for one that this form cannot say. */
export function recurrenceOf(rule: string): Recurrence | null {
  const parts = new Map(rule.split(";").map((part) => [part.split("=")[0] ?? "", part.split("=")[1] ?? ""]));
  const type = ([1, 2, 3] as const).find((one) => frequencies[one] === parts.get("FREQ"));
  if (type === undefined) return null;
  const until = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/u.exec(parts.get("UNTIL") ?? "");
  const count = Number(parts.get("COUNT") ?? 0);
  return {
    type,
    repeat_interval: Number(parts.get("INTERVAL") ?? 1),
    ...dayFields(type, parts),
    ...(count > 0 ? { end_times: count } : {}),
    ...(until === null
      ? {}
      : { end_date_time: `${until.slice(1, 4).join("-")}T${until.slice(4, 7).join(":")}Z` }),
  };
}

function dayFields(type: 1 | 2 | 3, parts: ReadonlyMap<string, string>): Partial<Recurrence> {
  const number = (day: string) => days.findIndex((one) => one === day) + 1;
  const byDay = parts.get("BYDAY");
  if (type === 2 && byDay !== undefined) return { weekly_days: byDay.split(",").map(number).join(",") };
  const [, week, day] = /^(-1|[1-4])([A-Z]{2})$/u.exec(byDay ?? "") ?? [];
  if (type === 3 && week !== undefined && day !== undefined)
    return { monthly_week: Number(week), monthly_week_day: number(day) };
  const monthDay = Number(parts.get("BYMONTHDAY") ?? 0);
  return type === 3 && monthDay > 0 ? { monthly_day: monthDay } : {};
}
