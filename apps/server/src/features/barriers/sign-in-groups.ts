/**
 * What an identity provider says of somebody's groups at sign-in (IDN-3, BAR-6): written by the one writer of the barriers.
 * What restricts is in force before the session opens; what loosens waits where this provider is the declared authority,
 * and counts for nothing elsewhere. Groups that do not exist here restrict nobody and are passed over.
 */
import { groupNameKey, id, type BarrierModel, type BarrierPerson, type GroupId } from "@sekisho/domain";
import { HttpError } from "../../platform/http/http-error.ts";
import type { BarrierWriter } from "./barrier-writer.ts";
import { byAccount, newestModel, type WriterDeps } from "./barriers-deps.ts";

export type SaidGroups = {
  readonly accountId: string;
  /** By name or id. */
  readonly groups: readonly string[];
  readonly primaryGroup: string | null;
  readonly authority: boolean;
  readonly providerName: string;
};

type Deps = Pick<WriterDeps, "db" | "source"> & { readonly writer: BarrierWriter };

const tries = 5;

/** Rejects with `busy` where it could not be written: then nobody comes in. */
export async function applySignInGroups(deps: Deps, said: SaidGroups): Promise<void> {
  const accountId = id.account(said.accountId);
  for (let left = tries; left > 0; left -= 1) {
    const model = await newestModel(deps);
    const person = wantedPerson(model, model.people.get(accountId) ?? nobody, said);
    if (person === null) return;
    try {
      await deps.writer.write([{ type: "person.put", accountId, person }], {
        origin: "signIn",
        actor: byAccount(said.accountId),
        reason: said.providerName,
        baseVersion: model.version,
        loosening: said.authority ? "waits" : "ignored",
      });
      return;
    } catch (error) {
      if (!(error instanceof HttpError) || error.code !== "barriers_changed") throw error;
    }
  }
  throw new HttpError("busy");
}

const nobody: BarrierPerson = { groups: [], primary: null, held: [] };

/** Null: it says nothing that we know. An authority's list is the whole; any other only adds. */
function wantedPerson(model: BarrierModel, before: BarrierPerson, said: SaidGroups): BarrierPerson | null {
  const find = finder(model);
  const named = said.groups.flatMap((one) => find(one) ?? []);
  const asked = said.primaryGroup === null ? undefined : find(said.primaryGroup);
  if (named.length === 0 && asked === undefined) return null;
  const [only] = named;
  const primary = asked ?? (named.length === 1 && only !== undefined ? only : before.primary);
  const kept = said.authority ? [] : before.groups;
  const groups = new Set([...kept, ...named, ...(primary === null ? [] : [primary])]);
  return { groups: [...groups].toSorted(), primary, held: [] };
}

function finder(model: BarrierModel): (said: string) => GroupId | undefined {
  const byName = new Map([...model.groups.values()].map((group) => [groupNameKey(group.name), group.id]));
  return (said) => (model.groups.has(id.group(said)) ? id.group(said) : byName.get(groupNameKey(said)));
}
