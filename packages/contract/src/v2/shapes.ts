/**
 * What `/v2` takes and answers, field by field as existing clients know it (BAR-12). Bodies leave out what they do not
 * know; answers are strict. Our own fields are optional for whoever reads them, and marked so here.
 */
import type { barrierFlags } from "@sekisho/domain";
import { z } from "zod";

const flag = z.boolean();
const settings = {
  meeting: flag,
  in_meeting_chat: flag,
  file_transfer: flag,
  screen_share: flag,
  recording: flag,
  im: flag,
  complete_phone_calls: flag,
  message_via_sms: flag,
} as const satisfies Record<(typeof barrierFlags)[number], z.ZodType>;

const someSettings = z.object(settings).partial();
const id = z.string().min(1).max(64);
const onOff = z.union([z.literal(0), z.literal(1)]);
/** Ours: why; kept with the version. */
const reason = z.string().trim().max(500).optional();

export const v2PolicyInput = z.object({
  /** Asked for by Zoom's schema and made by the server: ignored. */
  id: z.string().max(64).optional(),
  policy_name: z.string().trim().max(128).default(""),
  assigned_group_id: id,
  to_group_id: id,
  status: onOff.default(1),
  /** Only 0 is supported there and here; the rest is refused. */
  type: z.literal(0).default(0),
  settings: someSettings.default({}),
  reason,
});
export const v2PolicyPatch = z.object({
  policy_name: z.string().trim().max(128).optional(),
  assigned_group_id: id.optional(),
  to_group_id: id.optional(),
  status: onOff.optional(),
  type: z.literal(0).optional(),
  settings: someSettings.optional(),
  reason,
});
export const v2Policy = z.strictObject({
  id: z.string(),
  policy_name: z.string(),
  assigned_group_id: z.string(),
  to_group_id: z.string(),
  status: onOff,
  type: z.literal(0),
  settings: z.strictObject(settings),
  /** Ours: the version of the barriers that last changed this policy, why, and who approved it. */
  version: z.int().optional(),
  effective_state: z.enum(["in_force", "disabled", "pending_approval"]).optional(),
  reason: z.string().optional(),
  approved_by: z.string().nullable().optional(),
});
export type V2Policy = z.infer<typeof v2Policy>;

export const v2GroupInput = z.object({ name: z.string().trim().min(1).max(128), reason });
export const v2Group = z.strictObject({ id: z.string(), name: z.string(), total_members: z.int() });
export type V2Group = z.infer<typeof v2Group>;

export const v2MembersInput = z.object({
  members: z
    .array(z.object({ id: z.string().max(64).optional(), email: z.string().max(254).optional() }))
    .min(1)
    .max(100),
  reason,
});
export const v2Member = z.strictObject({
  id: z.string(),
  email: z.string(),
  first_name: z.string(),
  last_name: z.string(),
  type: z.int(),
  /** Ours: whether this is the person's primary group. */
  primary: z.boolean().optional(),
});
export const v2MemberPatch = z.object({
  action: z.enum(["move", "set_primary"]),
  target_group_id: id.optional(),
  reason,
});

export const v2User = z.strictObject({
  id: z.string(),
  account_id: z.string().optional(),
  email: z.string(),
  first_name: z.string(),
  last_name: z.string(),
  display_name: z.string(),
  type: z.int(),
  status: z.enum(["active", "inactive", "pending"]),
  role_id: z.string(),
  role_name: z.string().optional(),
  pmi: z.int().optional(),
  use_pmi: z.boolean().optional(),
  personal_meeting_url: z.string().optional(),
  language: z.string(),
  timezone: z.string(),
  dept: z.string(),
  verified: z.int(),
  created_at: z.string(),
  user_created_at: z.string(),
  last_login_time: z.string().optional(),
  login_types: z.array(z.int()).optional(),
  group_ids: z.array(z.string()),
  im_group_ids: z.array(z.string()),
  /** Ours: the one group that counts for barriers. */
  primary_group_id: z.string().optional(),
});
export type V2User = z.infer<typeof v2User>;

export const v2UserCreate = z.object({
  action: z.enum(["create", "autoCreate", "custCreate", "ssoCreate"]),
  user_info: z.object({
    email: z.email().max(254),
    type: z.int().optional(),
    first_name: z.string().trim().max(64).optional(),
    last_name: z.string().trim().max(64).optional(),
    display_name: z.string().trim().max(64).optional(),
  }),
});
export const v2UserCreated = z.strictObject({
  id: z.string(),
  email: z.string(),
  first_name: z.string(),
  last_name: z.string(),
  type: z.int(),
  /** Ours: what the person opens to choose a password. Answered once; this server sends no mail. */
  invitation_url: z.string().optional(),
});
export const v2UserPatch = z.object({
  first_name: z.string().trim().max(64).optional(),
  last_name: z.string().trim().max(64).optional(),
  display_name: z.string().trim().max(64).optional(),
  language: z.string().max(20).optional(),
});

export function paged<S extends z.ZodType>(name: string, row: S) {
  return z.strictObject({
    page_size: z.int(),
    page_count: z.int().optional(),
    page_number: z.int().optional(),
    total_records: z.int(),
    next_page_token: z.string(),
    [name]: z.array(row),
  });
}

/** `page_size` up to 300, 30 unless told. */
export const pageQuery = {
  page_size: z.coerce.number().int().min(1).max(300).default(30),
  next_page_token: z.string().max(200).optional(),
};
export const numberedPageQuery = {
  ...pageQuery,
  page_number: z.coerce.number().int().min(1).max(100_000).optional(),
};
