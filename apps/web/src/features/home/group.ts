import type { MeetingSummary } from "@sekisho/contract";

export interface HomeGroups {
  /** Live, or the one that starts first. */
  readonly next: MeetingSummary | undefined;
  readonly today: readonly MeetingSummary[];
  readonly tomorrow: readonly MeetingSummary[];
  readonly soon: readonly MeetingSummary[];
  readonly later: readonly MeetingSummary[];
}

const DAY = 86_400_000;

/** Days are the viewer's: 2026-11-25 in the viewer's zone, whatever the meeting's zone is. */
function dayOf(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone }).format(at);
}

/** Sorted by start; what is live comes first. */
export function groupMeetings(
  meetings: readonly MeetingSummary[],
  now: number,
  timeZone: string,
): HomeGroups {
  const start = (meeting: MeetingSummary) => meeting.next?.startsAt ?? Number.POSITIVE_INFINITY;
  const rank = (meeting: MeetingSummary) => (meeting.status === "live" ? 0 : 1);
  const sorted = [...meetings].sort((a, b) => rank(a) - rank(b) || start(a) - start(b));
  const next = sorted.find((meeting) => meeting.status !== "cancelled");
  const rest = sorted.filter((meeting) => meeting !== next);
  const today = dayOf(now, timeZone);
  // Counted on the calendar, not in hours: a day may be 23 or 25 hours long.
  const tomorrow = new Date(Date.parse(`${today}T00:00:00Z`) + DAY).toISOString().slice(0, 10);
  const groupOf = (meeting: MeetingSummary): Exclude<keyof HomeGroups, "next"> => {
    if (meeting.next === null) return "later";
    const day = dayOf(meeting.next.startsAt, timeZone);
    if (day <= today) return "today";
    if (day === tomorrow) return "tomorrow";
    return meeting.next.startsAt - now <= 14 * DAY ? "soon" : "later";
  };
  const of = (group: ReturnType<typeof groupOf>) => rest.filter((meeting) => groupOf(meeting) === group);
  return { next, today: of("today"), tomorrow: of("tomorrow"), soon: of("soon"), later: of("later") };
}
