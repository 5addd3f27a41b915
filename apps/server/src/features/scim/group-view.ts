/** A group of the barriers as a group of RFC 7643 §4.2. Members whom the directory has taken away are not shown. */
import type { BarrierGroup, BarrierModel } from "@sekisho/domain";
import type { DirectoryStore } from "./directory-store.ts";
import { tagOf, type Resource } from "./resource.ts";
import { urns } from "./urns.ts";

export type GroupViews = {
  /** With ids of members alone: for filters. */
  bare(group: BarrierGroup): object;
  whole(groups: readonly BarrierGroup[]): Promise<readonly Resource[]>;
};

type Deps = Pick<DirectoryStore, "groups" | "people">;

export async function groupViews(deps: Deps, model: BarrierModel, base: string): Promise<GroupViews> {
  const external = await deps.groups.externalIds();
  const members = new Map<string, string[]>();
  for (const [accountId, { groups }] of model.people)
    for (const groupId of groups) members.set(groupId, [...(members.get(groupId) ?? []), accountId]);

  const facts = (group: BarrierGroup) => {
    const externalId = external.get(group.id);
    return {
      ...{ schemas: [urns.group], id: group.id, displayName: group.name },
      ...(externalId === undefined ? {} : { externalId }),
    };
  };
  return {
    bare: (group) => ({
      ...facts(group),
      members: (members.get(group.id) ?? []).map((value) => ({ value })),
    }),
    async whole(groups) {
      const names = await deps.people.names(groups.flatMap((group) => members.get(group.id) ?? []));
      return groups.map((group) => {
        const shown = (members.get(group.id) ?? []).toSorted().flatMap((value) => {
          const display = names.get(value);
          const $ref = `${base}/Users/${value}`;
          return display === undefined ? [] : [{ value, $ref, display, type: "User" }];
        });
        const resource = { ...facts(group), members: shown };
        const location = `${base}/Groups/${encodeURIComponent(group.id)}`;
        return { ...resource, meta: { resourceType: "Group", location, version: tagOf(resource) } };
      });
    },
  };
}
