/**
 * The form of a back-up: gzip of JSON lines. The first line is the header; each other one is `["table",{…row…}]`, as
 * PostgreSQL writes a row as JSON. Tables come in an order in which their references exist already.
 *
 * The keys' file has the same form: one line per instance with its wrapped keys. It is kept apart, because a key that
 * is destroyed must be destroyed there too, and a back-up of the database must not bring it back (DAT-3).
 */
import { z } from "zod";

export const backupTables = [
  "organisation",
  "account",
  "invitation",
  "passkey",
  "totp",
  "recovery_code",
  "directory_user",
  "directory_group",
  "identity_provider",
  "provider_identity",
  "organisation_rules_version",
  "own_settings_version",
  "settings_seen",
  "feed",
  "advisory",
  "service_credential",
  "webhook",
  "webhook_cursor",
  "meeting",
  "meeting_account",
  "fact_sheet_version",
  "fact_sheet_text",
  "meeting_message",
  "meeting_check",
  "registration_form",
  "registration",
  "registration_draft",
  "meeting_instance",
  "meeting_event",
  "meeting_event_personal",
  "organisation_event",
  "organisation_event_personal",
  "chain_head",
  "instance_anchor",
  "chat_message",
  "barrier_head",
  "barrier_version",
  "barrier_pending",
  "barrier_policy_version",
  "barrier_upstream",
  "barrier_sync",
] as const;

/** Short-lived: a session or ticket that was revoked since must not come back to life. */
export const leftOut = [
  "session",
  "setup_link",
  "rate_limit",
  "sign_in_attempt",
  "recovery_link",
  "provider_attempt",
  "provider_assertion",
  "sfu_ticket",
  "key_package",
  "key_commit",
  "sfu_effect",
  "api_token",
  "api_idempotency",
  "webhook_delivery",
  "barrier_node",
  "barrier_upstream_wish",
  "guest_address",
  "address_code",
  "registration_browser",
  "outbox",
  "passcode_page",
] as const;

export const keyColumns = ["evidence_key", "content_key"] as const;

export const backupHeader = z.strictObject({
  format: z.enum(["sekisho-backup", "sekisho-backup-keys"]),
  version: z.literal(1),
  at: z.string(),
  migrations: z.array(z.string()),
});
export type BackupHeader = z.infer<typeof backupHeader>;

export const backupLine = z.tuple([z.enum(backupTables), z.record(z.string(), z.unknown())]);
