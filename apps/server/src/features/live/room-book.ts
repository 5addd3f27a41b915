/**
 * The lists of one room as last sent: people inside, waiting rows, bans. A change is computed once and the same patch
 * goes to everybody who may see it; only rows that an event touched, or whose name now has a double, are made anew.
 */
import type { BanView, LobbyGone, LobbyRowView, PersonView } from "@sekisho/contract";
import type { Admission, AdmissionId, InstanceState, MeetingEvent, RecordedEvent } from "@sekisho/domain";
import { banView, lobbyRowView, personView, skeletonOfPerson } from "./present-person.ts";
import { touchedBy } from "./touched.ts";

export type RoomPatch = {
  readonly people: {
    readonly set: readonly PersonView[];
    readonly gone: readonly string[];
    /** Who was in that room and is not any more, whether out of the meeting or in another one (SEC-4). */
    readonly left: readonly { readonly id: string; readonly from: string | null }[];
  };
  readonly lobby: { readonly set: readonly LobbyRowView[]; readonly gone: readonly LobbyGone[] };
  readonly bans: readonly BanView[] | null;
  /** Whom the batch touched at all, for the own admission's view. */
  readonly touched: ReadonlySet<AdmissionId>;
};

export type RoomBook = {
  readonly people: () => readonly PersonView[];
  readonly lobby: () => readonly LobbyRowView[];
  readonly bans: () => readonly BanView[];
  /** Brings the lists to `state`. `events` say where to look; the result is what changed. */
  update(state: InstanceState, events: readonly RecordedEvent[]): RoomPatch;
};

type Row<View> = { readonly view: View; readonly text: string };

export function createRoomBook(initial: InstanceState): RoomBook {
  const people = new Map<AdmissionId, Row<PersonView>>();
  const lobby = new Map<AdmissionId, Row<LobbyRowView>>();
  const inside = new Map<string, Set<AdmissionId>>();
  const waiting = new Map<string, Set<AdmissionId>>();
  const placed = new Map<AdmissionId, { skeleton: string; where: "inside" | "waiting" }>();
  let bans: readonly BanView[] = [];

  const counts = {
    inside: { get: (skeleton: string) => inside.get(skeleton)?.size ?? 0 },
    waiting: { get: (skeleton: string) => waiting.get(skeleton)?.size ?? 0 },
  };

  /** Moves a person in the name index; returns the skeletons whose groups changed. */
  function place(person: Admission): readonly string[] {
    const where = placeOf(person);
    const skeleton = skeletonOfPerson(person);
    const before = placed.get(person.id);
    if (before?.skeleton === skeleton && before.where === where) return [];
    if (before !== undefined) groupOf(before.where).get(before.skeleton)?.delete(person.id);
    if (where === null) placed.delete(person.id);
    else {
      placed.set(person.id, { skeleton, where });
      const group = groupOf(where);
      group.set(skeleton, (group.get(skeleton) ?? new Set()).add(person.id));
    }
    return before === undefined ? [skeleton] : [skeleton, before.skeleton];
  }

  function groupOf(where: "inside" | "waiting") {
    return where === "inside" ? inside : waiting;
  }

  function refresh(state: InstanceState, ids: Iterable<AdmissionId>, patch: MutablePatch): void {
    for (const admissionId of ids) {
      const person = state.admissions.get(admissionId);
      if (person === undefined) continue;
      const where = placeOf(person);
      const before = people.get(admissionId)?.view;
      if (where === "inside") put(people, admissionId, personView(person, counts), patch.people.set);
      else if (people.delete(admissionId)) patch.people.gone.push(admissionId);
      const now = people.get(admissionId)?.view;
      if (before !== undefined && before.breakoutId !== now?.breakoutId)
        patch.people.left.push({ id: admissionId, from: before.breakoutId });
      if (where === "waiting") put(lobby, admissionId, lobbyRowView(state, person, counts), patch.lobby.set);
      else if (lobby.delete(admissionId)) patch.lobby.gone.push(goneRow(state, person));
    }
  }

  function update(state: InstanceState, events: readonly RecordedEvent[], all = false): RoomPatch {
    const touched = all ? new Set(state.admissions.keys()) : touchedBy(state, events);
    const patch: MutablePatch = { people: { set: [], gone: [], left: [] }, lobby: { set: [], gone: [] } };
    const renamed = new Set<string>();
    for (const admissionId of touched) {
      const person = state.admissions.get(admissionId);
      if (person !== undefined) for (const skeleton of place(person)) renamed.add(skeleton);
    }
    const affected = new Set(touched);
    for (const skeleton of renamed)
      for (const group of [inside, waiting])
        for (const other of group.get(skeleton) ?? []) affected.add(other);
    refresh(state, affected, patch);
    return { ...patch, bans: all || events.some(touchesBans) ? listBans(state) : null, touched };
  }

  function listBans(state: InstanceState): readonly BanView[] {
    bans = [...state.bans.values()].map((ban) => banView(state, ban));
    return bans;
  }

  update(initial, [], true);
  return {
    people: () => [...people.values()].map((row) => row.view),
    lobby: () => [...lobby.values()].map((row) => row.view),
    bans: () => bans,
    update: (state, events) => update(state, events),
  };
}

type MutablePatch = {
  readonly people: {
    readonly set: PersonView[];
    readonly gone: string[];
    readonly left: { readonly id: string; readonly from: string | null }[];
  };
  readonly lobby: { readonly set: LobbyRowView[]; readonly gone: LobbyGone[] };
};

function placeOf(person: Admission): "inside" | "waiting" | null {
  if (person.status.kind === "admitted") return "inside";
  return person.status.kind === "waiting" ? "waiting" : null;
}

function put<View>(
  rows: Map<AdmissionId, Row<View>>,
  admissionId: AdmissionId,
  view: View,
  set: View[],
): void {
  const text = JSON.stringify(view);
  if (rows.get(admissionId)?.text === text) return;
  rows.set(admissionId, { view, text });
  set.push(view);
}

function goneRow(state: InstanceState, person: Admission): LobbyGone {
  const { status } = person;
  const by = status.kind === "admitted" || status.kind === "denied" ? status.by : null;
  const byName = by === null || by === "gate" ? "" : (state.admissions.get(by)?.displayName ?? "");
  if (status.kind === "admitted") return { id: person.id, result: "admitted", byName };
  if (status.kind === "denied") return { id: person.id, result: "denied", byName };
  return { id: person.id, result: status.kind === "withdrawn" ? "withdrawn" : "ended", byName };
}

const banEvents: readonly MeetingEvent["type"][] = ["admission.denied", "participant.removed", "ban.lifted"];

function touchesBans({ event }: RecordedEvent): boolean {
  return banEvents.includes(event.type);
}
