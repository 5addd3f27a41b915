/** A meeting that was scheduled, changed or cancelled, as a webhook. Never with a passcode (MTG-5, BAR-12). */
import { isoOf } from "./meeting-times.ts";
import type { Operator } from "./barrier-happenings.ts";
import type { ServiceMeeting } from "./ports.ts";
import type { Happening } from "./webhook-store.ts";

type About = {
  readonly meeting: ServiceMeeting;
  readonly operator: Operator;
  readonly accountId: string;
};

const events = {
  "meeting.scheduled": "meeting.created",
  "meeting.changed": "meeting.updated",
  "meeting.cancelled": "meeting.deleted",
} as const satisfies Record<string, Happening["event"]>;

/** Null for other entries of the log. */
export function meetingHappening(type: string, about: About): Omit<Happening, "at"> | null {
  const event = Object.entries(events).find(([logged]) => logged === type)?.[1];
  if (event === undefined) return null;
  const { meeting, operator, accountId } = about;
  const payload = { account_id: accountId, ...operator, object: objectOf(meeting, event) };
  return {
    event,
    payload: event === "meeting.updated" ? { ...payload, scope: "all" } : { ...payload, operation: "all" },
  };
}

function objectOf(meeting: ServiceMeeting, event: Happening["event"]): object {
  const { input } = meeting;
  const object = {
    uuid: meeting.id,
    id: Number(meeting.number),
    host_id: meeting.host.id,
    topic: input.topic,
    type: input.recurrence === null ? 2 : 8,
    start_time: isoOf(meeting.startsAt),
    duration: input.durationMinutes,
    timezone: input.timeZone,
  };
  if (event === "meeting.deleted") return object;
  return {
    ...object,
    join_url: meeting.joinUrl,
    settings: {
      use_pmi: input.meetingNumber === "personal",
      alternative_hosts: meeting.coHostEmails.join(";"),
      join_before_host: meeting.effective.joinBeforeHost,
      meeting_invitees: input.invitees.map(({ email }) => ({ email })),
    },
  };
}
