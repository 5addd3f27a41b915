/** Groups and the people in them, for those who look after walls: they see both sides (BAR-2, BAR-11). */
import { routes } from "@sekisho/contract";
import {
  countingGroups,
  id,
  type AccountId,
  type BarrierModel,
  type BarrierPerson,
  type GroupId,
} from "@sekisho/domain";
import { sql } from "kysely";
import { handle, type BoundRoute, type CallContext } from "../../platform/http/binder.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import { directoryOf, matches } from "./barrier-directory.ts";
import { newestModel, type BarriersDeps } from "./barriers-deps.ts";
import { likeOf, nextOf, offsetOf, pageOf } from "./paging.ts";
import { isUngrouped } from "./ungrouped.ts";

const { barrierGroupList, barrierMemberList, barrierPeopleSearch, barrierPersonRead } = routes.barriers;

export function groupRoutes(deps: BarriersDeps): readonly BoundRoute[] {
  return [
    handle(barrierGroupList, async ({ query }) => groups(await newestModel(deps), query)),
    handle(barrierMemberList, ({ params, query }) => members(deps, params.groupId, query)),
    handle(barrierPeopleSearch, ({ query }) => people(deps, query.q)),
    handle(barrierPersonRead, ({ params }) => person(deps, params.accountId)),
  ];
}

function groups(model: BarrierModel, query: CallContext<typeof barrierGroupList>["query"]) {
  const directory = directoryOf(model);
  const found = directory.groups.filter(
    (group) =>
      (query.groupId === undefined || group.id === query.groupId) &&
      matches(query.q, group.name, ...group.domains),
  );
  return {
    groups: pageOf(found, query).map((group) => ({
      id: group.id,
      name: group.name,
      domains: [...group.domains],
      members: directory.members.get(group.id) ?? 0,
      primaryMembers: directory.primaries.get(group.id) ?? 0,
      policies: directory.policies.get(group.id) ?? 0,
    })),
    total: found.length,
    next: nextOf(query, found.length),
  };
}

type MemberQuery = CallContext<typeof barrierMemberList>["query"];

async function members(deps: BarriersDeps, groupId: string, query: MemberQuery) {
  const model = await newestModel(deps);
  const isGroup = groupId !== "ungrouped";
  const group = id.group(groupId);
  if (isGroup && !model.groups.has(group)) throw new HttpError("not_found");
  const like = likeOf(query.q);
  const rows = await deps.db
    .selectFrom("account")
    .select(["id", "display_name", "email", sql<number>`count(*) over ()::int`.as("total")])
    .where(isGroup ? isOneOf(membersOf(model, group)) : isUngrouped(model))
    .where((where) => where.or([where("display_name", "ilike", like), where("email", "ilike", like)]))
    .orderBy("display_name")
    .orderBy("id")
    .limit(query.limit)
    .offset(offsetOf(query))
    .execute();
  const total = rows[0]?.total ?? 0;
  return {
    members: rows.map((row) => ({
      accountId: row.id,
      displayName: row.display_name,
      email: row.email,
      ...membershipOf(model, model.people.get(id.account(row.id)), isGroup ? group : null),
    })),
    total,
    next: nextOf(query, total),
  };
}

function isOneOf(ids: readonly AccountId[]) {
  return sql<boolean>`account.id = any(${ids}::uuid[])`;
}

function membersOf(model: BarrierModel, groupId: GroupId): readonly AccountId[] {
  const found: AccountId[] = [];
  for (const [accountId, { groups: own, held }] of model.people)
    if (own.includes(groupId) || held.includes(groupId)) found.push(accountId);
  return found;
}

function membershipOf(model: BarrierModel, person: BarrierPerson | undefined, groupId: GroupId | null) {
  const primary = person?.primary ?? null;
  const isPrimary = groupId !== null && primary === groupId;
  return {
    primary: isPrimary,
    primaryGroupName: primary === null || isPrimary ? null : (model.groups.get(primary)?.name ?? null),
    otherGroups: (person?.groups ?? []).filter((one) => one !== groupId).length,
    held: groupId !== null && person?.held.includes(groupId) === true,
  };
}

async function people(deps: BarriersDeps, q: string) {
  const model = await newestModel(deps);
  const like = likeOf(q);
  const rows = await deps.db
    .selectFrom("account")
    .select(["id", "display_name", "email"])
    .where("disabled_at", "is", null)
    .where((where) => where.or([where("display_name", "ilike", like), where("email", "ilike", like)]))
    .orderBy("display_name")
    .orderBy("id")
    .limit(20)
    .execute();
  return {
    people: rows.map((row) => ({
      accountId: row.id,
      displayName: row.display_name,
      email: row.email,
      ...primaryNameOf(model, row.id),
    })),
  };
}

function primaryNameOf(model: BarrierModel, accountId: string) {
  const primary = model.people.get(id.account(accountId))?.primary ?? null;
  return { primaryGroupName: primary === null ? null : (model.groups.get(primary)?.name ?? null) };
}

async function person(deps: BarriersDeps, accountId: string) {
  const model = await newestModel(deps);
  const row = await deps.db
    .selectFrom("account")
    .select("display_name")
    .where("id", "=", accountId)
    .executeTakeFirst();
  if (row === undefined) throw new HttpError("not_found");
  const found = model.people.get(id.account(accountId));
  const counting = countingGroups(found);
  const shown = [...new Set([...(found?.groups ?? []), ...counting])];
  return {
    accountId,
    displayName: row.display_name,
    groups: shown.map((groupId) => ({ id: groupId, name: model.groups.get(groupId)?.name ?? "" })),
    primary: found?.primary ?? null,
    held: [...(found?.held ?? [])],
  };
}
