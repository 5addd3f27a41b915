/** The meeting in progress, put together: gate, instances, streams, effects, time. */
import { reactions, routes, type Access } from "@sekisho/contract";
import { id, type GateLimits, type InstanceState } from "@sekisho/domain";
import type { IncomingMessage } from "node:http";
import type { DatabaseHandle } from "../../platform/db/database.ts";
import { startListener } from "../../platform/db/listener.ts";
import { handle, type BoundRoute } from "../../platform/http/binder.ts";
import type { Caller } from "../../platform/http/caller.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import type { RateLimits } from "../../platform/http/rate-limits.ts";
import type { Sessions } from "../../platform/http/sessions.ts";
import type { Keys } from "../../platform/keys/keys.ts";
import { newId } from "../../platform/random.ts";
import type { GateLog } from "../../sfu/gate-log.ts";
import { createSfuGate, type SfuGate } from "../../sfu/gate.ts";
import type { Sfu } from "../../sfu/sfu.ts";
import type { WebhookParser } from "../../sfu/webhook.ts";
import { createAuthority } from "./authority.ts";
import { chatChannel, createChat } from "./chat.ts";
import { chatRoutes, reactionChannel } from "./chat-routes.ts";
import { commandRoutes } from "./command-routes.ts";
import { createEffectWorker } from "./effects.ts";
import { enforce } from "./enforcement.ts";
import { createEntry } from "./entry.ts";
import { entryRoutes } from "./entry-routes.ts";
import { createPublisher } from "./follow.ts";
import { createLiveGuard } from "./guard.ts";
import { createHub, mayRead } from "./hub.ts";
import { createInstances } from "./instances.ts";
import { createPasscodeTries, type PasscodeLimits } from "./passcode-tries.ts";
import type { MeetingDirectory, RegionView } from "./ports.ts";
import type { RoomContext } from "./present-room.ts";
import { startReconciling } from "./reconcile.ts";
import { createRunner, type Committed } from "./runner.ts";
import { startTicker } from "./ticker.ts";
import { createTickets } from "./tickets.ts";
import { instanceChannel } from "./write-batch.ts";

export const sessionChannel = "sekisho_session";

export type LiveDeps = {
  readonly database: DatabaseHandle;
  readonly connectionString: string;
  readonly keys: Keys;
  readonly directory: MeetingDirectory;
  readonly sessions: Sessions;
  readonly limits: RateLimits;
  readonly gateLimits: GateLimits;
  readonly passcodeLimits: PasscodeLimits;
  readonly sfu: Sfu;
  readonly webhook: WebhookParser | null;
  readonly origins: () => readonly string[];
  readonly ipOf: (request: IncomingMessage) => string;
  readonly region: RegionView;
  readonly minimumBuild: number;
  readonly clock: { now(): number };
  readonly log: GateLog;
  /** The instance has ended: its head is anchored, what belongs to it is renewed (AUD-1, MTG-8). */
  readonly onEnded: (state: InstanceState) => Promise<void>;
  readonly everyMinute: () => Promise<void>;
};

export type LiveFeature = {
  readonly routes: readonly BoundRoute[];
  readonly gate: SfuGate;
  guard(access: Extract<Access, { kind: "lobby" | "live" }>, caller: Caller, link: string): Promise<unknown>;
  listening(): boolean;
  /** The instance of a meeting that is live now, for whoever edits the meeting. */
  liveInstanceOf(meetingId: string): Promise<string | null>;
  /** Settings changed: every open instance of these meetings takes them over now (CNF-5). */
  settingsChanged(meetingIds: readonly string[] | "all"): Promise<void>;
  note(
    meetingId: string,
    event: { readonly type: "passcode.shown" | "passcode.changed"; readonly by: string },
  ): Promise<void>;
  endDevices(devices: readonly string[]): void;
  stop(): Promise<void>;
};

