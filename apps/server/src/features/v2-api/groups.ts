/** `/v2/groups` (BAR-1, BAR-12). */
import { v2Routes, type V2Group } from "@sekisho/contract";
import { id, type BarrierGroup, type BarrierModel } from "@sekisho/domain";
import { newId } from "../../platform/random.ts";
import { changeBarriers } from "./change-barriers.ts";
import { pageOf } from "./paging.ts";
import type { ApiBarriers } from "./ports.ts";
import { handleV2, type BoundV2 } from "./v2-binder.ts";
import { V2Error } from "./v2-error.ts";

export function groupRoutes(barriers: ApiBarriers): readonly BoundV2[] {
  return [
    handleV2(v2Routes.groupList, async ({ query, tag }) => {
      const model = await barriers.read();
      tag(model.version);
      const sizes = membersOf(model);
      const { shown, frame } = pageOf([...model.groups.values()], (group) => group.id, query);
      return { body: { ...frame, groups: shown.map((group) => view(group, sizes)) } };
    }),
    handleV2(v2Routes.groupGet, async ({ params, tag }) => {
      const model = await barriers.read();
      tag(model.version);
      return { body: view(groupOf(model, params["groupId"]), membersOf(model)) };
    }),
    handleV2(v2Routes.groupCreate, async (call) => {
      const { name, reason } = call.body;
      const group: BarrierGroup = { id: id.group(newId()), name, domains: [] };
      await changeBarriers(barriers, call, reason, (model) => {
        requireFreeName(model, group);
        return [{ type: "group.put", group }];
      });
      return { body: { id: group.id, name, total_members: 0 } };
    }),
    handleV2(v2Routes.groupUpdate, async (call) => {
      const { name, reason } = call.body;
      await changeBarriers(barriers, call, reason, (model) => {
        const group = { ...groupOf(model, call.params["groupId"]), name };
        requireFreeName(model, group);
        return [{ type: "group.put", group }];
      });
      return {};
    }),
    handleV2(v2Routes.groupDelete, async (call) => {
      await changeBarriers(barriers, call, undefined, (model) => {
        const { id: groupId } = groupOf(model, call.params["groupId"]);
        const isNamed = [...model.policies.values()].some((one) => one.a === groupId || one.b === groupId);
        if (isNamed) throw new V2Error("group_in_use");
        return [...outOf(model, groupId), { type: "group.remove", groupId }];
      });
      return {};
    }),
  ];
}

export function groupOf(model: BarrierModel, groupId = ""): BarrierGroup {
  const group = model.groups.get(id.group(groupId));
  if (group === undefined) throw new V2Error("group_not_found", groupId);
  return group;
}

/** Its members leave it in the same version. */
function outOf(model: BarrierModel, groupId: BarrierGroup["id"]) {
  return [...model.people]
    .filter(([, person]) => person.groups.includes(groupId))
    .map(([accountId, person]) => {
      const groups = person.groups.filter((one) => one !== groupId);
      const primary = person.primary === groupId ? (groups[0] ?? null) : person.primary;
      return { type: "person.put", accountId, person: { ...person, groups, primary } } as const;
    });
}

function requireFreeName(model: BarrierModel, group: BarrierGroup): void {
  for (const other of model.groups.values())
    if (other.id !== group.id && other.name === group.name) throw new V2Error("group_name_taken", group.name);
}

function membersOf(model: BarrierModel): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  for (const { groups } of model.people.values())
    for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  return sizes;
}

function view(group: BarrierGroup, sizes: ReadonlyMap<string, number>): V2Group {
  return { id: group.id, name: group.name, total_members: sizes.get(group.id) ?? 0 };
}
