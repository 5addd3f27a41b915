/** Breakout rooms (SEC-4). Whoever is placed is inside already, so admission and barriers have had their word (BAR-3). */
import {
  accepted,
  rejected,
  type BreakoutCommand,
  type DecideContext,
  type Decision,
  type RejectionCode,
} from "./command.ts";
import type { AdmissionId, BreakoutId } from "../../ids.ts";
import { id } from "../../unsafe.ts";
import { looksLike, nameProblem } from "../../names/skeleton.ts";
import { assignedTo, closingMs, mostBreakouts } from "../breakouts.ts";
import { capabilitiesOf, isHosting } from "../capabilities.ts";
import type { MeetingEvent, Move } from "../events.ts";
import type { Admission, InstanceState } from "../state.ts";

type Of<T extends BreakoutCommand["type"]> = Extract<BreakoutCommand, { type: T }>;

export function decideBreakouts(
  state: InstanceState,
  actor: Admission,
  command: BreakoutCommand,
  ctx: DecideContext,
): Decision {
  switch (command.type) {
    case "breakout.go":
      return go(state, actor, command, ctx);
    case "breakout.callHost":
      return callHost(state, actor);
    case "breakout.endCall":
      return endCall(state, actor, command);
    default:
      if (!capabilitiesOf(state, actor).has("breakout.manage")) return rejected("not_allowed");
      return manage(state, actor, command, ctx);
  }
}

type Managing = Exclude<BreakoutCommand, { type: "breakout.go" | "breakout.callHost" | "breakout.endCall" }>;

function manage(state: InstanceState, actor: Admission, command: Managing, ctx: DecideContext): Decision {
  switch (command.type) {
    case "breakout.arrange":
      return arrange(state, actor, command, ctx);
    case "breakout.assign":
      return assign(state, actor, command, ctx);
    case "breakout.distribute":
      return distribute(state, actor);
    case "breakout.open":
      return open(state, actor, command, ctx);
    case "breakout.setTimer":
      return setTimer(state, actor, command, ctx);
    case "breakout.close":
      return close(state, actor, command, ctx);
  }
}

function arrange(
  state: InstanceState,
  actor: Admission,
  command: Of<"breakout.arrange">,
  ctx: DecideContext,
): Decision {
  if (state.breakouts.phase !== "closed") return rejected("breakouts_open");
  const problem = listProblem(state, command.rooms);
  if (problem !== null) return rejected(problem);
  return accepted([
    {
      type: "breakout.arranged",
      by: actor.id,
      rooms: command.rooms.map((room) => room.id ?? id.breakout(ctx.newId())),
      choose: command.choose,
      mayReturn: command.mayReturn,
      personal: { names: command.rooms.map((room) => room.name.trim()) },
    },
  ]);
}

/** Two rooms of one name send people to the wrong one: names are told apart as people's are (ADM-10). */
function listProblem(
  state: InstanceState,
  rooms: Of<"breakout.arrange">["rooms"],
): "no_such_breakout" | "name_not_accepted" | null {
  const known = rooms.flatMap((room) => room.id ?? []);
  const twice = new Set(known).size !== known.length;
  if (twice || known.some((one) => !state.breakouts.rooms.has(one))) return "no_such_breakout";
  if (rooms.length > mostBreakouts) return "no_such_breakout";
  const alike = rooms.some((room, index) =>
    rooms.slice(index + 1).some((other) => looksLike(room.name, other.name)),
  );
  return alike || rooms.some((room) => nameProblem(room.name) !== null) ? "name_not_accepted" : null;
}