export async function createLiveFeature(deps: LiveDeps): Promise<LiveFeature> {
  const { database, keys, clock, sfu, log } = deps;
  const processId = newId();
  const onFailure = (error: unknown) =>
    log.warn({ error: error instanceof Error ? error.message : "unknown" }, "live step failed");
  const instances = createInstances(database.pool, keys, processId);
  const tickets = createTickets(database.db);
  const chat = createChat(database.db, keys);
  const runner = createRunner({
    pool: database.pool,
    keys,
    directory: deps.directory,
    limits: deps.gateLimits,
    clock,
    processId,
    onCommitted: (_instanceId, committed) => onCommitted(committed),
  });
  const hub = createHub({
    contextOf,
    issueTicket: (instanceId, admissionId, device) => tickets.issue(instanceId, admissionId, device),
    onFailure,
  });
  const publisher = createPublisher(hub, runner, onFailure);
  const effects = createEffectWorker({ db: database.db, sfu, gate: () => gate, runner, tickets, onFailure });

  async function contextOf(state: InstanceState): Promise<RoomContext> {
    const [meeting, row] = await Promise.all([
      deps.directory.describe(state.meetingId),
      instances.byId(state.instanceId),
    ]);
    if (meeting === null || row === null) throw new HttpError("not_found");
    return {
      meeting,
      scheduledEnd: row.endsAt,
      region: deps.region,
      hostsAwayMs: deps.gateLimits.hostsAwayMs,
    };
  }

  function onCommitted(committed: Committed): void {
    enforce(gate, committed.state, committed.effects);
    effects.work(committed);
    publisher.committed(committed);
    tellMuted(committed.state, committed.events);
    if (committed.events.some(({ event }) => event.type === "instance.ended")) ended(committed.state);
  }

  function ended(state: InstanceState): void {
    Promise.all([chat.destroy(state.instanceId), deps.onEnded(state)]).catch(onFailure);
  }

  function tellMuted(state: InstanceState, events: Committed["events"]): void {
    for (const { event } of events)
      if (event.type === "participant.muted") {
        const muted = new Set<string>(event.admissionIds);
        hub.tell(state.instanceId, (one) => muted.has(one), { type: "muted", source: event.source });
      }
  }

  const listener = await startListener({
    connectionString: deps.connectionString,
    channels: [instanceChannel, chatChannel, reactionChannel, sessionChannel],
    onNotice: (channel, payload) => {
      onNotice(channel, payload).catch(onFailure);
    },
    onDeaf: () => gate.closeAll("paused"),
    onHearing: () => {
      for (const instanceId of hub.followed()) publisher.catchUp(instanceId).catch(onFailure);
    },
    onError: onFailure,
  });

  const authority = createAuthority({
    runner,
    tickets,
    sessions: deps.sessions,
    clock,
    limits: deps.gateLimits,
    listening: () => listener.healthy(),
    onUnwanted: (admissionId, sfuRoom, sfuIdentity) => {
      gate.closeSeat(admissionId, "removed");
      gate.evict(sfuRoom, sfuIdentity).catch(onFailure);
    },
    onFailure,
  });
  const gate = createSfuGate({
    authority,
    sfu,
    clock,
    log,
    origins: (origin) => deps.origins().includes(origin),
    bindingOf: (request) => request.headers.cookie ?? "",
    ipOf: deps.ipOf,
  });

  async function onNotice(channel: string, payload: string): Promise<void> {
    const [first = "", second = "", third = ""] = payload.split(" ");
    if (channel === sessionChannel) return endDevices([first]);
    if (channel === instanceChannel) return first === processId ? undefined : elsewhere(second);
    if (channel === chatChannel) return deliver(first, second);
    const reaction = reactions.find((one) => one === third);
    if (reaction !== undefined) hub.tell(first, () => true, { type: "reaction", fromId: second, reaction });
  }

  /** Another process decided: the same duties here, from what the log says. */
  async function elsewhere(instanceId: string): Promise<void> {
    const before = runner.peek(instanceId);
    if (before === null && hub.published(instanceId) === null) return;
    const state = await runner.read(instanceId);
    if (state === null) return;
    const gone = [...(before?.inside ?? [])].filter((one) => !state.inside.has(one));
    enforce(
      gate,
      state,
      gone.map((admissionId) => ({ kind: "sync", admissionId })),
    );
    if (before !== null) tellMuted(state, await runner.since(instanceId, before.seq));
    await publisher.catchUp(instanceId);
  }

  async function deliver(instanceId: string, messageId: string): Promise<void> {
    const state = hub.published(instanceId);
    if (state === null) return;
    const message = await chat.one(instanceId, messageId);
    if (message === null) return;
    hub.tell(instanceId, (one) => mayRead(state, message, one), { type: "chat", message });
  }

  /** Sessions that ended: their streams and SFU connections end too (IDN-5). */
  function endDevices(devices: readonly string[]): void {
    const ended = new Set(devices);
    hub.closeDevices(ended);
    for (const { admissionId } of gate.connections())
      for (const instanceId of runner.cached())
        if (
          ended.has(
            runner.peek(instanceId)?.admissions.get(id.admission(admissionId))?.principal.device ?? "",
          )
        )
          gate.closeSeat(admissionId, "removed");
  }

  const reconciler = startReconciling({ sfu, instances, runner, gate, clock, onFailure });
  const ticker = startTicker({
    instances,
    runner,
    limits: deps.gateLimits,
    clock,
    onFailure,
    everySecond: () => effects.sweep(),
    everyMinute: async () => {
      await tickets.forgetOld();
      for (const instanceId of runner.cached())
        if (runner.peek(instanceId)?.phase === "ended" && hub.published(instanceId) === null)
          runner.forget(instanceId);
      await deps.everyMinute();
    },
  });
  const heart = setInterval(() => {
    if (listener.healthy()) hub.alive(clock.now());
  }, 2000);

  const entry = createEntry({
    directory: deps.directory,
    instances,
    runner,
    tries: createPasscodeTries(deps.limits, deps.passcodeLimits),
    clock,
    region: deps.region,
    minimumBuild: deps.minimumBuild,
    capacity: deps.gateLimits.capacity,
    organisationName: () => deps.directory.organisationName(),
  });

  return {
    routes: [
      ...entryRoutes({ entry, sessions: deps.sessions, tickets, follow: publisher.follow }),
      ...commandRoutes(runner),
      ...chatRoutes(chat, database.pool, clock),
      handle(routes.system.sfuWebhook, async ({ request }) => {
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const result = await deps.webhook?.(request.headers, body);
        if (result?.ok !== true) throw new HttpError("not_allowed");
        reconciler.hint();
        return undefined;
      }),
    ],
    gate,
    guard: createLiveGuard({ directory: deps.directory, instances, runner, clock }),
    listening: () => listener.healthy(),
    liveInstanceOf: (meetingId) => instances.liveOf(meetingId),
    async settingsChanged(meetingIds) {
      for (const row of await instances.unfinished())
        if (meetingIds === "all" || meetingIds.includes(row.meetingId))
          await runner.run(row.instanceId, { type: "clock.tick", scheduledEnd: row.endsAt }, null);
    },
    async note(meetingId, event) {
      for (const row of await instances.unfinished())
        if (row.meetingId === meetingId)
          await runner.run(row.instanceId, { type: "evidence.note", event }, null);
    },
    endDevices,
    async stop() {
      clearInterval(heart);
      await ticker.stop();
      await reconciler.stop();
      hub.closeAll();
      gate.stop();
      await listener.stop();
    },
  };
}
