/** Information barriers in the portal (BAR-11). Ids of groups and policies are opaque text, as in `/v2`. */
import { barrierFlags, barrierProblems } from "@sekisho/domain";
import { z } from "zod";
import { email, instant, uuid } from "../schemas.ts";

export const barrierId = z.string().regex(/^[A-Za-z0-9_-]{16,64}$/u);
export const barrierFlag = z.enum(barrierFlags);
export const reason = z.string().trim().min(1).max(500);
const domain = z
  .string()
  .max(253)
  .regex(/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/u);
export const version = z.int().min(0).max(2_147_483_647);

export const barrierGroupView = z.strictObject({
  id: barrierId,
  name: z.string().trim().min(1).max(128),
  /** Outsiders whose proved address ends in one of these count in the group (BAR-7). */
  domains: z.array(domain).max(100),
  members: z.int(),
  /** Of these, for how many it is the primary group (BAR-2). */
  primaryMembers: z.int(),
  policies: z.int(),
});
export type BarrierGroupView = z.infer<typeof barrierGroupView>;

export const barrierMemberView = z.strictObject({
  accountId: uuid,
  displayName: z.string(),
  email,
  primary: z.boolean(),
  /** Where this group is not the primary one: the name of the one that is. */
  primaryGroupName: z.string().nullable(),
  otherGroups: z.int(),
  /** Counts here still, until a loosening is approved (BAR-6). */
  held: z.boolean(),
});
export type BarrierMemberView = z.infer<typeof barrierMemberView>;

/** `flags` are things that cannot be done (BAR-1). `notYetInForce`: those of them whose channel does not exist here yet. */
export const barrierPolicyView = z.strictObject({
  id: barrierId,
  name: z.string().max(128),
  a: z.strictObject({ id: barrierId, name: z.string() }),
  b: z.strictObject({ id: barrierId, name: z.string() }),
  enabled: z.boolean(),
  flags: z.array(barrierFlag),
  notYetInForce: z.array(barrierFlag),
  /** `pending_approval`: a loosening of it waits for a second person (BAR-6). */
  effectiveState: z.enum(["in_force", "disabled", "pending_approval"]),
  changedAt: instant,
  changedBy: z.string(),
  reason: z.string(),
  version,
});
export type BarrierPolicyView = z.infer<typeof barrierPolicyView>;

export const authenticationException = z.strictObject({
  kind: z.enum(["address", "domain"]),
  value: z.string().trim().toLowerCase().min(3).max(254),
});

export const barrierRulesView = z.strictObject({
  on: z.boolean(),
  ungrouped: z.enum(["inherit", "unrestricted"]),
  manualGroupEdits: z.boolean(),
  joinBeforeHost: z.enum(["lockedOff", "unlocked"]),
  exceptions: z.array(authenticationException).max(1000),
  secondPerson: z.enum(["auto", "always", "never"]),
  staleLimits: z.strictObject({
    denyNewAfter: z.int().min(1).max(10_080).nullable(),
    closeAfter: z.int().min(1).max(10_080).nullable(),
  }),
});
export type BarrierRulesView = z.infer<typeof barrierRulesView>;

/** One change as somebody asks for it; several make one version (BAR-5). Ids of new things are made by who asks. */
export const barrierEdit = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("policy.put"),
    policyId: barrierId,
    name: z.string().trim().max(128).default(""),
    a: barrierId,
    b: barrierId,
    enabled: z.boolean(),
    flags: z.array(barrierFlag).max(8),
  }),
  z.strictObject({ type: z.literal("policy.remove"), policyId: barrierId }),
  z.strictObject({
    type: z.literal("group.put"),
    groupId: barrierId,
    name: z.string().trim().min(1).max(128),
    domains: z.array(domain).max(100),
  }),
  z.strictObject({ type: z.literal("group.remove"), groupId: barrierId }),
  /** A person's groups, whole; one step from old to new (BAR-6). */
  z.strictObject({
    type: z.literal("person.put"),
    accountId: uuid,
    groups: z.array(barrierId).max(50),
    primary: barrierId.nullable(),
  }),
  z.strictObject({ type: z.literal("rules.put"), rules: barrierRulesView }),
]);
export type BarrierEdit = z.infer<typeof barrierEdit>;
/** As many as a CSV of a large organisation has people: an import is one version too. */
export const barrierEdits = z.array(barrierEdit).min(1).max(10_000);

/** What saving would do at this moment (BAR-11). `digest`: changes with the numbers; saving asks for the one shown. */
export const barrierImpact = z.strictObject({
  digest: z.string().max(64),
  at: instant,
  live: z.strictObject({ meetings: z.int(), removed: z.int(), restricted: z.int() }),
  upcoming: z.strictObject({ meetings: z.int(), people: z.int() }),
  /** People whose other groups are named by the policies of this edit (BAR-2). */
  otherGroupsMatter: z.int(),
  /** Active accounts without a group (BAR-8). */
  ungrouped: z.int(),
  /** Public meetings to come, and meetings with guests who will have to sign in (BAR-8). */
  publicMeetings: z.int(),
  guestMeetings: z.int(),
  /** BAR-6: part of the edit waits for a second person. */
  loosens: z.boolean(),
  needsSecondPerson: z.boolean(),
  /** What stands against saving; the `details` of `barrier_edit_invalid` are the same codes. */
  problems: z.array(z.enum(barrierProblems)),
});
export type BarrierImpact = z.infer<typeof barrierImpact>;

export const impactItem = z.strictObject({
  kind: z.enum(["removed", "restricted", "upcoming", "otherGroup", "ungrouped"]),
  meetingId: uuid.nullable(),
  topic: z.string().nullable(),
  at: instant.nullable(),
  people: z.array(z.string()).max(100),
});
export type BarrierImpactItem = z.infer<typeof impactItem>;

