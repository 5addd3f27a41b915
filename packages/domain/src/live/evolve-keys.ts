/** The part of `evolve` that concerns the keys of end-to-end encryption (ENC-2). */
import { leaveGroup, type Draft } from "./draft.ts";
import { sendBack } from "./evolve-person.ts";
import type { EventOf, MeetingEvent } from "./events.ts";
import type { AdmissionId } from "../ids.ts";
import type { KeyGroup, KeyGroupName } from "./state.ts";

/** True if the event was one of these, and was applied. */
export function applyToKeys(draft: Draft, event: MeetingEvent, at: number): boolean {
  switch (event.type) {
    case "keys.offered":
      offered(draft, event);
      return true;
    case "keys.founded":
      setGroup(draft, event.group, {
        generation: event.generation,
        foundedAt: at,
        founder: event.by,
        epoch: 0,
        members: new Set([event.by]),
        commits: [],
      });
      return true;
    case "keys.committed":
      committed(draft, event);
      return true;
    case "keys.missed":
      sendBack(draft, event.admissionId, at);
      return true;
    default:
      return false;
  }
}

/** A member that offers anew has lost its keys: it is out until it is added again. */
function offered(draft: Draft, { group, admissionId, digest }: EventOf<"keys.offered">): void {
  const offers = new Map(draft.keyOffers.get(group));
  offers.set(admissionId, digest);
  draft.keyOffers = new Map(draft.keyOffers).set(group, offers);
  leaveGroup(draft, group, admissionId);
}

function committed(draft: Draft, event: EventOf<"keys.committed">): void {
  const group = draft.keyGroups.get(event.group);
  if (group === undefined) return;
  const members = new Set(group.members);
  for (const one of event.removed) members.delete(one);
  for (const one of event.added) members.add(one);
  const { epoch, by, added, removed, digest } = event;
  const commits = [...group.commits, { epoch, by, added, removed, digest }];
  setGroup(draft, event.group, { ...group, epoch: epoch + 1, members, commits });
  forgetOffers(draft, event.group, event.added);
}

/** A key package is good for one use (RFC 9420, 10). */
function forgetOffers(draft: Draft, group: KeyGroupName, people: readonly AdmissionId[]): void {
  const offers = new Map(draft.keyOffers.get(group));
  for (const one of people) offers.delete(one);
  draft.keyOffers = new Map(draft.keyOffers).set(group, offers);
}

function setGroup(draft: Draft, name: KeyGroupName, group: KeyGroup): void {
  draft.keyGroups = new Map(draft.keyGroups).set(name, group);
}

export function dropGroup(draft: Draft, name: KeyGroupName): void {
  draft.keyGroups = new Map([...draft.keyGroups].filter(([one]) => one !== name));
  draft.keyOffers = new Map([...draft.keyOffers].filter(([one]) => one !== name));
}
