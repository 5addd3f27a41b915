/** A meeting as existing clients read it. `join_url` never carries a passcode (BAR-12, MTG-5). */
import type { V2Meeting, V2MeetingRow } from "@sekisho/contract";
import { isoOf, recurrenceOf } from "./meeting-times.ts";
import type { ServiceMeeting } from "./ports.ts";

export function rowOf(meeting: ServiceMeeting): V2MeetingRow {
  const { input } = meeting;
  return {
    uuid: meeting.id,
    id: Number(meeting.number),
    host_id: meeting.host.id,
    topic: input.topic,
    type: input.recurrence === null ? 2 : 8,
    start_time: isoOf(meeting.startsAt),
    duration: input.durationMinutes,
    timezone: input.timeZone,
    agenda: input.description,
    created_at: isoOf(meeting.createdAt),
    join_url: meeting.joinUrl,
    ...(input.meetingNumber === "personal" ? { pmi: meeting.personalNumber } : {}),
  };
}

const states = { scheduled: "waiting", live: "started", ended: "finished" } as const;

export function meetingOf(meeting: ServiceMeeting, password: string | null): V2Meeting {
  const { input } = meeting;
  const recurrence = input.recurrence === null ? null : recurrenceOf(input.recurrence);
  return {
    ...rowOf(meeting),
    host_email: meeting.host.email,
    assistant_id: "",
    status: states[meeting.status],
    start_url: meeting.joinUrl,
    pre_schedule: false,
    encrypted_password: "",
    h323_password: "",
    pstn_password: "",
    password: password ?? "",
    ...(recurrence === null ? {} : { recurrence }),
    ...(meeting.occurrences.length === 0 ? {} : { occurrences: occurrencesOf(meeting) }),
    settings: settingsOf(meeting),
    confidentiality: input.confidentiality,
  };
}

function occurrencesOf(meeting: ServiceMeeting) {
  return meeting.occurrences.map(({ startsAt, endsAt }) => ({
    occurrence_id: String(startsAt),
    start_time: isoOf(startsAt),
    duration: Math.round((endsAt - startsAt) / 60_000),
    status: "available" as const,
  }));
}

/** What is in force, not what was asked for; what this product does not have reads as off. */
function settingsOf({ input, effective, coHostEmails }: ServiceMeeting): V2Meeting["settings"] {
  const signedIn = effective.whoMayJoin !== "anyoneWithLink";
  return {
    host_video: input.hostVideo,
    participant_video: input.participantVideo,
    cn_meeting: false,
    in_meeting: false,
    join_before_host: effective.joinBeforeHost,
    jbh_time: 0,
    mute_upon_entry: effective.muteOnEntry,
    watermark: false,
    use_pmi: input.meetingNumber === "personal",
    approval_type: 2,
    audio: "voip",
    auto_recording: "none",
    enforce_login: signedIn,
    enforce_login_domains: "",
    alternative_hosts: coHostEmails.join(";"),
    close_registration: false,
    show_share_button: false,
    allow_multiple_devices: false,
    registrants_confirmation_email: false,
    registrants_email_notification: false,
    waiting_room: effective.waitingRoom,
    meeting_authentication: signedIn,
    encryption_type: effective.encryption === "e2ee" ? "e2ee" : "enhanced_encryption",
    private_meeting: effective.visibility === "private",
    meeting_invitees: input.invitees.map(({ email }) => ({ email })),
  };
}
