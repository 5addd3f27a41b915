/** The server, put together from its parts: features know each other only through what is handed over here. */
import type { LimitName, Route } from "@sekisho/contract";
import type { FastifyInstance } from "fastify";
import type { Config } from "./config/config.ts";
import { createGuard } from "./app/guards.ts";
import { testFacts } from "./app/facts.ts";
import { createMeetingDirectory } from "./app/meeting-directory.ts";
import { createAccountsFeature } from "./features/accounts/accounts-feature.ts";
import { anchorInstanceHeads } from "./features/evidence/anchors.ts";
import { createHealthFeature } from "./features/health/health-feature.ts";
import { createLiveFeature, type LiveFeature } from "./features/live/index.ts";
import { createMeetingsFeature } from "./features/meetings/meetings-feature.ts";
import { createOrganisationFeature } from "./features/organisation/organisation-feature.ts";
import { migrate, openDatabase } from "./platform/db/database.ts";
import type { ServerParts } from "./platform/embedded/start-parts.ts";
import { createOrganisationLog } from "./platform/evidence/organisation-log.ts";
import { bindRoutes } from "./platform/http/binder.ts";
import { createAddressReader } from "./platform/http/client-address.ts";
import { servePages } from "./platform/http/pages.ts";
import { createRateLimits, forgetOldWindows } from "./platform/http/rate-limits.ts";
import { createHttpServer } from "./platform/http/server.ts";
import { createSessions } from "./platform/http/sessions.ts";
import { createKeys } from "./platform/keys/keys.ts";
import { readMasterKey } from "./platform/keys/master-key.ts";
import { createLog } from "./platform/log.ts";
import { createLivekitSfu } from "./sfu/livekit-sfu.ts";
import { createWebhookParser } from "./sfu/webhook.ts";

export type App = {
  /** Address of the one-time set-up link; null once there is an owner. */
  readonly setupUrl: string | null;
  close(): Promise<void>;
};

/** Passcodes that were wrong (ADM-6): for one person, one address, and one meeting's unproved people together. */
const passcodeLimits = {
  person: { max: 10, windowSeconds: 600 },
  address: { max: 40, windowSeconds: 600 },
  meeting: { max: 150, windowSeconds: 600 },
};

export type AppOptions = {
  /** In tests an answer that does not fit its schema is an error; otherwise what is too much is left out. */
  readonly strictResponses: boolean;
};

export async function startApp(
  parts: Omit<ServerParts, "pageDir"> & { readonly pageDir: string | null },
  options: AppOptions = { strictResponses: false },
): Promise<App> {
  const { config, listener } = parts;
  const log = createLog(config.logLevel);
  const origin = () => listener.origin;
  await migrate(parts.database.adminConnectionString, parts.database.appRole);
  parts.onEngineRestart(() => log.warn("the media server was restarted"));
  const database = openDatabase(
    parts.database.connectionString,
    (error) => log.warn({ error }, "database connection lost"),
    config.databasePool,
  );
  const { db } = database;
  const keys = createKeys(readMasterKey(config.keysDir));
  const sfu = createLivekitSfu(parts.livekit);
  const clock = { now: () => Date.now() };
  const sessions = createSessions(db, config.sessionLimits);
  const limits = createRateLimits(db, clock.now);
  const addresses = createAddressReader(config.trustedProxies);
  const organisationLog = createOrganisationLog({ db, keys });
  const gateLog = {
    info: (fields: object, message: string) => log.info(fields, message),
    warn: (fields: object, message: string) => log.warn(fields, message),
  };
  const quietly = (work: Promise<unknown>) => {
    work.catch((error: unknown) => log.warn({ error }, "a change has not reached the meetings in progress"));
  };

  const meetings = createMeetingsFeature({
    db,
    keys,
    log: organisationLog,
    origin,
    onMeetingChanged: (meetingId) => quietly(live.settingsChanged([meetingId])),
    noteInInstance: (meetingId, event) => live.note(meetingId, event),
  });
  const live: LiveFeature = await createLiveFeature({
    database,
    connectionString: parts.database.connectionString,
    keys,
    directory: createMeetingDirectory({ db, keys }),
    sessions,
    limits,
    gateLimits: config.gateLimits,
    passcodeLimits,
    sfu,
    webhook: createWebhookParser({ apiKey: parts.livekit.apiKey, apiSecret: parts.livekit.apiSecret, clock }),
    origins: () => listener.origins,
    ipOf: addresses.of,
    region: regionOf(config),
    minimumBuild: config.minClientBuild,
    clock,
    log: gateLog,
    onEnded: async (state) => {
      await anchorInstanceHeads({ db, log: organisationLog });
      await meetings.afterInstance(state);
    },
    everyMinute: async () => {
      await anchorInstanceHeads({ db, log: organisationLog });
      await forgetOldWindows(db);
    },
  });
  const accounts = createAccountsFeature({
    db,
    keys,
    log: organisationLog,
    limits,
    sessionLimits: config.sessionLimits,
    origin,
    facts: () => testFacts({ database, sfu, origin }),
    onSessionsEnded: (sessionIds) => live.endDevices(sessionIds),
  });
  const organisation = createOrganisationFeature({
    db,
    log: organisationLog,
    onRulesChanged: () => quietly(live.settingsChanged("all")),
  });
  const health = createHealthFeature({
    database,
    listening: () => live.listening(),
    media: () => sfu.listRooms().then(() => true),
    connections: () => live.gate.connections().length,
    minimumBuild: config.minClientBuild,
  });

  const http = createHttpServer({
    addresses,
    secure: listener.origin.startsWith("https:"),
    onFault: (error, request) => log.error({ error, ...request }, "request failed"),
    onAnswer: (answer) => health.observe(answer),
  });
  serveGate(http, live);
  bindRoutes(
    http,
    [...accounts.routes, ...organisation.routes, ...meetings.routes, ...live.routes, ...health.routes],
    {
      sessions,
      limits,
      limitOf: (name: LimitName) => config.rateLimits[name],
      guard: createGuard(meetings.guard, () => live),
      origins: () => listener.origins,
      strictResponses: options.strictResponses,
      serviceOf: accounts.serviceOf,
    },
  );
  await servePages(http, parts.pageDir);
  await http.ready();
  listener.attach(http.routing, [webhookOf(live.routes)]);
  listener.server.on("upgrade", (request, socket, head) => {
    if (!live.gate.handleUpgrade(request, socket, head)) socket.destroy();
  });
  const token = await accounts.ensureSetupLink();
  return {
    setupUrl: token === null ? null : `${listener.origin}/setup/${token}`,
    async close() {
      await live.stop();
      await http.close();
      await database.close();
    },
  };
}

/** Plain requests under the gate's path: its own answers, never the page and never 404 (sfu-gate.md). */
function serveGate(http: FastifyInstance, live: LiveFeature): void {
  http.all("/sfu/*", { exposeHeadRoute: false }, async (request, reply) => {
    reply.hijack();
    await live.gate.handleValidate(request.raw, reply.raw);
  });
}

function webhookOf(bound: readonly { readonly route: Route }[]): string {
  return bound.find(({ route }) => route.access.kind === "webhook")?.route.path ?? "";
}

function regionOf(config: Config) {
  if (config.regionLabel === undefined) return null;
  return { label: config.regionLabel, country: config.regionCountry ?? "" };
}
