/** What a member is told of its group, and who may add (ENC-2, ENC-7). */
import { capabilitiesOf } from "./capabilities.ts";
import { belongsTo } from "./keys.ts";
import type { AdmissionId } from "../ids.ts";
import type { Admission, InstanceState, KeyCommit, KeyGroup, KeyGroupName } from "./state.ts";

const mostAtOnce = 50;

/** What one person may be told of a group since an epoch (ADM-2, ENC-7): by digest, the bytes lie elsewhere. */
export type KeyNews = {
  readonly generation: number;
  readonly epoch: number;
  readonly commits: readonly KeyCommit[];
  /** The commit whose Welcome is this person's. */
  readonly addedBy: KeyCommit | null;
  /** Digests of the key packages of those who wait to be added, for those who may add them. */
  readonly offers: ReadonlyMap<AdmissionId, string>;
};

export function keyNews(
  state: InstanceState,
  reader: Admission,
  name: KeyGroupName,
  from: { readonly generation: number; readonly epoch: number },
): KeyNews {
  const group = state.keyGroups.get(name);
  const generation = group?.generation ?? 0;
  // Whoever is not in it learns whether there is one, and nothing of who else is.
  if (group?.members.has(reader.id) !== true || !belongsTo(state, name, reader))
    return { generation, epoch: 0, commits: [], addedBy: null, offers: new Map() };
  const known = from.generation === generation ? from.epoch : group.epoch;
  return {
    generation,
    epoch: group.epoch,
    // Whoever is further behind asks again.
    commits: group.commits.filter((one) => one.epoch >= known).slice(0, mostAtOnce),
    addedBy: group.commits.findLast((one) => one.added.includes(reader.id)) ?? null,
    offers: mayAdd(state, reader, name) ? offersFor(state, name, group) : new Map(),
  };
}

/** The meeting's: who may admit; a call's: its verifier. */
export function mayAdd(state: InstanceState, person: Admission, name: KeyGroupName): boolean {
  if (name === "main") return capabilitiesOf(state, person).has("admission.admit");
  return state.calls.get(name)?.verifierId === person.id;
}

function offersFor(
  state: InstanceState,
  name: KeyGroupName,
  group: KeyGroup,
): ReadonlyMap<AdmissionId, string> {
  const waiting = name === "main" ? [...state.inside] : [name];
  const offered = state.keyOffers.get(name);
  return new Map(
    waiting.flatMap((one) => {
      const digest = group.members.has(one) ? undefined : offered?.get(one);
      return digest === undefined ? [] : [[one, digest] as const];
    }),
  );
}
