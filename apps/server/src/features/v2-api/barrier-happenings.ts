/** What a version of the barriers is as webhooks: policies, groups, members, primary groups (BAR-12). */
import {
  applyBarrierChanges,
  id,
  type AccountId,
  type BarrierChange,
  type BarrierModel,
  type BarrierPerson,
  type GroupId,
} from "@sekisho/domain";
import type { Trx } from "../../platform/evidence/organisation-log.ts";
import { shapeOf } from "./policies.ts";
import type { Happening } from "./webhook-store.ts";

export type VersionSeen = {
  readonly version: number;
  readonly at: number;
  readonly changes: readonly BarrierChange[];
};
export type Operator = { readonly operator: string; readonly operator_id: string };
type Described = {
  readonly accountId: string;
  readonly operator: Operator;
  emailOf(accountId: AccountId): string;
};

type Made = Omit<Happening, "at">;

/** In the order of the changes; members of one group together. */
export function barrierHappenings(
  before: BarrierModel,
  seen: VersionSeen,
  described: Described,
): { readonly after: BarrierModel; readonly happenings: readonly Happening[] } {
  const after = applyBarrierChanges(before, seen.version, seen.changes);
  const made = [
    ...seen.changes.flatMap((change) => ofChange(before, change, described)),
    ...ofMembers(before, after, seen.changes, described),
  ];
  return { after, happenings: made.map((one) => ({ ...one, at: seen.at })) };
}

function ofChange(before: BarrierModel, change: BarrierChange, about: Described): readonly Made[] {
  const { accountId, operator } = about;
  const payload = (object: object, old?: object) => ({
    account_id: accountId,
    ...operator,
    object,
    ...(old === undefined ? {} : { old_object: old }),
  });
  switch (change.type) {
    case "policy.put": {
      const old = before.policies.get(change.policy.id);
      const object = shapeOf(change.policy);
      return old === undefined
        ? [{ event: "information_barriers.policy_created", payload: payload(object) }]
        : [{ event: "information_barriers.policy_updated", payload: payload(object, shapeOf(old)) }];
    }
    case "policy.remove": {
      const old = before.policies.get(change.policyId);
      return old === undefined
        ? []
        : [{ event: "information_barriers.policy_deleted", payload: payload(shapeOf(old)) }];
    }
    case "group.put": {
      const old = before.groups.get(change.group.id);
      const { name } = change.group;
      const object = { id: change.group.id, name };
      return old === undefined
        ? [{ event: "group.created", payload: payload(object) }]
        : [{ event: "group.updated", payload: payload(object, { id: old.id, name: old.name }) }];
    }
    case "group.remove": {
      const name = before.groups.get(change.groupId)?.name;
      return name === undefined
        ? []
        : [{ event: "group.deleted", payload: payload({ id: change.groupId, name }) }];
    }
    default:
      return [];
  }
}

const nobody: BarrierPerson = { groups: [], primary: null, held: [] };

function ofMembers(
  before: BarrierModel,
  after: BarrierModel,
  changes: readonly BarrierChange[],
  { accountId, operator, emailOf }: Described,
): readonly Made[] {
  const added = new Map<GroupId, AccountId[]>();
  const gone = new Map<GroupId, AccountId[]>();
  const users: Made[] = [];
  for (const change of changes) {
    if (change.type !== "person.put" && change.type !== "person.remove") continue;
    const person = id.account(change.accountId);
    const was = before.people.get(person) ?? nobody;
    const is = after.people.get(person) ?? nobody;
    for (const group of is.groups) if (!was.groups.includes(group)) put(added, group, person);
    for (const group of was.groups) if (!is.groups.includes(group)) put(gone, group, person);
    if (was.primary === is.primary) continue;
    const object = { id: person, email: emailOf(person), primary_group_id: is.primary ?? "" };
    const old = { id: person, primary_group_id: was.primary ?? "" };
    users.push({
      event: "user.updated",
      payload: { account_id: accountId, ...operator, object, old_object: old },
    });
  }
  const told = (event: "group.member_added" | "group.member_deleted", groups: typeof added): Made[] =>
    [...groups].map(([group, people]) => ({
      event,
      payload: {
        account_id: accountId,
        ...operator,
        object: { id: group, members: people.map((one) => ({ id: one, email: emailOf(one) })) },
      },
    }));
  return [...told("group.member_added", added), ...told("group.member_deleted", gone), ...users];
}

function put(map: Map<GroupId, AccountId[]>, group: GroupId, person: AccountId): void {
  map.set(group, [...(map.get(group) ?? []), person]);
}

/** The model at a version, from one before it. */
export async function applyVersions(trx: Trx, from: BarrierModel, to: number): Promise<BarrierModel> {
  const rows = await trx
    .selectFrom("barrier_version")
    .select(["version", "changes"])
    .where("version", ">", from.version)
    .where("version", "<=", to)
    .orderBy("version")
    .execute();
  let model = from;
  for (const row of rows) model = applyBarrierChanges(model, row.version, row.changes);
  return model;
}
