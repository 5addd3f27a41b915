/** The organisation's log, for auditors (AUD-1). */
import { z } from "zod";
import { instant, opaqueId, uuid } from "../schemas.ts";

/** Records on one page. */
export const auditPageSize = 50;
const hash = z.string().regex(/^[0-9a-f]{64}$/u);

/** Filters: all that are given must fit. `before`: only older records. */
export const auditQuery = z.strictObject({
  before: z.coerce.number().int().min(1).max(1e12).optional(),
  /** The beginning of a type: `account.` or `barrier.changed`. */
  type: z
    .string()
    .regex(/^[A-Za-z.]{1,60}$/u)
    .optional(),
  /** An id that the record names: of an account, a meeting, a credential. */
  about: opaqueId.optional(),
  from: z.coerce.number().pipe(instant).optional(),
  until: z.coerce.number().pipe(instant).optional(),
});
export type AuditQuery = z.output<typeof auditQuery>;

export const auditRecord = z.strictObject({
  seq: z.int(),
  at: instant,
  type: z.string(),
  /** `name` null: nobody of the organisation, or an account that is gone. */
  actor: z.strictObject({ kind: z.string(), name: z.string().nullable() }),
  /** The very text that was hashed. */
  data: z.string(),
  /** Names and addresses, as JSON; null: there are none, or their key is gone. */
  personal: z.string().nullable(),
  hash,
});
export type AuditRecord = z.infer<typeof auditRecord>;

export const auditPage = z.strictObject({
  records: z.array(auditRecord).max(auditPageSize),
  /** For `before` of the next page; null: there is none. */
  next: z.int().nullable(),
});

export const auditCheck = z.strictObject({
  ok: z.boolean(),
  at: instant,
  records: z.int(),
  chains: z.int(),
  /** The first hundred places that do not hold. */
  problems: z.array(z.strictObject({ chain: z.string(), seq: z.int(), kind: z.string() })).max(100),
  /** To be noted elsewhere: who has an older note can show that nothing before it was changed. */
  head: z.strictObject({ seq: z.int(), hash }).nullable(),
});
export type AuditCheck = z.infer<typeof auditCheck>;

export const auditReportRow = z.strictObject({
  instanceId: opaqueId,
  meetingId: uuid,
  topic: z.string(),
  host: z.string(),
  startsAt: instant,
  endsAt: instant,
});
export type AuditReportRow = z.infer<typeof auditReportRow>;
