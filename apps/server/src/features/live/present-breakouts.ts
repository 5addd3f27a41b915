/** Breakout rooms as one admitted person sees them (SEC-4). Pure. */
import type { BreakoutsView } from "@sekisho/contract";
import { assignedTo, isHosting, type Admission, type InstanceState } from "@sekisho/domain";

export function breakoutsView(state: InstanceState, person: Admission): BreakoutsView | null {
  const { phase, closesAt, choose, mayReturn } = state.breakouts;
  const hosting = isHosting(person);
  // What hosts prepare is theirs until they open it: names of rooms tell what will be talked about.
  if (phase === "closed" && !hosting) return null;
  const assignedId = assignedTo(state, person);
  return {
    phase,
    closesAt,
    choose,
    mayReturn,
    ownId: person.breakoutId,
    assignedId,
    rooms: [...state.breakouts.rooms.values()]
      .filter(({ id }) => hosting || choose || id === person.breakoutId || id === assignedId)
      .map(({ id, name }) => ({ id, name })),
    calledAt: person.calledHostAt,
    hosts: hosting ? hostsView(state) : null,
  };
}

function hostsView(state: InstanceState): BreakoutsView["hosts"] {
  const people = [...state.inside].flatMap((one) => state.admissions.get(one) ?? []);
  return {
    assignments: people.flatMap((one) => {
      const breakoutId = assignedTo(state, one);
      return breakoutId === null ? [] : [{ admissionId: one.id, breakoutId }];
    }),
    calls: people
      .flatMap(({ id, displayName, breakoutId, calledHostAt }) =>
        breakoutId === null || calledHostAt === null
          ? []
          : [{ admissionId: id, displayName, breakoutId, at: calledHostAt }],
      )
      .toSorted((a, b) => a.at - b.at),
  };
}
