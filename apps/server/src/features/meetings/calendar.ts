/** Calendar files and links (MTG-6). None holds the passcode; at high none holds topic or description (INV-2). */
import ical, { ICalAttendeeStatus, ICalCalendarMethod, ICalEventStatus } from "ical-generator";
import { Temporal } from "temporal-polyfill";
import { grouped, neutralTitle } from "./invitation-text.ts";
import type { MeetingRow } from "./meeting-rows.ts";
import { firstStartOf } from "./schedule.ts";
import { timeZonePart } from "./time-zone-part.ts";

export type CalendarFacts = {
  readonly row: MeetingRow;
  readonly url: string;
  readonly number: string | null;
  readonly host: { readonly name: string; readonly email: string };
  readonly locale: "ja" | "en";
  /** Whom this reader may see on the list. */
  readonly attendees: readonly { readonly name: string; readonly email: string }[];
};

type Texts = { readonly title: string; readonly description: string };

function textsOf({ row, url, number, locale }: CalendarFacts): Texts {
  const { confidentiality, topic, description } = row.settings;
  const isHigh = confidentiality === "high";
  const link = locale === "ja" ? `招待リンク：${url}` : `Invitation link: ${url}`;
  const digits = number === null ? "" : grouped(number);
  const numberLine = locale === "ja" ? `会議番号：${digits}` : `Meeting number: ${digits}`;
  const told = [link, number === null ? "" : numberLine, isHigh ? "" : description];
  return {
    title: isHigh ? neutralTitle[locale] : topic,
    description: told.filter((line) => line !== "").join("\n"),
  };
}

/** METHOD:REQUEST, or CANCEL once the meeting is cancelled; the first date is the first that the rule names. */
export function calendarFile(facts: CalendarFacts): string {
  const { row, host } = facts;
  const { title, description } = textsOf(facts);
  const cancelled = row.cancelled_at !== null;
  const start = Temporal.Instant.fromEpochMilliseconds(firstStartOf(row)).toZonedDateTimeISO(row.time_zone);
  const calendar = ical({
    prodId: { company: "Sekisho", product: "Sekisho" },
    method: cancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST,
    timezone: { name: row.time_zone, generator: (zone) => timeZonePart(zone, firstStartOf(row)) },
  });
  calendar.createEvent({
    id: `${row.id}@sekisho`,
    sequence: row.sequence,
    start,
    end: start.add({ minutes: row.duration_minutes }),
    timezone: row.time_zone,
    summary: title,
    description,
    location: facts.url,
    url: facts.url,
    status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    organizer: { name: host.name, email: host.email },
    attendees: facts.attendees.map(({ name, email }) => ({
      name,
      email,
      rsvp: true,
      status: ICalAttendeeStatus.NEEDSACTION,
    })),
    ...(row.recurrence === null ? {} : { repeating: `RRULE:${row.recurrence}` }),
  });
  return inUtc(calendar.toString());
}

/** DTSTAMP is in UTC always (RFC 5545 §3.8.7.2); the library writes it in the calendar's zone. */
function inUtc(file: string): string {
  const now = Temporal.Now.instant().toString({ smallestUnit: "second" }).replaceAll(/[-:]/gu, "");
  return file.replace(/^DTSTAMP:[^\r\n]*/mu, `DTSTAMP:${now}`);
}

/** Addresses that open a filled-in form at Google and Outlook; the browser sends them only when they are pressed. */
export function calendarLinks(facts: CalendarFacts): { readonly google: string; readonly outlook: string } {
  const { row, url } = facts;
  const { title, description } = textsOf(facts);
  const start = Temporal.Instant.fromEpochMilliseconds(firstStartOf(row)).toZonedDateTimeISO(row.time_zone);
  const end = start.add({ minutes: row.duration_minutes });
  const local = (at: Temporal.ZonedDateTime) =>
    at.toPlainDateTime().toString({ smallestUnit: "second" }).replaceAll(/[-:]/gu, "");
  const google = new URLSearchParams({
    action: "TEMPLATE",
    text: title,
    dates: `${local(start)}/${local(end)}`,
    ctz: row.time_zone,
    details: description,
    location: url,
    ...(row.recurrence === null ? {} : { recur: `RRULE:${row.recurrence}` }),
  });
  const outlook = new URLSearchParams({
    path: "/calendar/action/compose",
    rru: "addevent",
    subject: title,
    startdt: start.toInstant().toString({ smallestUnit: "second" }),
    enddt: end.toInstant().toString({ smallestUnit: "second" }),
    body: description,
    location: url,
  });
  return {
    google: `https://calendar.google.com/calendar/render?${google.toString()}`,
    outlook: `https://outlook.office.com/calendar/deeplink/compose?${outlook.toString()}`,
  };
}
