/** Changes as the history shows them: kept with each version, so that a page of history folds nothing. */
import {
  flagsOf,
  rulesFields,
  sameRule,
  type BarrierChange,
  type BarrierModel,
  type BarrierPolicy,
  type GroupId,
} from "@sekisho/domain";
import type { BarrierChangeLine } from "@sekisho/contract";
import type { Db } from "../../platform/db/database.ts";
import type { StoredLine } from "../../platform/db/schema.ts";

/** As many as a page shows of one version. */
export const linesKept = 200;
const groupsShown = 11;

const bare = { names: [], flags: [], enabled: null, rules: [], accountId: null } as const;

/** The first `linesKept`, policies and rules before people. `before` and `after` only give names. */
export function linesOf(
  before: BarrierModel,
  after: BarrierModel,
  changes: readonly BarrierChange[],
): readonly StoredLine[] {
  const nameOf = (groupId: GroupId) => (after.groups.get(groupId) ?? before.groups.get(groupId))?.name ?? "";
  const sorted = changes.toSorted((a, b) => rank(a) - rank(b));
  return sorted.slice(0, linesKept).map((change) => lineOf(change, before, nameOf));
}

const order = ["rules", "policy", "group", "person"];

function rank(change: BarrierChange): number {
  return order.indexOf(change.type.slice(0, change.type.indexOf(".")));
}

function lineOf(
  change: BarrierChange,
  before: BarrierModel,
  nameOf: (groupId: GroupId) => string,
): StoredLine {
  const policyLine = (policy: BarrierPolicy | undefined): StoredLine => ({
    ...bare,
    kind: change.type,
    names: policy === undefined ? [] : [nameOf(policy.a), nameOf(policy.b)],
    flags: policy === undefined ? [] : [...flagsOf(policy.mask)],
    enabled: policy?.enabled ?? null,
  });
  switch (change.type) {
    case "policy.put":
      return policyLine(change.policy);
    case "policy.remove":
      return policyLine(before.policies.get(change.policyId));
    case "group.put":
      return { ...bare, kind: change.type, names: [change.group.name] };
    case "group.remove":
      return { ...bare, kind: change.type, names: [nameOf(change.groupId)] };
    case "person.put": {
      const { primary, groups, held } = change.person;
      const shown = [...new Set([...(primary === null ? [] : [primary]), ...groups, ...held])];
      const names = shown.slice(0, groupsShown).map(nameOf);
      return { ...bare, kind: change.type, names, accountId: change.accountId };
    }
    case "person.remove":
      return { ...bare, kind: change.type, accountId: change.accountId };
    case "rules.put": {
      const rules = rulesFields.filter((field) => !sameRule(before.rules, change.rules, field));
      return { ...bare, kind: change.type, rules };
    }
  }
}

/** Lines with the names that people have today. */
export async function readLines(db: Db, stored: readonly StoredLine[]): Promise<BarrierChangeLine[]> {
  const ids = [...new Set(stored.flatMap((line) => line.accountId ?? []))];
  const names = await accountNames(db, ids);
  return stored.map(({ accountId, ...line }) => ({
    ...line,
    flags: [...line.flags],
    rules: [...line.rules],
    names: accountId === null ? [...line.names] : [names.get(accountId) ?? "", ...line.names],
  }));
}

export async function accountNames(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom("account")
    .select(["id", "display_name"])
    .where("id", "in", [...new Set(ids)])
    .execute();
  return new Map(rows.map((row) => [row.id, row.display_name]));
}
