/** Information barriers for those who look after them (BAR-6 … BAR-11). */
import { z } from "zod";
import { access } from "../access.ts";
import { defineRoute } from "../define-route.ts";
import { email, instant, none, nothing, ok, uuid } from "../schemas.ts";
import * as views from "../views/barriers.ts";

const json = { answers: "json", query: none, params: none, body: nothing, errors: [], audit: [] } as const;
const page = {
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
};
/** 10,000 edits, each of a person in several groups. */
const manyEdits = { maxBodyBytes: 8 * 1024 * 1024 } as const;
const search = z.string().max(64).default("");

export const barrierStatusRead = defineRoute({
  ...json,
  id: "barrier.status",
  method: "GET",
  path: "/api/barriers",
  summary: "Whether barriers are on, which version is committed and which applied, the last sync",
  access: access.barriersRead,
  response: views.barrierStatus,
  limit: "read",
});
export const barrierPolicyList = defineRoute({
  ...json,
  id: "barrier.policies",
  method: "GET",
  path: "/api/barriers/policies",
  summary: "All policies, newest change first",
  access: access.barriersRead,
  query: z.strictObject({
    q: search,
    policyId: views.barrierId.optional(),
    groupId: views.barrierId.optional(),
    /** With `groupId`: only policies between the two. */
    otherGroupId: views.barrierId.optional(),
    ...page,
  }),
  response: z.strictObject({
    policies: z.array(views.barrierPolicyView),
    total: z.int(),
    next: z.string().nullable(),
  }),
  limit: "read",
});
export const barrierGroupList = defineRoute({
  ...json,
  id: "barrier.groups",
  method: "GET",
  path: "/api/barriers/groups",
  summary: "Groups, by name",
  access: access.barriersRead,
  query: z.strictObject({ q: search, groupId: views.barrierId.optional(), ...page }),
  response: z.strictObject({
    groups: z.array(views.barrierGroupView),
    total: z.int(),
    next: z.string().nullable(),
  }),
  limit: "read",
});
export const barrierMemberList = defineRoute({
  ...json,
  id: "barrier.members",
  method: "GET",
  path: "/api/barriers/groups/:groupId/members",
  summary: "Members of a group, with whether it is their primary one; `ungrouped` for people without a group",
  access: access.barriersRead,
  params: z.strictObject({ groupId: z.union([views.barrierId, z.literal("ungrouped")]) }),
  query: z.strictObject({ q: search, ...page }),
  response: z.strictObject({
    members: z.array(views.barrierMemberView),
    total: z.int(),
    next: z.string().nullable(),
  }),
  errors: ["not_found"],
  limit: "read",
});
export const barrierPeopleSearch = defineRoute({
  ...json,
  id: "barrier.people",
  method: "GET",
  path: "/api/barriers/people",
  summary: "Find anybody of the organisation, walls or not: who looks after walls has to see both sides",
  access: access.barriersRead,
  query: z.strictObject({ q: search }),
  response: z.strictObject({
    people: z
      .array(
        z.strictObject({
          accountId: uuid,
          displayName: z.string(),
          email,
          primaryGroupName: z.string().nullable(),
        }),
      )
      .max(20),
  }),
  limit: "read",
});
export const barrierPersonRead = defineRoute({
  ...json,
  id: "barrier.person",
  method: "GET",
  path: "/api/barriers/people/:accountId",
  summary: "One person's groups",
  access: access.barriersRead,
  params: z.strictObject({ accountId: uuid }),
  response: z.strictObject({
    accountId: uuid,
    displayName: z.string(),
    groups: z.array(z.strictObject({ id: views.barrierId, name: z.string() })),
    primary: views.barrierId.nullable(),
    held: z.array(views.barrierId),
  }),
  errors: ["not_found"],
  limit: "read",
});
export const barrierMatrixRead = defineRoute({
  ...json,
  ...manyEdits,
  id: "barrier.matrix",
  method: "POST",
  path: "/api/barriers/matrix",
  summary: "A window of who can meet whom, now and with a draft",
  access: access.barriersRead,
  body: z.strictObject({
    rows: z.strictObject({ offset: z.int().min(0), count: z.int().min(1).max(200), q: search }),
    columns: z.strictObject({ offset: z.int().min(0), count: z.int().min(1).max(200), q: search }),
    /** Only groups that some policy names. */
    onlyWithPolicy: z.boolean().default(false),
    draft: views.barrierEdits.optional(),
  }),
  response: views.barrierMatrix,
  limit: "read",
});
export const barrierPreview = defineRoute({
  ...json,
  ...manyEdits,
  id: "barrier.preview",
  method: "POST",
  path: "/api/barriers/preview",
  summary: "What an edit would break: live meetings, upcoming ones, people",
  access: access.barriersEdit,
  body: z.strictObject({ edits: views.barrierEdits }),
  response: views.barrierImpact,
  limit: "read",
});
export const barrierImpactList = defineRoute({
  ...json,
  ...manyEdits,
  id: "barrier.impact",
  method: "POST",
  path: "/api/barriers/impact",
  summary: "The same by name; looking is recorded",
  access: access.barriersEdit,
  body: z.strictObject({ edits: views.barrierEdits }),
  response: z.strictObject({ items: z.array(views.impactItem).max(500), more: z.int() }),
  limit: "read",
  audit: ["barrier.impactRead"],
});
export const barrierSave = defineRoute({
  ...json,
  ...manyEdits,
  id: "barrier.save",
  method: "POST",
  path: "/api/barriers/versions",
  summary: "Save edits as one version; restrictions act at once, loosenings may wait for a second person",
  access: access.barriersEdit,
  body: z.strictObject({
    edits: views.barrierEdits,
    reason: views.reason,
    /** The version that the draft was made on. */
    baseVersion: views.version,
    /** Of the preview that was shown; another one now is `impact_changed`. */
    impact: z.string().max(64),
  }),
  response: z.strictObject({
    version: views.version,
    /** Null: all of it is in force. */
    pendingId: z.string().nullable(),
  }),
  errors: ["barriers_changed", "impact_changed", "barrier_edit_invalid", "manual_edits_off"],
  limit: "write",
  audit: ["barrier.changed"],
});
export const barrierExplain = defineRoute({
  ...json,
  id: "barrier.explain",
  method: "POST",
  path: "/api/barriers/explain",
  summary: "Why two people can or cannot meet, now or at a time; looking is recorded",
  access: access.barriersRead,
  body: z.strictObject({ a: uuid, b: uuid, at: instant.nullable() }),
  response: views.barrierExplanation,
  errors: ["not_found"],
  limit: "read",
  audit: ["barrier.explained"],
});
export const barrierHistory = defineRoute({
  ...json,
  id: "barrier.history",
  method: "GET",
  path: "/api/barriers/versions",
  summary: "Versions with who, why and what, newest first",
  access: access.barriersRead,
  query: z.strictObject({ ...page }),
  response: z.strictObject({ versions: z.array(views.barrierVersionRow), next: z.string().nullable() }),
  limit: "read",
});
export const barrierSyncList = defineRoute({
  ...json,
  id: "barrier.syncs",
  method: "GET",
  path: "/api/barriers/syncs",
  summary: "Syncs with their results, newest first",
  access: access.barriersRead,
  query: z.strictObject({ ...page }),
  response: z.strictObject({ syncs: z.array(views.barrierSyncRow), next: z.string().nullable() }),
  limit: "read",
});
export const barrierPendingList = defineRoute({
  ...json,
  id: "barrier.pending",
  method: "GET",
  path: "/api/barriers/pending",
  summary: "Loosenings that wait for a second person",
  access: access.barriersRead,
  response: z.strictObject({ pending: z.array(views.barrierPending) }),
  limit: "read",
});
const pendingId = z.strictObject({ pendingId: z.string().regex(/^[A-Za-z0-9_-]{16,64}$/u) });
export const barrierApprove = defineRoute({
  ...json,
  id: "barrier.approve",
  method: "POST",
  path: "/api/barriers/pending/:pendingId/approve",
  summary: "Put a loosening in force; never by who asked for it",
  access: access.barriersEdit,
  params: pendingId,
  body: z.strictObject({ reason: views.reason }),
  response: z.strictObject({ version: views.version }),
  errors: ["not_found", "own_request", "barriers_changed"],
  limit: "write",
  audit: ["barrier.approved"],
});
export const barrierReject = defineRoute({
  ...json,
  id: "barrier.reject",
  method: "POST",
  path: "/api/barriers/pending/:pendingId/reject",
  summary: "Turn a loosening down, or take the own one back; what it restricted stays",
  access: access.barriersEdit,
  params: pendingId,
  body: z.strictObject({ reason: views.reason }),
  response: ok,
  errors: ["not_found"],
  limit: "write",
  audit: ["barrier.rejected"],
});
export const barrierUpstreamRead = defineRoute({
  ...json,
  id: "barrier.upstream",
  method: "GET",
  path: "/api/barriers/upstream",
  summary: "The policy server that is asked on a schedule",
  access: access.barriersRead,
  response: z.strictObject({ upstream: views.barrierUpstream.nullable() }),
  limit: "read",
});
export const barrierUpstreamUpdate = defineRoute({
  ...json,
  id: "barrier.upstream.update",
  method: "PUT",
  path: "/api/barriers/upstream",
  summary: "Name the policy server, or stop asking it",
  access: access.barriersEdit,
  body: z.strictObject({
    url: views.barrierUpstream.shape.url,
    intervalMinutes: views.barrierUpstream.shape.intervalMinutes,
    enabled: z.boolean(),
    /** Absent: as before. */
    token: z.string().min(1).max(500).optional(),
    /** Seen that nobody is refused any more because the source is silent. Only asked for with `confirm_not_fresh`. */
    confirmed: z.boolean().optional(),
  }),
  response: z.strictObject({ upstream: views.barrierUpstream }),
  errors: ["upstream_not_allowed", "second_person_needed", "confirm_not_fresh"],
  limit: "write",
  audit: ["barrier.upstreamAsked", "barrier.upstreamChanged"],
});
export const barrierUpstreamPull = defineRoute({
  ...json,
  id: "barrier.upstream.pull",
  method: "POST",
  path: "/api/barriers/upstream/pull",
  summary: "Ask the policy server now",
  access: access.barriersEdit,
  response: views.barrierSyncRow,
  errors: ["not_found"],
  limit: "write",
  audit: ["barrier.synced"],
});
export const barrierExport = defineRoute({
  ...json,
  id: "barrier.export",
  method: "GET",
  path: "/api/barriers/export/:what",
  summary: "Policies, groups or members as CSV (UTF-8 with BOM)",
  access: access.barriersRead,
  params: z.strictObject({ what: z.enum(["policies", "groups", "members"]) }),
  response: z.string(),
  answers: "file",
  limit: "read",
  audit: ["barrier.exported"],
});
const problem = z.strictObject({
  /** From 1, the header included. */
  line: z.int(),
  column: z.string().max(40),
  code: z.enum([
    "missing",
    "unknown_group",
    "unknown_person",
    "unknown_flag",
    "duplicate",
    "too_long",
    "not_a_choice",
    "two_primaries",
  ]),
});
export const barrierImport = defineRoute({
  ...json,
  /** As JSON the text is somewhat longer. */
  maxBodyBytes: 16 * 1024 * 1024,
  id: "barrier.import",
  method: "POST",
  path: "/api/barriers/import/:what",
  summary: "Read a CSV into edits; nothing is saved: preview and save follow",
  access: access.barriersEdit,
  params: z.strictObject({ what: z.enum(["policies", "groups", "members"]) }),
  body: z.strictObject({ csv: z.string().max(5_000_000) }),
  response: z.strictObject({ edits: z.array(views.barrierEdit), problems: z.array(problem).max(200) }),
  errors: ["body_too_large"],
  limit: "write",
});
