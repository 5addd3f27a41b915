/** Reports of instances that have ended (AUD-2). */
import { z } from "zod";
import { access } from "../access.ts";
import { defineRoute } from "../define-route.ts";
import { none, nothing, opaqueId, uuid } from "../schemas.ts";
import { meetingReport, reportParams, reportRow } from "../views/report.ts";

const json = {
  method: "GET",
  answers: "json",
  query: none,
  params: none,
  body: nothing,
  errors: ["not_found"],
  audit: [],
  limit: "read",
} as const;

export const reportList = defineRoute({
  ...json,
  id: "report.list",
  path: "/api/meetings/:meetingId/reports",
  summary: "Instances of a meeting that have ended",
  access: access.hostOrCoHost,
  params: z.strictObject({ meetingId: uuid }),
  response: z.strictObject({ reports: z.array(reportRow).max(100) }),
});
export const reportRead = defineRoute({
  ...json,
  id: "report.read",
  path: "/api/meetings/:meetingId/reports/:instanceId",
  summary:
    "Who asked, who was admitted by whom and how verified, what was on; without whom the reader must not know of",
  access: access.hostOrCoHost,
  params: reportParams,
  response: meetingReport,
});
export const reportCsv = defineRoute({
  ...json,
  id: "report.csv",
  path: "/api/meetings/:meetingId/reports/:instanceId/people.csv",
  summary: "The people of a report as CSV; no cell is run as a formula",
  access: access.hostOrCoHost,
  params: reportParams,
  response: z.string(),
  answers: "file",
});
export const reportAudit = defineRoute({
  ...json,
  id: "report.audit",
  path: "/api/audit/reports/:instanceId",
  summary: "The report with the reasons of refusals, for auditors",
  access: { kind: "duty", oneOf: ["auditor"] },
  params: z.strictObject({ instanceId: opaqueId }),
  response: meetingReport,
});
