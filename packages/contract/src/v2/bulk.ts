/** The whole of the barriers in one document, as a sync sends it (ours). Its reader is the barriers' own; here its frame. */
import { z } from "zod";

/** Checked in full, with a place for each problem, by the one reader of such documents. */
export const v2BulkInput = z.record(z.string(), z.unknown());

export const v2BulkAnswer = z.strictObject({
  version: z.int(),
  /** Changes that are in force with this version; 0: it was so already. */
  changes: z.int(),
  effective_state: z.enum(["in_force", "pending_approval", "unchanged"]),
  /** What waits for a second person; null: nothing. */
  pending_id: z.string().nullable(),
  /** Members who have no account here, at most 1,000 of them: they were left out. */
  unknown_members: z.array(z.string()),
});
