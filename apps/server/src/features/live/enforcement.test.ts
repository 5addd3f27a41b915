/** Which connections a change of the meeting ends, in the turn in which a process learns of it (ADM-8, SEC-4). */
import { sfuRoomsOf, type InstanceState } from "@sekisho/domain";
import { expect, test } from "vitest";
import { liveRoom, people } from "../../../../../packages/testkit/src/arbitraries/index.ts";
import { effectsOf } from "./effects-of.ts";
import { enforce } from "./enforcement.ts";

const { host, colleague, customer } = people;

/** What the gate is told, where it holds these connections. */
function told(state: InstanceState, held: readonly (readonly [string, string])[], before?: InstanceState) {
  const calls: string[] = [];
  enforce(
    {
      connections: () =>
        held.map(([admissionId, sfuIdentity]) => ({
          ...{ admissionId, sfuIdentity, connectionId: "c" },
          ...{ instanceId: state.instanceId, sentOn: [] },
        })),
      setGrants: (admissionId) => void calls.push(`grants ${admissionId}`),
      closeSeat: (admissionId, why, stay = "any") => void calls.push(`close ${admissionId} ${why} ${stay}`),
    },
    state,
    before === undefined ? [] : effectsOf(before, state, []),
  );
  return calls;
}

function moved() {
  const at = liveRoom({}, colleague, customer);
  const rooms = [{ id: null, name: "松" }];
  at.as(host, { type: "breakout.arrange", rooms, choose: false, mayReturn: true });
  const [breakoutId = null] = at.state.breakouts.rooms.keys();
  const admissionId = at.idOf(colleague);
  at.as(host, { type: "breakout.assign", assignments: [{ admissionId, breakoutId }] });
  const before = at.state;
  const stay = at.person(colleague).sfuIdentity ?? "";
  at.as(host, { type: "breakout.open", minutes: null });
  return { at, before, admissionId, stay, next: at.person(colleague).sfuIdentity ?? "" };
}

test("[SEC-4] a move ends the connection of the stay before, where this process decided it", () => {
  const { at, before, admissionId, stay } = moved();
  const other = [at.idOf(customer), at.person(customer).sfuIdentity ?? ""] as const;
  const calls = told(at.state, [[admissionId, stay], other], before);
  expect(calls).toContain(`close ${admissionId} moved ${stay}`);
  expect(calls.filter((call) => call.includes(other[0]))).toEqual([`grants ${other[0]}`]);
});

test("[SEC-4] [OPS-4] also where another process decided it and this one had read the new state already", () => {
  const { at, admissionId, stay, next } = moved();
  expect(told(at.state, [[admissionId, stay]])).toEqual([`close ${admissionId} moved ${stay}`]);
  expect(told(at.state, [[admissionId, next]])).toEqual([`grants ${admissionId}`]);
});

test("[SEC-4] a connection into the next room is not ended by news of the move, however late", () => {
  const { at, before, admissionId, next } = moved();
  const calls = told(at.state, [[admissionId, next]], before);
  expect(calls.filter((call) => call.includes(next))).toEqual([]);
  expect(calls).toContain(`grants ${admissionId}`);
});

test("[SEC-4] [ADM-8] an effect names the room in which the stay was; a room that is over is deleted", () => {
  const { at } = moved();
  const before = at.state;
  const [, sfuRoom] = sfuRoomsOf(at.state);
  const { id: admissionId, sfuIdentity } = at.person(colleague);
  at.as(host, { type: "participant.remove", admissionId, report: false });
  expect(effectsOf(before, at.state, [])).toEqual([{ kind: "evict", admissionId, sfuRoom, sfuIdentity }]);
  const open = at.state;
  at.as(host, { type: "breakout.close", atOnce: true });
  expect(effectsOf(open, at.state, [])).toEqual([{ kind: "deleteRoom", sfuRoom }]);
});
