/** The page of auditors: read-only, and every reading is itself on record (AUD-1, AUD-2). */
import { z } from "zod";
import { defineRoute } from "../define-route.ts";
import type { Access } from "../access.ts";
import { none, nothing } from "../schemas.ts";
import { auditCheck, auditPage, auditQuery, auditReportRow } from "../views/audit.ts";

const auditors: Access = { kind: "duty", oneOf: ["auditor"] };
const json = { answers: "json", query: none, params: none, body: nothing, errors: [], audit: [] } as const;

export const auditLog = defineRoute({
  ...json,
  id: "audit.log",
  method: "GET",
  path: "/api/audit/log",
  summary: "The organisation's log, newest first; without records of whom the reader must not know",
  access: auditors,
  query: auditQuery,
  response: auditPage,
  limit: "read",
});
export const auditExport = defineRoute({
  ...json,
  id: "audit.export",
  method: "GET",
  path: "/api/audit/log/export/:format",
  summary: "The same as JSON Lines or CSV, oldest first; no cell is run as a formula",
  access: auditors,
  params: z.strictObject({ format: z.enum(["jsonl", "csv"]) }),
  query: auditQuery,
  response: z.unknown(),
  answers: "file",
  limit: "write",
  audit: ["audit.exported"],
});
export const auditVerify = defineRoute({
  ...json,
  id: "audit.verify",
  method: "POST",
  path: "/api/audit/verify",
  summary: "Check every chain now",
  access: auditors,
  response: auditCheck,
  limit: "write",
  audit: ["audit.verified"],
});
export const auditReports = defineRoute({
  ...json,
  id: "audit.reports",
  method: "GET",
  path: "/api/audit/reports",
  summary: "Meetings that have ended, the newest hundred; their reports have the reasons of refusals",
  access: auditors,
  response: z.strictObject({ reports: z.array(auditReportRow).max(100) }),
  limit: "read",
});