export const barrierNode = z.strictObject({
  name: z.string().max(128),
  version,
  seenAt: instant,
});

export const barrierSyncRow = z.strictObject({
  id: z.string().max(64),
  at: instant,
  source: z.enum(["portal", "api", "push", "pull", "import", "approval", "signIn"]),
  by: z.string(),
  reason: z.string(),
  /** `unchanged`: the source had nothing new. */
  result: z.enum(["applied", "quarantined", "failed", "unchanged"]),
  /** Of a failure: what to do about it, as a code for the catalogue. */
  problem: z.string().max(64).nullable(),
  version: version.nullable(),
  changes: z.int(),
  pendingId: z.string().max(64).nullable(),
});
export type BarrierSyncRow = z.infer<typeof barrierSyncRow>;

/** `applied`: every node that is alive has it, and every meeting in progress has been swept for it. */
export const barrierStatus = z.strictObject({
  rules: barrierRulesView,
  version,
  committedAt: instant.nullable(),
  applied: z.boolean(),
  nodes: z.array(barrierNode),
  freshness: z.enum(["fresh", "stale", "expired", "none"]),
  /** Of a pulled source: minutes since the last good contact. */
  ageMinutes: z.int().nullable(),
  lastSync: barrierSyncRow.nullable(),
  groups: z.int(),
  policies: z.int(),
  ungrouped: z.int(),
  /** People whose non-primary group is named by an enabled policy (BAR-2). */
  otherGroupsMatter: z.int(),
  pending: z.int(),
  editors: z.int(),
  mayEdit: z.boolean(),
  /** True when groups are being managed by an API or pull sync and hand edits would be overridden (BAR-9). */
  syncedGroups: z.boolean(),
});
export type BarrierStatus = z.infer<typeof barrierStatus>;

/** One change of a version, in parts: the page makes the sentence, in the reader's language. */
export const barrierChangeLine = z.strictObject({
  kind: z.enum([
    "policy.put",
    "policy.remove",
    "group.put",
    "group.remove",
    "person.put",
    "person.remove",
    "rules.put",
  ]),
  /** Policy: its two groups. Group: its name. Person: the name, then the groups, the primary one first. Rules: none. */
  names: z.array(z.string().max(128)).max(12),
  /** Of a policy, after the change; else empty and null. */
  flags: z.array(barrierFlag),
  enabled: z.boolean().nullable(),
  /** Which of the rules changed. */
  rules: z.array(barrierRulesView.keyof()),
});
export type BarrierChangeLine = z.infer<typeof barrierChangeLine>;

/** Loosenings that wait (BAR-6): what is in force already, and what waits, in the words of edits. */
export const barrierPending = z.strictObject({
  id: z.string().max(64),
  at: instant,
  source: barrierSyncRow.shape.source,
  by: z.string(),
  /** Whoever asked cannot approve. */
  mine: z.boolean(),
  reason: z.string(),
  why: z.array(
    z.enum([
      "loosening",
      "many_ungrouped",
      "group_emptied",
      "policy_disabled",
      "flags_cleared",
      "policy_removed",
      "group_removed",
      "domain_removed",
    ]),
  ),
  /** Restrictions of the same edit or sync, which act already. */
  inForce: z.array(barrierChangeLine).max(200),
  waiting: z.array(barrierChangeLine).max(200),
  /** Waiting ones that the list above leaves off. */
  more: z.int(),
});
export type BarrierPending = z.infer<typeof barrierPending>;

export const barrierVersionRow = z.strictObject({
  version,
  at: instant,
  source: barrierSyncRow.shape.source,
  by: z.string(),
  approvedBy: z.string().nullable(),
  reason: z.string(),
  changes: z.array(barrierChangeLine).max(50),
  more: z.int(),
});
export type BarrierVersionRow = z.infer<typeof barrierVersionRow>;

/** A window of the matrix: `masks[r * columns + c]` as bytes in base64. */
export const barrierMatrix = z.strictObject({
  version,
  /** How many there are with the search of each side. */
  rowTotal: z.int(),
  columnTotal: z.int(),
  rows: z.array(z.strictObject({ id: barrierId, name: z.string() })).max(200),
  columns: z.array(z.strictObject({ id: barrierId, name: z.string() })).max(200),
  masks: z.base64(),
  /** Where an edit was sent along: the masks as they would be. */
  after: z.base64().nullable(),
});
export type BarrierMatrix = z.infer<typeof barrierMatrix>;

const explainedPerson = z.strictObject({
  accountId: uuid,
  displayName: z.string(),
  /** Names of the groups that count; empty: without a group. */
  groups: z.array(z.string()),
  otherGroups: z.array(z.string()),
});
export const barrierExplanation = z.strictObject({
  version,
  since: instant,
  freshness: barrierStatus.shape.freshness,
  on: z.boolean(),
  a: explainedPerson,
  b: explainedPerson,
  flags: z.array(barrierFlag),
  why: z.enum(["off", "none", "pair", "ungrouped", "samePerson"]),
  policies: z.array(
    z.strictObject({ id: barrierId, name: z.string(), flags: z.array(barrierFlag), version, since: instant }),
  ),
});
export type BarrierExplanation = z.infer<typeof barrierExplanation>;

export const barrierUpstream = z.strictObject({
  url: z.url({ protocol: /^https?$/u }).max(500),
  intervalMinutes: z.int().min(1).max(1440),
  enabled: z.boolean(),
  /** Whether a token is kept; the token itself is never answered. */
  hasToken: z.boolean(),
  lastContactAt: instant.nullable(),
  lastProblem: z.string().max(64).nullable(),
});
export type BarrierUpstream = z.infer<typeof barrierUpstream>;
