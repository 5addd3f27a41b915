/**
 * A whole state of the barriers in one document, as a policy server answers it and as it is pushed (BAR-12): groups,
 * who is in them, and policies in Zoom's shape. It is taken as a whole or not at all.
 */
import {
  barrierFlags,
  id,
  maskOf,
  type BarrierFlag,
  type BarrierGroup,
  type BarrierModel,
  type BarrierPerson,
  type BarrierPolicy,
} from "@sekisho/domain";
import { createHash } from "node:crypto";
import { z } from "zod";
import type { BarrierTarget } from "./barrier-writer.ts";

const barrierId = z.string().regex(/^[A-Za-z0-9_-]{16,64}$/u);
const domain = z
  .string()
  .max(253)
  .toLowerCase()
  .regex(/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/u);

const group = z.strictObject({
  id: barrierId,
  name: z.string().trim().min(1).max(128),
  domains: z.array(domain).max(100).default([]),
});

const membership = {
  groups: z.array(barrierId).max(50),
  /** May be left out where there is at most one group. */
  primary_group_id: barrierId.nullish(),
};
const member = z.union([
  z.strictObject({ email: z.email().max(254).toLowerCase(), ...membership }),
  z.strictObject({ account_id: z.uuid().toLowerCase(), ...membership }),
]);

/** True: cannot. What is not named is not forbidden. */
const settings = z.partialRecord(z.enum(barrierFlags), z.boolean());

const policy = z.strictObject({
  /** Left out: the policy of these two groups, or a new one. */
  id: barrierId.optional(),
  policy_name: z.string().trim().max(128).default(""),
  assigned_group_id: barrierId,
  to_group_id: barrierId,
  status: z.union([z.literal(0), z.literal(1)]).default(1),
  type: z.literal(0).default(0),
  settings,
});

export const bulkDocument = z.strictObject({
  /** Of the document, where its server counts; a lower one than before is not taken. */
  version: z.int().min(0).optional(),
  groups: z.array(group).max(20_000),
  members: z.array(member).max(1_000_000),
  policies: z.array(policy).max(200_000),
});
export type BulkDocument = z.infer<typeof bulkDocument>;

export const bulkProblems = [
  "group_twice",
  "group_name_taken",
  "domain_taken",
  "group_unknown",
  "person_twice",
  "primary_missing",
  "primary_not_member",
  "policy_twice",
] as const;
export type BulkProblem = { readonly code: (typeof bulkProblems)[number]; readonly path: string };

/** Accounts of the organisation: by id, and by address in lower case. */
export type BulkDirectory = {
  readonly ids: ReadonlySet<string>;
  readonly byEmail: ReadonlyMap<string, string>;
};

export type BulkRead =
  | {
      readonly kind: "good";
      readonly target: BarrierTarget;
      /** Members who have no account here. They are left out, and count as without a group once they have one. */
      readonly unknown: readonly string[];
    }
  | { readonly kind: "wrong"; readonly problems: readonly BulkProblem[] };

/** What the document asks for, with the ids that policies of the same groups have already. Pure. */
export function readBulk(document: BulkDocument, directory: BulkDirectory, model: BarrierModel): BulkRead {
  const problems: BulkProblem[] = [];
  const wrong: Wrong = (code, path) => problems.push({ code, path });
  const groups = groupsOf(document, wrong);
  const { people, unknown } = peopleOf(
    document,
    directory,
    (groupId) => groups.has(id.group(groupId)),
    wrong,
  );
  const policies = policiesOf(document, model, (groupId) => groups.has(id.group(groupId)), wrong);
  if (problems.length > 0) return { kind: "wrong", problems };
  return { kind: "good", target: { groups, people, policies }, unknown };
}

type Wrong = (code: BulkProblem["code"], path: string) => void;
type IsGroup = (groupId: string) => boolean;

