/** The meeting in progress, put together: gate, listener, reconciler, time, routes. */
import { routes } from "@sekisho/contract";
import { agreementsIn } from "@sekisho/domain";
import { startListener, type Listener } from "../../platform/db/listener.ts";
import { handle, type BoundRoute } from "../../platform/http/binder.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import { createSfuGate, type SfuGate } from "../../sfu/gate.ts";
import type { Reconciler } from "../../sfu/reconciler.ts";
import { createAuthority } from "./authority.ts";
import { watchCalls } from "./call-watch.ts";
import { chatRoutes } from "./chat-routes.ts";
import { commandRoutes } from "./command-routes.ts";
import { createLiveCore, type LiveCore } from "./core.ts";
import type { LiveDeps, LiveFeature } from "./deps.ts";
import { createEntry } from "./entry.ts";
import { entryRoutes } from "./entry-routes.ts";
import { readFactSheet, type FactSheetReader } from "./fact-sheet.ts";
import { createLiveGuard } from "./guard.ts";
import { channels, createNotices } from "./notices.ts";
import { readBarrierVersion } from "./barrier-version.ts";
import { createPasscodeTries } from "./passcode-tries.ts";
import { startReconciling } from "./reconcile.ts";
import { startTicker } from "./ticker.ts";

export type { LiveDeps, LiveFeature };

export async function createLiveFeature(deps: LiveDeps): Promise<LiveFeature> {
  const core: LiveCore = createLiveCore(deps, () => gate);
  const { instances, runner, hub } = core;
  const onNotice = createNotices({ ...core, gate: () => gate });
  const gate: SfuGate = openGate(deps, core, () => listener?.healthy() ?? false);
  let listener: Listener | null = null;
  listener = await startListener({
    connectionString: deps.connectionString,
    channels,
    onNotice: (channel, payload) => {
      onNotice(channel, payload).catch(core.onFailure);
    },
    onDeaf: () => gate.closeAll("paused"),
    onHearing: () => {
      for (const instanceId of hub.followed()) core.publisher.catchUp(instanceId).catch(core.onFailure);
      // What was not heard may have been a new version of the barriers.
      readBarrierVersion(deps.database.pool).then(core.walls.changed).catch(core.onFailure);
    },
    onError: core.onFailure,
  });
  const hearing = listener;
  const reconciler = startReconciling({ ...core, sfu: deps.sfu, gate, clock: deps.clock });
  const time = startTime(deps, core, () => hearing.healthy());
  const calls = watchCalls({ gate, runner, sfu: deps.sfu, onFailure: core.onFailure });

  return {
    routes: liveRoutes(deps, core, reconciler),
    gate,
    guard: createLiveGuard({ directory: deps.directory, instances, runner, clock: deps.clock }),
    bars: core.devices.bars,
    listening: () => hearing.healthy(),
    async inside(meetingId) {
      const live = (await instances.unfinished()).filter((row) => row.meetingId === meetingId);
      const states = await Promise.all(live.map((row) => runner.read(row.instanceId)));
      const people = states.flatMap((state) =>
        state === null ? [] : [...state.inside].flatMap((one) => state.admissions.get(one) ?? []),
      );
      return new Set(
        people.flatMap(({ principal }) => (principal.kind === "account" ? [principal.accountId] : [])),
      );
    },
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
    async agreementsOf(meetingId) {
      const rows = (await instances.unfinished()).filter((row) => row.meetingId === meetingId);
      const states = await Promise.all(rows.map((row) => runner.read(row.instanceId)));
      return states.flatMap((state) => (state === null ? [] : agreementsIn(state)));
    },
    walls: core.walls,
    endDevices: core.devices.end,
    endRegistrations: core.devices.endRegistrations,
    async endMeeting(meetingId) {
      const live = (await instances.unfinished()).filter(
        (row) => row.meetingId === meetingId && row.phase === "live",
      );
      for (const row of live) await runner.run(row.instanceId, { type: "gate.end", reason: "policy" }, null);
      return live.length > 0;
    },
    async stop() {
      await calls.stop();
      await time.stop();
      await reconciler.stop();
      hub.closeAll();
      gate.stop();
      await hearing.stop();
    },
  };
}

function openGate(deps: LiveDeps, core: LiveCore, listening: () => boolean): SfuGate {
  const gate = createSfuGate({
    authority: createAuthority({
      ...core,
      sessions: deps.sessions,
      barriers: deps.barriers,
      barrierVersion: () => readBarrierVersion(deps.database.pool),
      clock: deps.clock,
      limits: deps.gateLimits,
      listening,
      onUnwanted: (admissionId, sfuRoom, sfuIdentity) => {
        gate.closeSeat(admissionId, "removed", sfuIdentity);
        gate.evict(sfuRoom, sfuIdentity).catch(core.onFailure);
      },
    }),
    sfu: deps.sfu,
    clock: deps.clock,
    log: deps.log,
    origins: (origin) => deps.origins().includes(origin),
    bindingOf: (request) => request.headers.cookie ?? "",
    ipOf: deps.ipOf,
  });
  return gate;
}

/** What happens by the clock: places not come back to, leftovers, expired sessions, the sign of life to every page. */
function startTime(deps: LiveDeps, core: LiveCore, listening: () => boolean): { stop(): Promise<void> } {
  const ticker = startTicker({
    instances: core.instances,
    runner: core.runner,
    barriers: deps.barriers,
    limits: deps.gateLimits,
    clock: deps.clock,
    onFailure: core.onFailure,
    everySecond: () => core.effects.sweep(),
    everyMinute: async () => {
      await core.afterEnd.sweep();
      await core.devices.endExpired();
      await core.tickets.forgetOld();
      core.forgetEnded();
      await deps.everyMinute();
    },
  });
  const heart = setInterval(() => {
    if (listening()) core.hub.alive(deps.clock.now());
  }, 2000);
  return {
    async stop() {
      clearInterval(heart);
      await ticker.stop();
    },
  };
}

function liveRoutes(deps: LiveDeps, core: LiveCore, reconciler: Reconciler): readonly BoundRoute[] {
  const { directory, sessions, clock, gateLimits, region, minimumBuild } = deps;
  const tries = createPasscodeTries(deps.limits, deps.passcodeLimits);
  const organisationName = () => directory.organisationName();
  const entry = createEntry({
    ...{ directory, clock, gateLimits, region, minimumBuild, tries, organisationName },
    instances: core.instances,
    runner: core.runner,
    barriers: deps.barriers,
    proofs: deps.proofs,
    factSheets: deps.factSheets,
    factorOfHosts: deps.factorOfHosts,
    registrants: deps.registrants,
  });
  const factSheet = (reader: FactSheetReader) =>
    readFactSheet({ ...core, directory, tries, clock, factSheets: deps.factSheets }, reader);
  return [
    ...entryRoutes({
      ...{ entry, factSheet, sessions, iceServersFor: deps.iceServersFor },
      tickets: core.tickets,
      follow: core.publisher.follow,
    }),
    ...commandRoutes(core.runner, core.keyStore, deps.database.pool),
    ...chatRoutes(core.chat, deps.database.pool, clock),
    handle(routes.system.sfuWebhook, async ({ request }) => {
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const result = await deps.webhook?.(request.headers, body);
      if (result?.ok !== true) throw new HttpError("not_allowed");
      reconciler.hint();
      return undefined;
    }),
  ];
}
