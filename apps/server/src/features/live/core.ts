/** The machinery behind the gate: instances and their log, streams, effects, sessions that end. */
import type { InstanceState } from "@sekisho/domain";
import { HttpError } from "../../platform/http/http-error.ts";
import { newId } from "../../platform/random.ts";
import type { SfuGate } from "../../sfu/gate.ts";
import { createAfterEnd } from "./after-end.ts";
import { createChat } from "./chat.ts";
import type { LiveDeps } from "./deps.ts";
import { createContentKey } from "./content-key.ts";
import { createDevices } from "./devices.ts";
import { createEffectWorker } from "./effects.ts";
import { enforce } from "./enforcement.ts";
import { createPublisher } from "./follow.ts";
import { createHub } from "./hub.ts";
import { createInstances } from "./instances.ts";
import { createKeyStore } from "./key-store.ts";
import { tellMuted } from "./notices.ts";
import type { RoomContext } from "./present-room.ts";
import { createRunner, type Committed } from "./runner.ts";
import { createSettled } from "./settled.ts";
import { createTickets } from "./tickets.ts";
import { createWalls } from "./walls.ts";

export type LiveCore = ReturnType<typeof createLiveCore>;

/** `gate`: asked late, since gate and core need each other. */
export function createLiveCore(deps: LiveDeps, gate: () => SfuGate) {
  const { database, keys, clock, sfu, directory, gateLimits: limits } = deps;
  const { db, pool } = database;
  const processId = newId();
  const onFailure = (error: unknown) =>
    deps.log.warn({ error: error instanceof Error ? error.message : "unknown" }, "live step failed");
  const instances = createInstances(pool, keys, processId);
  const tickets = createTickets(db);
  const contentKey = createContentKey(db, keys);
  const chat = createChat(db, contentKey);
  const keyStore = createKeyStore(db, contentKey);
  const { barriers } = deps;
  const runner = createRunner({ pool, keys, directory, barriers, limits, clock, processId, onCommitted });
  const issueTicket = tickets.issue;
  const hub = createHub({ contextOf, issueTicket, iceServersFor: deps.iceServersFor, onFailure });
  const publisher = createPublisher(hub, runner, onFailure);
  const effects = createEffectWorker({ db, sfu, gate, runner, tickets, onFailure });
  const devices = createDevices({ hub, instances, runner, sessions: deps.sessions });
  const settled = createSettled(pool);
  const { onSwept } = deps;
  const walls = createWalls({ barriers, instances, runner, gate, settled, onSwept, onFailure });
  const afterEnd = createAfterEnd({ db, chat, runner, onEnded: deps.onEnded });

  async function contextOf(state: InstanceState): Promise<RoomContext> {
    const [meeting, row] = await Promise.all([
      directory.describe(state.meetingId),
      instances.byId(state.instanceId),
    ]);
    if (meeting === null || row === null) throw new HttpError("not_found");
    return { meeting, scheduledEnd: row.endsAt, region: deps.region, hostsAwayMs: limits.hostsAwayMs };
  }

  /** In this turn, before anybody is answered: sockets first, then the SFU, then what people are shown. */
  function onCommitted(_instanceId: string, committed: Committed): void {
    const { state, events } = committed;
    enforce(gate(), state, committed.effects);
    effects.work(committed);
    publisher.committed(committed);
    tellMuted(hub, state, events);
    if (events.some(({ event }) => event.type === "instance.ended")) afterEnd.tidy(state).catch(onFailure);
  }

  /** States of instances that are over and that nobody follows any more. */
  function forgetEnded(): void {
    for (const instanceId of runner.cached())
      if (runner.peek(instanceId)?.phase === "ended" && hub.published(instanceId) === null)
        runner.forget(instanceId);
  }

  return {
    processId,
    onFailure,
    instances,
    tickets,
    chat,
    keyStore,
    runner,
    hub,
    publisher,
    effects,
    devices,
    afterEnd,
    settled,
    walls,
    forgetEnded,
  };
}