function groupsOf(document: BulkDocument, wrong: Wrong): Map<BarrierGroup["id"], BarrierGroup> {
  const groups = new Map<BarrierGroup["id"], BarrierGroup>();
  const names = new Set<string>();
  const domains = new Set<string>();
  document.groups.forEach((one, index) => {
    const groupId = id.group(one.id);
    if (groups.has(groupId)) wrong("group_twice", `groups.${index}.id`);
    if (names.has(one.name)) wrong("group_name_taken", `groups.${index}.name`);
    if (one.domains.some((name) => domains.has(name))) wrong("domain_taken", `groups.${index}.domains`);
    names.add(one.name);
    for (const name of one.domains) domains.add(name);
    groups.set(groupId, { id: groupId, name: one.name, domains: [...new Set(one.domains)] });
  });
  return groups;
}

function peopleOf(document: BulkDocument, directory: BulkDirectory, isGroup: IsGroup, wrong: Wrong) {
  const people = new Map<ReturnType<typeof id.account>, BarrierPerson>();
  const unknown: string[] = [];
  document.members.forEach((one, index) => {
    const path = `members.${index}`;
    const primary = one.primary_group_id ?? (one.groups.length === 1 ? one.groups[0] : undefined) ?? null;
    if (!one.groups.every(isGroup)) wrong("group_unknown", `${path}.groups`);
    if (primary === null && one.groups.length > 1) wrong("primary_missing", `${path}.primary_group_id`);
    if (primary !== null && !one.groups.includes(primary))
      wrong("primary_not_member", `${path}.primary_group_id`);
    const said = "email" in one ? one.email : one.account_id;
    const found = "email" in one ? directory.byEmail.get(said) : directory.ids.has(said) ? said : undefined;
    if (found === undefined) {
      unknown.push(said);
      return;
    }
    const accountId = id.account(found);
    if (people.has(accountId)) wrong("person_twice", path);
    const groups = [...new Set(one.groups)].map((groupId) => id.group(groupId));
    people.set(accountId, { groups, primary: primary === null ? null : id.group(primary), held: [] });
  });
  for (const [accountId, person] of people) if (person.groups.length === 0) people.delete(accountId);
  return { people, unknown };
}

function policiesOf(document: BulkDocument, model: BarrierModel, isGroup: IsGroup, wrong: Wrong) {
  const known = new Map([...model.policies.values()].map((one) => [pairOf(one.a, one.b), one.id]));
  const pairs = new Set<string>();
  const policies = new Map<BarrierPolicy["id"], BarrierPolicy>();
  document.policies.forEach((one, index) => {
    const path = `policies.${index}`;
    const pair = pairOf(one.assigned_group_id, one.to_group_id);
    const policyId = one.id === undefined ? (known.get(pair) ?? idOfPair(pair)) : id.barrierPolicy(one.id);
    if (!isGroup(one.assigned_group_id)) wrong("group_unknown", `${path}.assigned_group_id`);
    if (!isGroup(one.to_group_id)) wrong("group_unknown", `${path}.to_group_id`);
    if (pairs.has(pair) || policies.has(policyId)) wrong("policy_twice", path);
    pairs.add(pair);
    policies.set(policyId, {
      id: policyId,
      name: one.policy_name,
      a: id.group(one.assigned_group_id),
      b: id.group(one.to_group_id),
      enabled: one.status === 1,
      mask: maskOf(flagsSet(one.settings)),
    });
  });
  return policies;
}

function flagsSet(said: Readonly<Partial<Record<BarrierFlag, boolean>>>): readonly BarrierFlag[] {
  return barrierFlags.filter((flag) => said[flag] === true);
}

function pairOf(a: string, b: string): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

/** The same each time, so that a document without ids is the same state each time. */
export function idOfPair(pair: string): BarrierPolicy["id"] {
  return id.barrierPolicy(createHash("sha256").update(pair).digest("base64url").slice(0, 22));
}
