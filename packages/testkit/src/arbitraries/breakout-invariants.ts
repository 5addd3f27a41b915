/** What has to be true of breakout rooms at every instant (SEC-4, ADM-11). Each answers with whether it holds. */
import { isInCall, sfuRoomOf, sfuRoomsOf, type Admission, type InstanceState } from "@sekisho/domain";
import type { Taken } from "./invariants.ts";

const inside = (one: Admission) => one.status.kind === "admitted";

/** Whoever is inside is in exactly one room of the SFU, which is open; whoever is not is in none. */
function oneRoomEach({ after }: Taken): boolean {
  const rooms = sfuRoomsOf(after);
  return [...after.admissions.values()].every((one) => {
    const sfuRoom = sfuRoomOf(after, one);
    const elsewhere = one.breakoutId === null && one.calledHostAt === null;
    if (!inside(one)) return elsewhere && (sfuRoom === null || isInCall(after, one));
    const { breakoutId } = one.places.at(-1) ?? {};
    return sfuRoom !== null && rooms.includes(sfuRoom) && breakoutId === one.breakoutId;
  });
}

function openOnlyWhileOpen({ after }: Taken): boolean {
  const { phase, closesAt, rooms } = after.breakouts;
  const open = [...rooms.values()].filter((room) => room.sfuRoom !== null).length;
  const main = [...after.admissions.values()].every((one) => one.breakoutId === null);
  if (phase === "closed") return open === 0 && main && closesAt === null;
  return after.phase === "live" && open === rooms.size && (phase === "open" || closesAt !== null);
}

/** Rooms of the SFU are never the same thing twice: not two at once, and not one again after it was closed. */
function roomsAreFresh({ before, after }: Taken): boolean {
  const rooms = sfuRoomsOf(after);
  const fresh = (state: InstanceState) =>
    new Set([...state.breakouts.rooms.values()].flatMap((room) => room.sfuRoom ?? []));
  const known = fresh(before);
  const opened = before.breakouts.phase === "closed" && after.breakouts.phase !== "closed";
  return (
    new Set(rooms).size === rooms.length && (!opened || [...fresh(after)].every((one) => !known.has(one)))
  );
}

/** One identity, one room: who is elsewhere now has another name at the SFU. */
function identityBelongsToRoom({ before, after }: Taken): boolean {
  return [...before.admissions.values()].every((one) => {
    const now = after.admissions.get(one.id);
    if (now === undefined || !inside(one) || !inside(now)) return true;
    return now.sfuIdentity !== one.sfuIdentity || sfuRoomOf(after, now) === sfuRoomOf(before, one);
  });
}

/** ADM-7: who was away before a move has been away as long after it. */
function movesProlongNothing({ before, after }: Taken): boolean {
  return [...before.admissions.values()].every((one) => {
    const then = one.status;
    const now = after.admissions.get(one.id)?.status;
    if (then.kind !== "admitted" || now?.kind !== "admitted" || then.at !== now.at) return true;
    if (then.connection.kind !== "absent" || now.connection.kind !== "absent") return true;
    return then.connection.since === now.connection.since;
  });
}

/** SEC-7: hosts are placed by themselves, by an opening that they were assigned for, or brought back with everybody. */
function hostsGoThemselves({ before, after, command, decision, actor }: Taken): boolean {
  if (command.type !== "breakout.assign" || decision.kind === "rejected") return true;
  return [...before.admissions.values()].every((one) => {
    const hosting = one.role === "host" || one.role === "coHost";
    const same = after.admissions.get(one.id)?.breakoutId === one.breakoutId;
    return !hosting || same || one.principal.device === actor?.device;
  });
}

export const breakoutInvariants: readonly (readonly [string, (taken: Taken) => boolean])[] = [
  ["everybody inside is in exactly one room", oneRoomEach],
  ["rooms are open while they are open", openOnlyWhileOpen],
  ["rooms of the SFU are fresh", roomsAreFresh],
  ["an identity belongs to one room", identityBelongsToRoom],
  ["a move prolongs no absence", movesProlongNothing],
  ["hosts are placed by themselves", hostsGoThemselves],
];
