/** `/v2/groups/{id}/members` (BAR-2, BAR-12). All of a call happens in one version, or none of it. */
import { v2Routes } from "@sekisho/contract";
import { id, type AccountId, type BarrierModel, type BarrierPerson, type GroupId } from "@sekisho/domain";
import type { Db } from "../../platform/db/database.ts";
import { changeBarriers } from "./change-barriers.ts";
import { groupOf } from "./groups.ts";
import { pageOf } from "./paging.ts";
import type { ApiBarriers } from "./ports.ts";
import { accountOf, accountsByIds } from "./user-rows.ts";
import { handleV2, type BoundV2 } from "./v2-binder.ts";
import { V2Error } from "./v2-error.ts";

export type MembersDeps = { readonly db: Db; readonly barriers: ApiBarriers };

const nobodysGroups: BarrierPerson = { groups: [], primary: null, held: [] };

export function memberRoutes({ db, barriers }: MembersDeps): readonly BoundV2[] {
  return [
    handleV2(v2Routes.memberList, async ({ params, query, tag }) => {
      const model = await barriers.read();
      tag(model.version);
      const group = groupOf(model, params["groupId"]);
      const inside = [...model.people].filter(([, person]) => person.groups.includes(group.id));
      const { shown, frame } = pageOf(inside, ([accountId]) => accountId, query);
      const rows = await accountsByIds(
        db,
        shown.map(([accountId]) => accountId),
      );
      const members = shown.flatMap(([accountId, person]) => {
        const row = rows.get(accountId);
        if (row === undefined) return [];
        const names = { first_name: row.display_name, last_name: "" };
        return [{ id: row.id, email: row.email, ...names, type: 2, primary: person.primary === group.id }];
      });
      return { body: { ...frame, members } };
    }),
    handleV2(v2Routes.memberAdd, async (call) => {
      const { members, reason } = call.body;
      const ids: AccountId[] = [];
      for (const { id: byId, email } of members) {
        const row = await accountOf(db, byId ?? email ?? "", null);
        ids.push(id.account(row.id));
      }
      const wanted = [...new Set(ids)];
      await changeBarriers(barriers, call, reason, (model) => {
        const group = groupOf(model, call.params["groupId"]).id;
        return wanted
          .filter((accountId) => !personOf(model, accountId).groups.includes(group))
          .map((accountId) => {
            const person = personOf(model, accountId);
            const primary = person.primary ?? group;
            return put(accountId, { ...person, groups: [...person.groups, group], primary });
          });
      });
      return { body: { ids: wanted.join(","), added_at: new Date().toISOString() } };
    }),
    handleV2(v2Routes.memberDelete, async (call) => {
      const accountId = await memberId(db, call.params["memberId"]);
      await changeBarriers(barriers, call, undefined, (model) => {
        const { group, person } = memberOf(model, call.params["groupId"], accountId);
        const groups = person.groups.filter((one) => one !== group);
        const primary = person.primary === group ? (groups[0] ?? null) : person.primary;
        return [put(accountId, { ...person, groups, primary })];
      });
      return {};
    }),
    handleV2(v2Routes.memberUpdate, async (call) => {
      const accountId = await memberId(db, call.params["memberId"]);
      const { action, target_group_id: target, reason } = call.body;
      await changeBarriers(barriers, call, reason, (model) =>
        action === "move"
          ? [moved(model, call.params["groupId"], accountId, target)]
          : [madePrimary(model, target ?? call.params["groupId"], accountId)],
      );
      return {};
    }),
  ];
}

/** One step from the old groups to the new: at no version is the person without one (BAR-6). */
function moved(model: BarrierModel, from: string | undefined, accountId: AccountId, to: string | undefined) {
  if (to === undefined)
    throw new V2Error("validation", "", {
      fields: [{ field: "target_group_id", message: "Missing field." }],
    });
  const { group, person } = memberOf(model, from, accountId);
  const target = groupOf(model, to).id;
  const groups = [...new Set([...person.groups.filter((one) => one !== group), target])];
  return put(accountId, { ...person, groups, primary: person.primary === group ? target : person.primary });
}

function madePrimary(model: BarrierModel, groupId: string | undefined, accountId: AccountId) {
  const { group, person } = memberOf(model, groupId, accountId);
  return put(accountId, { ...person, primary: group });
}

function memberOf(model: BarrierModel, groupId: string | undefined, accountId: AccountId) {
  const group: GroupId = groupOf(model, groupId).id;
  const person = personOf(model, accountId);
  if (!person.groups.includes(group)) throw new V2Error("member_not_found", accountId);
  return { group, person };
}

async function memberId(db: Db, text = ""): Promise<AccountId> {
  return id.account((await accountOf(db, text, null)).id);
}

function personOf(model: BarrierModel, accountId: AccountId): BarrierPerson {
  return model.people.get(accountId) ?? nobodysGroups;
}

function put(accountId: AccountId, person: BarrierPerson) {
  return { type: "person.put", accountId, person } as const;
}
