/** The report of one instance of a meeting (AUD-2). */
import { confidentialities, reportedActs, type ReportOutcome } from "@sekisho/domain";
import { z } from "zod";
import { instant, opaqueId, shownName, uuid } from "../schemas.ts";
import { policySource, verificationMethod } from "./room.ts";

const outcomes: readonly ReportOutcome[] = [
  ...(["inside", "left", "removed", "denied", "withdrawn", "notAdmitted"] as const),
];

export const reportPerson = z.strictObject({
  displayName: shownName,
  affiliation: shownName,
  external: z.boolean(),
  role: z.enum(["host", "coHost", "verifier", "participant"]),
  requestedAt: instant,
  admittedAt: instant.nullable(),
  /** Null: the rules themselves, nobody, or somebody whose name is not for the reader. */
  admittedBy: shownName.nullable(),
  method: verificationMethod.nullable(),
  /** Registered for the meeting beforehand, with an account or by a personal link (INV-5). */
  registered: z.boolean(),
  /** The name is that of an address that was proved (IDN-4). */
  nameProved: z.boolean(),
  standInReason: z.string().nullable(),
  agreed: z.strictObject({ version: z.int(), at: instant }).nullable(),
  deviceDeclaredAt: instant.nullable(),
  outcome: z.enum(outcomes),
  until: instant.nullable(),
  endedBy: shownName.nullable(),
});
export const reportRefusal = z.strictObject({
  at: instant,
  displayName: shownName,
  affiliation: shownName,
  reference: z.string(),
  /** For auditors alone; to everybody else all refusals look alike (ADM, BAR-14). */
  reason: z.string().nullable(),
});
export const meetingReport = z.strictObject({
  instanceId: opaqueId,
  topic: z.string(),
  startedAt: instant.nullable(),
  endedAt: instant,
  confidentiality: z.enum(confidentialities),
  people: z.array(reportPerson),
  refusals: z.array(reportRefusal),
  acts: z.array(
    z.strictObject({
      at: instant,
      type: z.enum(reportedActs),
      by: shownName.nullable(),
      about: shownName.nullable(),
    }),
  ),
  settings: z.array(
    z.strictObject({
      field: z.string(),
      value: z.union([z.string(), z.boolean()]),
      reasons: z.array(policySource),
    }),
  ),
  /** What was deleted when it ended. Null: about to be; `messages` null: before this was counted. */
  erased: z.strictObject({ at: instant.nullable(), messages: z.int().nullable() }).nullable(),
  /** When host or co-host last checked before or during it what works (CNF-6); null: nobody did. */
  checkedAt: instant.nullable(),
  /** The head of the instance's chain, and up to which record the organisation's chain vouches for it. */
  chain: z.strictObject({ records: z.int(), head: z.string().regex(/^[0-9a-f]{64}$/u), anchored: z.int() }),
});
export type MeetingReport = z.infer<typeof meetingReport>;

export const reportRow = z.strictObject({ instanceId: opaqueId, startsAt: instant, endsAt: instant });
export const reportParams = z.strictObject({ meetingId: uuid, instanceId: opaqueId });