function assign(
  state: InstanceState,
  actor: Admission,
  command: Of<"breakout.assign">,
  ctx: DecideContext,
): Decision {
  if (state.breakouts.phase === "closing") return rejected("breakouts_closing");
  const wanted = new Map(command.assignments.map((one) => [one.admissionId, one.breakoutId]));
  for (const [admissionId, breakoutId] of wanted) {
    const problem = placementProblem(state, actor, admissionId, breakoutId);
    if (problem !== null) return rejected(problem);
  }
  const assignments = [...wanted].map(([admissionId, breakoutId]) => ({ admissionId, breakoutId }));
  const assigned: MeetingEvent = { type: "breakout.assigned", by: actor.id, assignments };
  if (state.breakouts.phase === "closed") return accepted([assigned]);
  return accepted([assigned, ...moved(actor, movesTo(state, wanted, ctx))]);
}

/** Only people who are inside are placed anywhere; and hosts by nobody but themselves (SEC-7). */
function placementProblem(
  state: InstanceState,
  actor: Admission,
  admissionId: AdmissionId,
  breakoutId: BreakoutId | null,
): RejectionCode | null {
  const person = state.admissions.get(admissionId);
  if (person?.status.kind !== "admitted") return "no_such_person";
  if (breakoutId !== null && !state.breakouts.rooms.has(breakoutId)) return "no_such_breakout";
  return isHosting(person) && person.id !== actor.id ? "not_allowed" : null;
}

/** In the order of admission, one room after the other. Hosts go where they like. */
function distribute(state: InstanceState, actor: Admission): Decision {
  if (state.breakouts.phase !== "closed") return rejected("breakouts_open");
  const rooms = [...state.breakouts.rooms.keys()];
  if (rooms.length === 0) return rejected("no_such_breakout");
  const people = [...state.inside].filter((one) => {
    const person = state.admissions.get(one);
    return person !== undefined && !isHosting(person);
  });
  if (people.length === 0) return rejected("nothing_to_do");
  const assignments = people.map((admissionId, index) => ({
    admissionId,
    breakoutId: rooms[index % rooms.length] ?? null,
  }));
  return accepted([{ type: "breakout.assigned", by: actor.id, assignments }]);
}

function open(
  state: InstanceState,
  actor: Admission,
  command: Of<"breakout.open">,
  ctx: DecideContext,
): Decision {
  const { phase, rooms } = state.breakouts;
  if (phase !== "closed") return rejected("breakouts_open");
  if (rooms.size === 0) return rejected("no_such_breakout");
  const wanted = new Map<AdmissionId, BreakoutId | null>();
  for (const admissionId of state.inside) {
    const person = state.admissions.get(admissionId);
    const breakoutId = person === undefined ? null : assignedTo(state, person);
    if (breakoutId !== null) wanted.set(admissionId, breakoutId);
  }
  return accepted([
    {
      type: "breakout.opened",
      by: actor.id,
      rooms: [...rooms.keys()].map((breakoutId) => ({ breakoutId, sfuRoom: id.sfuRoom(ctx.newId()) })),
      closesAt: endOf(command.minutes, ctx),
      moves: movesTo(state, wanted, ctx),
    },
  ]);
}

function endOf(minutes: number | null, ctx: DecideContext): number | null {
  return minutes === null ? null : ctx.now + minutes * 60_000;
}

function setTimer(
  state: InstanceState,
  actor: Admission,
  command: Of<"breakout.setTimer">,
  ctx: DecideContext,
): Decision {
  if (state.breakouts.phase === "closed") return rejected("breakouts_closed");
  return accepted([{ type: "breakout.timerSet", by: actor.id, closesAt: endOf(command.minutes, ctx) }]);
}

function close(
  state: InstanceState,
  actor: Admission,
  command: Of<"breakout.close">,
  ctx: DecideContext,
): Decision {
  const { phase, closesAt } = state.breakouts;
  if (phase === "closed") return rejected("breakouts_closed");
  if (command.atOnce) return accepted([closed(state, actor.id, ctx)]);
  if (phase === "closing") return accepted([]);
  const soon = ctx.now + closingMs;
  const sooner = closesAt === null ? soon : Math.min(closesAt, soon);
  return accepted([{ type: "breakout.closing", by: actor.id, closesAt: sooner }]);
}

