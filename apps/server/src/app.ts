/** The server, put together from its parts: foundation, features, HTTP. */
import type { LimitName, Route } from "@sekisho/contract";
import type { FastifyInstance } from "fastify";
import { createFeatures, type Features } from "./app/features.ts";
import { layFoundation, type Foundation } from "./app/foundation.ts";
import { createGuard } from "./app/guards.ts";
import { migrate } from "./platform/db/database.ts";
import type { ServerParts } from "./platform/embedded/start-parts.ts";
import { bindRoutes, type BoundRoute } from "./platform/http/binder.ts";
import { pageIdOf, servePages } from "./platform/http/pages.ts";
import { createHttpServer } from "./platform/http/server.ts";
import { createWebhookParser } from "./sfu/webhook.ts";

export type App = {
  /** Address of the one-time set-up link; null once there is an owner. */
  readonly setupUrl: string | null;
  close(): Promise<void>;
};

export type AppOptions = {
  /** In tests an answer that does not fit its schema is an error; otherwise what is too much is left out. */
  readonly strictResponses: boolean;
};

/** `pageDir` null: the API alone. */
type AppParts = Omit<ServerParts, "pageDir"> & { readonly pageDir: string | null };

export async function startApp(
  parts: AppParts,
  options: AppOptions = { strictResponses: false },
): Promise<App> {
  await migrate(parts.database.adminConnectionString, parts.database.appRole);
  const base = layFoundation(parts);
  parts.onEngineRestart(() => base.log.warn("the media server was restarted"));
  const { apiKey, apiSecret } = parts.livekit;
  const webhook = createWebhookParser({ apiKey, apiSecret, clock: base.clock });
  const features = await createFeatures(base, { webhook, page: pageIdOf(parts.pageDir) });
  const { live, accounts } = features;
  const http = await serveHttp(base, features, { ...options, pageDir: parts.pageDir });
  parts.listener.attach(http.routing, [webhookOf(live.routes)]);
  parts.listener.server.on("upgrade", (request, socket, head) => {
    if (!live.gate.handleUpgrade(request, socket, head)) socket.destroy();
  });
  const token = await accounts.ensureSetupLink();
  return {
    setupUrl: token === null ? null : `${base.origin()}/setup/${token}`,
    async close() {
      await features.api.webhooks.stop();
      await features.barriers.stop();
      await live.stop();
      await features.outsiders.outbox.stop();
      await features.posture.worker.stop();
      await http.close();
      await base.close();
    },
  };
}

async function serveHttp(
  base: Foundation,
  features: Features,
  options: AppOptions & { readonly pageDir: string | null },
): Promise<FastifyInstance> {
  const { accounts, organisation, ownSettings, posture, reports } = features;
  const { meetings, portal, live, health, outsiders, registration, api, factSheet } = features;
  const { invitations } = features;
  const http = createHttpServer({
    addresses: base.addresses,
    secure: base.origin().startsWith("https:"),
    onFault: (error, request) => base.log.error({ error, ...request }, "request failed"),
    onAnswer: (answer) => health.observe(answer),
  });
  serveGate(http, live.gate);
  const routes = [
    accounts,
    organisation,
    ownSettings,
    posture,
    reports,
    meetings,
    portal,
    live,
    health,
    outsiders,
    factSheet,
    registration,
    api,
    invitations,
  ].flatMap((feature) => feature.routes);
  bindRoutes(http, routes, {
    sessions: base.sessions,
    limits: base.limits,
    limitOf: (name: LimitName) => base.config.rateLimits[name],
    guard: createGuard(meetings.guard, () => live),
    origins: base.origins,
    minimumBuild: base.config.minClientBuild,
    strictResponses: options.strictResponses,
    serviceOf: accounts.serviceOf,
  });
  api.bind(http, options);
  features.scim.bind(http);
  await servePages(http, options.pageDir);
  await http.ready();
  return http;
}

/** Plain requests under the gate's path: its own answers, never the page and never 404 (sfu-gate.md). */
function serveGate(http: FastifyInstance, gate: Features["live"]["gate"]): void {
  http.all("/sfu/*", { exposeHeadRoute: false }, async (request, reply) => {
    reply.hijack();
    await gate.handleValidate(request.raw, reply.raw);
  });
}

function webhookOf(bound: readonly BoundRoute[]): string {
  const isWebhook = ({ access }: Route) => access.kind === "webhook";
  return bound.find(({ route }) => isWebhook(route))?.route.path ?? "";
}
