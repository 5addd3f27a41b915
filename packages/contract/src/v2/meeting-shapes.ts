/** Meetings at `/v2` (BAR-12, MTG). What a client sends beyond this is left out; the answer says what is in force. */
import { confidentialities } from "@sekisho/domain";
import { z } from "zod";

const maybe = z.boolean().nullish();
const words = z.string().max(4000).nullish();

const recurrence = z.object({
  type: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  repeat_interval: z.int().min(1).max(99).optional(),
  /** `1` is Sunday, several with commas. */
  weekly_days: z
    .string()
    .regex(/^[1-7](?:,[1-7]){0,6}$/u)
    .optional(),
  monthly_day: z.int().min(1).max(31).optional(),
  monthly_week: z.union([z.literal(-1), z.int().min(1).max(4)]).optional(),
  monthly_week_day: z.int().min(1).max(7).optional(),
  end_times: z.int().min(1).max(365).optional(),
  end_date_time: z.string().max(40).optional(),
});
export type V2Recurrence = z.infer<typeof recurrence>;

const settings = z.object({
  host_video: maybe,
  participant_video: maybe,
  join_before_host: maybe,
  mute_upon_entry: maybe,
  waiting_room: maybe,
  meeting_authentication: maybe,
  use_pmi: maybe,
  encryption_type: z.string().max(40).nullish(),
  /** Ours: at medium it is accepted that the server could decrypt (CNF-1); without it such a meeting is refused. */
  transport_risk_accepted: maybe,
  /** Addresses or ids with `;` or `,` between them. */
  alternative_hosts: words,
  meeting_invitees: z
    .array(z.object({ email: z.email().max(254) }))
    .max(500)
    .nullish(),
});
export type V2MeetingSettingsInput = z.infer<typeof settings>;

const fields = {
  topic: z.string().trim().max(200).optional(),
  agenda: z.string().trim().max(4000).optional(),
  start_time: z.string().max(40).optional(),
  timezone: z.string().max(64).optional(),
  duration: z.int().min(1).max(1440).optional(),
  password: z.string().max(64).optional(),
  recurrence: recurrence.nullish(),
  settings: settings.nullish(),
  /** Ours: the class of the meeting; the organisation's default where it has one. */
  confidentiality: z.enum(confidentialities).optional(),
};

/** 1 at once, 2 scheduled, 3 recurring without a time (refused), 8 recurring. */
export const v2MeetingInput = z.object({ ...fields, type: z.int().default(2) });
export type V2MeetingInput = z.infer<typeof v2MeetingInput>;
export const v2MeetingPatch = z.object({ ...fields, type: z.int().optional() });
export type V2MeetingPatch = z.infer<typeof v2MeetingPatch>;

export const v2MeetingRow = z.strictObject({
  uuid: z.string(),
  id: z.int(),
  host_id: z.string(),
  topic: z.string(),
  type: z.int(),
  start_time: z.string(),
  duration: z.int(),
  timezone: z.string(),
  agenda: z.string(),
  created_at: z.string(),
  join_url: z.string(),
  pmi: z.string().optional(),
});
export type V2MeetingRow = z.infer<typeof v2MeetingRow>;

export const v2Meeting = z.strictObject({
  ...v2MeetingRow.shape,
  host_email: z.string(),
  assistant_id: z.string(),
  status: z.enum(["waiting", "started", "finished"]),
  /** The same page as `join_url`: who is host is known by signing in. */
  start_url: z.string(),
  pre_schedule: z.boolean(),
  /** Only in the answer to the client that made the meeting; afterwards empty, since some clients insist on the field. */
  password: z.string(),
  /** Of ways in that do not exist here: always empty, since some clients insist on the fields. */
  encrypted_password: z.literal(""),
  h323_password: z.literal(""),
  pstn_password: z.literal(""),
  recurrence: recurrence.optional(),
  occurrences: z
    .array(
      z.strictObject({
        occurrence_id: z.string(),
        start_time: z.string(),
        duration: z.int(),
        status: z.literal("available"),
      }),
    )
    .optional(),
  settings: z.strictObject({
    host_video: z.boolean(),
    participant_video: z.boolean(),
    cn_meeting: z.boolean(),
    in_meeting: z.boolean(),
    join_before_host: z.boolean(),
    jbh_time: z.int(),
    mute_upon_entry: z.boolean(),
    watermark: z.boolean(),
    use_pmi: z.boolean(),
    approval_type: z.int(),
    audio: z.string(),
    auto_recording: z.string(),
    enforce_login: z.boolean(),
    enforce_login_domains: z.string(),
    alternative_hosts: z.string(),
    close_registration: z.boolean(),
    show_share_button: z.boolean(),
    allow_multiple_devices: z.boolean(),
    registrants_confirmation_email: z.boolean(),
    registrants_email_notification: z.boolean(),
    waiting_room: z.boolean(),
    meeting_authentication: z.boolean(),
    encryption_type: z.string(),
    private_meeting: z.boolean(),
    meeting_invitees: z.array(z.strictObject({ email: z.string() })),
  }),
  confidentiality: z.enum(confidentialities).optional(),
});
export type V2Meeting = z.infer<typeof v2Meeting>;

export const v2MeetingTypes = [
  "scheduled",
  "live",
  "upcoming",
  "upcoming_meetings",
  "previous_meetings",
] as const;
export const v2StatusInput = z.object({ action: z.enum(["end", "recover"]) });
