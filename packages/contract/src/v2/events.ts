/** Webhook events, by Zoom's names (BAR-12). */
export const webhookEvents = [
  "information_barriers.policy_created",
  "information_barriers.policy_updated",
  "information_barriers.policy_deleted",
  "group.created",
  "group.updated",
  "group.deleted",
  "group.member_added",
  "group.member_deleted",
  "user.updated",
  "meeting.created",
  "meeting.updated",
  "meeting.deleted",
  "meeting.started",
  "meeting.ended",
  "meeting.participant_joined",
  "meeting.participant_left",
] as const;
export type WebhookEvent = (typeof webhookEvents)[number];
