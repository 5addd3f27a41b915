/**
 * Groups of a directory are groups of the barriers (BAR-2). What a sync that comes one person at a time loosens waits
 * until somebody releases it, however little it is: no count shows here that an export was empty (BAR-6).
 */
import {
  groupNameKey,
  id,
  type AccountId,
  type BarrierChange,
  type BarrierGroup,
  type BarrierModel,
  type BarrierPerson,
} from "@sekisho/domain";
import { HttpError } from "../../platform/http/http-error.ts";
import type { DirectoryBarriers } from "./ports.ts";
import type { ScimCall } from "./scim-binder.ts";
import { ScimError } from "./scim-error.ts";

const mostTries = 8;

/** `make` may throw; no changes: nothing is written. Made again where another's change came in between. */
export async function changeBarriers(
  barriers: DirectoryBarriers,
  { actor, client }: Pick<ScimCall, "actor" | "client">,
  make: (model: BarrierModel) => readonly BarrierChange[],
): Promise<void> {
  for (let tries = 0; tries < mostTries; tries++) {
    const model = await barriers.read();
    const changes = make(model);
    if (changes.length === 0) return;
    try {
      const reason = `SCIM: ${client.name}`;
      await barriers.write(changes, { actor, reason, baseVersion: model.version });
      return;
    } catch (error) {
      if (!(error instanceof HttpError) || error.code !== "barriers_changed") throw error;
    }
  }
  throw new ScimError(503, null, "Try again later.");
}

type Deps = { readonly barriers: DirectoryBarriers };

/** Undefined: nothing was said of it. Null: no group counts; the groups stay. */
export async function setPrimaryGroup(
  { barriers }: Deps,
  call: ScimCall,
  accountId: string,
  wanted: string | null | undefined,
): Promise<void> {
  if (wanted === undefined) return;
  await changeBarriers(barriers, call, (model) => {
    const person = personIn(model, id.account(accountId));
    const group = wanted === null ? null : groupNamed(model, wanted);
    if (wanted !== null && group === null)
      throw new ScimError(400, "invalidValue", "primaryGroup names no group that is known here.");
    const primary = group?.id ?? null;
    if (person.primary === primary) return [];
    const groups =
      primary === null || person.groups.includes(primary) ? person.groups : [...person.groups, primary];
    return [putPerson(accountId, { ...person, groups, primary })];
  });
}

/** By its name as people read it, or by its id. */
export function groupNamed(model: BarrierModel, text: string): BarrierGroup | null {
  const key = groupNameKey(text);
  for (const group of model.groups.values()) if (groupNameKey(group.name) === key) return group;
  return model.groups.get(id.group(text)) ?? null;
}

const nobodysGroups: BarrierPerson = { groups: [], primary: null, held: [] };

export function personIn(model: BarrierModel, accountId: AccountId): BarrierPerson {
  return model.people.get(accountId) ?? nobodysGroups;
}

export function putPerson(accountId: string, person: BarrierPerson): BarrierChange {
  return { type: "person.put", accountId: id.account(accountId), person };
}
