/** `/scim/v2/Users` (RFC 7644 §3). */
import type { BarrierModel } from "@sekisho/domain";
import type { DirectoryPerson } from "../../platform/directory.ts";
import { groupNamed, setPrimaryGroup } from "./change-barriers.ts";
import { parseFilter } from "./filter.ts";
import { patchSteps } from "./patch.ts";
import { listOfResources, pageAsked, requireTag, shownOf, tagOf } from "./resource.ts";
import type { ScimAnswer, ScimCall, ScimRoute } from "./scim-binder.ts";
import type { ScimDeps } from "./scim-feature.ts";
import { notThere, ScimError } from "./scim-error.ts";
import { applyToUser, draftOf, personOf, readUser, userExtensions, type UserDraft } from "./user-draft.ts";
import { userCondition } from "./user-query.ts";
import { userView } from "./user-view.ts";

const usualBody = 256 * 1024;

export function userRoutes(deps: ScimDeps): readonly ScimRoute[] {
  const one = "/Users/:id";
  const common = { bodyLimit: usualBody } as const;
  return [
    { ...common, method: "GET", path: "/Users", handle: (call) => list(deps, call) },
    { ...common, method: "POST", path: "/Users", handle: (call) => create(deps, call) },
    {
      ...common,
      method: "GET",
      path: one,
      handle: async (call) => answerOf(deps, call, await deps.people.find(idOf(call))),
    },
    {
      ...common,
      method: "PUT",
      path: one,
      handle: (call) => change(deps, call, (before) => replaced(call.body, before)),
    },
    {
      ...common,
      method: "PATCH",
      path: one,
      handle: (call) => {
        const steps = patchSteps(call.body, userExtensions);
        return change(deps, call, (before) => {
          const draft = draftOf(before);
          for (const step of steps) applyToUser(draft, step);
          return draft;
        });
      },
    },
    { ...common, method: "DELETE", path: one, handle: (call) => remove(deps, call) },
  ];
}

async function list(deps: ScimDeps, { query, base }: ScimCall): Promise<ScimAnswer> {
  const page = pageAsked(query);
  const { filter } = query;
  const condition = filter === undefined || filter === "" ? null : userCondition(parseFilter(filter));
  const { total, people } = await deps.people.list(condition, page);
  const model = await deps.barriers.read();
  const resources = people.map((person) => shownOf(userView(person, model, base), query));
  return { status: 200, body: listOfResources(page, total, resources) };
}

async function create(deps: ScimDeps, call: ScimCall): Promise<ScimAnswer> {
  const draft = readUser(call.body, true);
  const model = await deps.barriers.read();
  requireGroup(model, draft);
  const id = await deps.accounts.create(personOf(draft), call.actor);
  await setPrimaryGroup(deps, call, id, draft.primaryGroup);
  return { ...(await answerOf(deps, call, await deps.people.find(id))), status: 201 };
}

type Make = (before: DirectoryPerson) => UserDraft;

async function change(deps: ScimDeps, call: ScimCall, make: Make): Promise<ScimAnswer> {
  const id = idOf(call);
  const model = await deps.barriers.read();
  let primaryGroup: UserDraft["primaryGroup"];
  await deps.accounts.change(
    id,
    (before) => {
      requireTag(call.ifMatch, userView(before, model, call.base));
      const draft = make(before);
      requireGroup(model, draft);
      ({ primaryGroup } = draft);
      return personOf(draft);
    },
    call.actor,
  );
  await setPrimaryGroup(deps, call, id, primaryGroup);
  return answerOf(deps, call, await deps.people.find(id));
}

/** What a whole user does not say of `active` stays as it is. */
function replaced(body: unknown, before: DirectoryPerson): UserDraft {
  return readUser(body, before.active);
}

async function remove(deps: ScimDeps, call: ScimCall): Promise<ScimAnswer> {
  const model = await deps.barriers.read();
  const check = (now: DirectoryPerson) => requireTag(call.ifMatch, userView(now, model, call.base));
  await deps.accounts.remove(idOf(call), check, call.actor);
  return { status: 204 };
}

/** Before anything is written: a group that is not known makes nothing half done. */
function requireGroup(model: BarrierModel, { primaryGroup }: UserDraft): void {
  if (typeof primaryGroup === "string" && groupNamed(model, primaryGroup) === null)
    throw new ScimError(400, "invalidValue", "primaryGroup names no group that is known here.");
}

async function answerOf(
  deps: ScimDeps,
  { base, query }: ScimCall,
  person: DirectoryPerson | null,
): Promise<ScimAnswer> {
  if (person === null) throw notThere();
  const resource = userView(person, await deps.barriers.read(), base);
  return {
    status: 200,
    body: shownOf(resource, query),
    tag: tagOf(resource),
    location: `${base}/Users/${person.id}`,
  };
}

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/iu;

function idOf({ params }: ScimCall): string {
  const id = params["id"] ?? "";
  if (!uuid.test(id)) throw notThere();
  return id;
}
