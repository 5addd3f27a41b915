/** The `/v2` surface, its token endpoint, its owner's routes and its webhooks, put together (BAR-12). */
import type { FastifyInstance } from "fastify";
import type { Db } from "../../platform/db/database.ts";
import type { OrganisationLog } from "../../platform/evidence/organisation-log.ts";
import type { BoundRoute } from "../../platform/http/binder.ts";
import type { RateLimits } from "../../platform/http/rate-limits.ts";
import type { Keys } from "../../platform/keys/keys.ts";
import { groupRoutes } from "./groups.ts";
import { integrationRoutes } from "./integration-routes.ts";
import { meetingRoutes } from "./meetings.ts";
import { memberRoutes } from "./members.ts";
import { bindOauth } from "./oauth.ts";
import { policyRoutes } from "./policies.ts";
import type { ApiAccounts, ApiBarriers, ApiMeetings } from "./ports.ts";
import { createRates, usualRates, type RatesPerSecond } from "./rates.ts";
import { userRoutes } from "./users.ts";
import { bindV2, type V2BinderDeps } from "./v2-binder.ts";
import { createSources, type SourceDeps } from "./webhook-sources.ts";
import { createWebhookWorker, type WebhookWorker, type WorkerDeps } from "./webhook-worker.ts";

export type V2Deps = {
  readonly db: Db;
  readonly keys: Keys;
  readonly log: OrganisationLog;
  readonly limits: RateLimits;
  readonly origin: () => string;
  readonly barriers: ApiBarriers;
  readonly meetings: ApiMeetings;
  readonly accounts: ApiAccounts;
  readonly instanceLog: SourceDeps["instanceLog"];
  /** Webhooks to this machine itself: only where the whole product is on this machine alone. */
  readonly loopbackAllowed: boolean;
  readonly rates?: RatesPerSecond;
  readonly waitAfter?: NonNullable<WorkerDeps["waitAfter"]>;
  readonly onFault: V2BinderDeps["onFault"];
  readonly onFailure: (error: unknown) => void;
};

export type V2Feature = {
  readonly routes: readonly BoundRoute[];
  readonly webhooks: WebhookWorker;
  bind(http: FastifyInstance, options: { readonly strictResponses: boolean }): void;
};

export function createV2Feature(deps: V2Deps): V2Feature {
  const { db, keys, log, barriers, limits, onFault, onFailure } = deps;
  const send = { loopbackAllowed: deps.loopbackAllowed };
  const bound = [
    ...policyRoutes(barriers),
    ...groupRoutes(barriers),
    ...memberRoutes({ db, barriers }),
    ...userRoutes(deps),
    ...meetingRoutes(deps),
  ];
  const sources = createSources({
    db,
    describe: deps.meetings.describe,
    instanceLog: deps.instanceLog,
  });
  const waitAfter = deps.waitAfter === undefined ? {} : { waitAfter: deps.waitAfter };
  return {
    routes: integrationRoutes({ db, keys, log, send }),
    webhooks: createWebhookWorker({ db, keys, sources, send, onFailure, ...waitAfter }),
    bind(http, { strictResponses }) {
      const rates = createRates(deps.rates ?? usualRates);
      bindV2(http, bound, { db, rates, limits, strictResponses, onFault });
      bindOauth(http, deps);
    },
  };
}
