/** `/scim/v2/Groups`: the groups of the information barriers (BAR-1, BAR-2, IDN-3). */
import { id, type BarrierChange, type BarrierGroup, type BarrierModel } from "@sekisho/domain";
import { newId } from "../../platform/random.ts";
import { changeBarriers, personIn, putPerson } from "./change-barriers.ts";
import { parseFilter } from "./filter.ts";
import { applyToGroup, patchGroup, readGroup, type GroupDraft } from "./group-draft.ts";
import { groupViews, type GroupViews } from "./group-view.ts";
import { fits } from "./match.ts";
import { listOfResources, pageAsked, requireTag, shownOf, tagOf } from "./resource.ts";
import type { ScimAnswer, ScimCall, ScimRoute } from "./scim-binder.ts";
import { notThere } from "./scim-error.ts";
import type { ScimDeps } from "./scim-feature.ts";

/** A group with all its members in one request. */
const bodyLimit = 8 * 1024 * 1024;

export function groupRoutes(deps: ScimDeps): readonly ScimRoute[] {
  const one = "/Groups/:id";
  return [
    { bodyLimit, method: "GET", path: "/Groups", handle: (call) => list(deps, call) },
    { bodyLimit, method: "POST", path: "/Groups", handle: (call) => create(deps, call) },
    { bodyLimit, method: "GET", path: one, handle: (call) => answerOf(deps, call, idOf(call)) },
    {
      ...{ bodyLimit, method: "PUT", path: one },
      handle: (call) => {
        const whole = readGroup(call.body);
        return change(deps, call, (before) => ({ ...whole, members: whole.members ?? before.members }));
      },
    },
    {
      ...{ bodyLimit, method: "PATCH", path: one },
      handle: (call) => {
        const steps = patchGroup(call.body);
        return change(deps, call, (before) => {
          for (const step of steps) applyToGroup(before, step);
          return before;
        });
      },
    },
    { bodyLimit, method: "DELETE", path: one, handle: (call) => remove(deps, call) },
  ];
}

async function list(deps: ScimDeps, { query, base }: ScimCall): Promise<ScimAnswer> {
  const page = pageAsked(query);
  const filter =
    query["filter"] === undefined || query["filter"] === "" ? null : parseFilter(query["filter"]);
  const model = await deps.barriers.read();
  const views = await groupViews(deps, model, base);
  const ordered = [...model.groups.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const found = filter === null ? ordered : ordered.filter((group) => fits(views.bare(group), filter));
  const from = page.startIndex - 1;
  const shown = await views.whole(found.slice(from, from + page.count));
  const resources = shown.map((resource) => shownOf(resource, query));
  return { status: 200, body: listOfResources(page, found.length, resources) };
}

async function create(deps: ScimDeps, call: ScimCall): Promise<ScimAnswer> {
  const { displayName, externalId, members = new Set<string>() } = readGroup(call.body);
  const groupId = id.group(newId());
  await deps.groups.requireFree(externalId, null);
  await changeBarriers(deps.barriers, call, (model) => [
    { type: "group.put", group: { id: groupId, name: displayName, domains: [] } },
    ...membership(model, groupId, new Set(), members),
  ]);
  await deps.groups.setExternalId(groupId, externalId);
  return { ...(await answerOf(deps, call, groupId)), status: 201 };
}

type Make = (before: GroupDraft) => GroupDraft;

async function change(deps: ScimDeps, call: ScimCall, make: Make): Promise<ScimAnswer> {
  const groupId = idOf(call);
  let externalId: string | null = null;
  const known = await deps.groups.externalIdOf(groupId);
  const checked = await views(deps, call, groupId);
  requireTag(call.ifMatch, checked.resource);
  await changeBarriers(deps.barriers, call, (model) => {
    const group = groupIn(model, groupId);
    const before = membersIn(model, group.id);
    const draft = make({ displayName: group.name, externalId: known, members: new Set(before) });
    ({ externalId } = draft);
    const renamed: readonly BarrierChange[] =
      draft.displayName === group.name
        ? []
        : [{ type: "group.put", group: { ...group, name: draft.displayName } }];
    return [...renamed, ...membership(model, group.id, before, draft.members)];
  });
  if (externalId !== known) {
    await deps.groups.requireFree(externalId, groupId);
    await deps.groups.setExternalId(groupId, externalId);
  }
  return answerOf(deps, call, groupId);
}

async function remove(deps: ScimDeps, call: ScimCall): Promise<ScimAnswer> {
  const groupId = idOf(call);
  const { resource } = await views(deps, call, groupId);
  requireTag(call.ifMatch, resource);
  await changeBarriers(deps.barriers, call, (model) => {
    const group = groupIn(model, groupId);
    const out = membership(model, group.id, membersIn(model, group.id), new Set());
    return [...out, { type: "group.remove", groupId: group.id }];
  });
  await deps.groups.setExternalId(groupId, null);
  return { status: 204 };
}

/** Everybody who comes or goes, in one version or none; the first group of a person is the primary one (BAR-2). */
function membership(
  model: BarrierModel,
  groupId: BarrierGroup["id"],
  before: ReadonlySet<string>,
  after: ReadonlySet<string>,
): readonly BarrierChange[] {
  const come = [...after].filter((one) => !before.has(one));
  const go = [...before].filter((one) => !after.has(one));
  return [
    ...come.map((accountId) => {
      const person = personIn(model, id.account(accountId));
      const groups = [...person.groups, groupId];
      return putPerson(accountId, { ...person, groups, primary: person.primary ?? groupId });
    }),
    ...go.map((accountId) => {
      const person = personIn(model, id.account(accountId));
      const groups = person.groups.filter((one) => one !== groupId);
      const primary = person.primary === groupId ? (groups[0] ?? null) : person.primary;
      return putPerson(accountId, { ...person, groups, primary });
    }),
  ];
}

function membersIn(model: BarrierModel, groupId: BarrierGroup["id"]): ReadonlySet<string> {
  const inside = [...model.people].filter(([, person]) => person.groups.includes(groupId));
  return new Set(inside.map(([accountId]) => String(accountId)));
}

function groupIn(model: BarrierModel, groupId: string): BarrierGroup {
  const group = model.groups.get(id.group(groupId));
  if (group === undefined) throw notThere();
  return group;
}

async function views(deps: ScimDeps, { base }: ScimCall, groupId: string) {
  const model = await deps.barriers.read();
  const all: GroupViews = await groupViews(deps, model, base);
  const [resource] = await all.whole([groupIn(model, groupId)]);
  if (resource === undefined) throw notThere();
  return { resource };
}

async function answerOf(deps: ScimDeps, call: ScimCall, groupId: string): Promise<ScimAnswer> {
  const { resource } = await views(deps, call, groupId);
  return {
    status: 200,
    body: shownOf(resource, call.query),
    tag: tagOf(resource),
    location: `${call.base}/Groups/${encodeURIComponent(groupId)}`,
  };
}

function idOf({ params }: ScimCall): string {
  return params["id"] ?? "";
}