function go(
  state: InstanceState,
  actor: Admission,
  command: Of<"breakout.go">,
  ctx: DecideContext,
): Decision {
  const { phase, rooms, choose } = state.breakouts;
  const { breakoutId } = command;
  if (phase === "closed") return rejected("breakouts_closed");
  if (breakoutId === actor.breakoutId) return accepted([]);
  const able = capabilitiesOf(state, actor);
  const wanted = new Map([[actor.id, breakoutId]]);
  if (breakoutId === null)
    return able.has("breakout.return")
      ? accepted(moved(actor, movesTo(state, wanted, ctx)))
      : rejected("not_allowed");
  if (phase === "closing") return rejected("breakouts_closing");
  const own = able.has("breakout.join") && breakoutId === assignedTo(state, actor);
  if (!own && !able.has("breakout.choose")) return rejected("not_allowed");
  if (!rooms.has(breakoutId)) return rejected("no_such_breakout");
  const chosen: readonly MeetingEvent[] =
    choose && !isHosting(actor)
      ? [{ type: "breakout.assigned", by: actor.id, assignments: [{ admissionId: actor.id, breakoutId }] }]
      : [];
  return accepted([...chosen, ...moved(actor, movesTo(state, wanted, ctx))]);
}

function callHost(state: InstanceState, actor: Admission): Decision {
  const able = capabilitiesOf(state, actor).has("breakout.callHost");
  if (!able || actor.breakoutId === null) return rejected("not_allowed");
  if (actor.calledHostAt !== null) return accepted([]);
  return accepted([{ type: "breakout.hostCalled", admissionId: actor.id, breakoutId: actor.breakoutId }]);
}

function endCall(state: InstanceState, actor: Admission, command: Of<"breakout.endCall">): Decision {
  const own = command.admissionId === actor.id;
  if (!own && !capabilitiesOf(state, actor).has("breakout.manage")) return rejected("not_allowed");
  const person = state.admissions.get(command.admissionId);
  if (person?.status.kind !== "admitted") return rejected("no_such_person");
  if (person.calledHostAt === null) return accepted([]);
  return accepted([{ type: "breakout.callEnded", admissionId: person.id, by: actor.id }]);
}

/** What is due by the clock: the warning, and everybody back. */
export function breakoutsDue(state: InstanceState, ctx: DecideContext): readonly MeetingEvent[] {
  const { phase, closesAt } = state.breakouts;
  if (phase === "closed" || closesAt === null) return [];
  if (ctx.now >= closesAt) return [closed(state, "gate", ctx)];
  const warn = phase === "open" && ctx.now >= closesAt - closingMs;
  return warn ? [{ type: "breakout.closing", by: "gate", closesAt }] : [];
}

function closed(state: InstanceState, by: AdmissionId | "gate", ctx: DecideContext): MeetingEvent {
  const back = [...state.inside].map((admissionId) => [admissionId, null] as const);
  return { type: "breakout.closed", by, moves: movesTo(state, new Map(back), ctx) };
}

function moved(actor: Admission, moves: readonly Move[]): readonly MeetingEvent[] {
  return moves.length === 0 ? [] : [{ type: "breakout.moved", by: actor.id, moves }];
}

/** Each move has a name of its own at the SFU: a removal meant for the room before cannot reach the one after. */
function movesTo(
  state: InstanceState,
  wanted: ReadonlyMap<AdmissionId, BreakoutId | null>,
  ctx: DecideContext,
): readonly Move[] {
  return [...wanted]
    .filter(([admissionId, breakoutId]) => state.admissions.get(admissionId)?.breakoutId !== breakoutId)
    .map(([admissionId, breakoutId]) => ({
      admissionId,
      breakoutId,
      sfuIdentity: id.sfuIdentity(ctx.newId()),
    }));
}
