/** The `/v2` surface and its token endpoint, put together (BAR-12). */
import type { FastifyInstance } from "fastify";
import type { Db } from "../../platform/db/database.ts";
import type { RateLimits } from "../../platform/http/rate-limits.ts";
import { forgetOldTokens } from "./api-tokens.ts";
import { groupRoutes } from "./groups.ts";
import { meetingRoutes } from "./meetings.ts";
import { memberRoutes } from "./members.ts";
import { bindOauth } from "./oauth.ts";
import { policyRoutes } from "./policies.ts";
import type { ApiAccounts, ApiBarriers, ApiMeetings } from "./ports.ts";
import { createRates, usualRates, type RatesPerSecond } from "./rates.ts";
import { userRoutes } from "./users.ts";
import { bindV2, type V2BinderDeps } from "./v2-binder.ts";

export type V2Deps = {
  readonly db: Db;
  readonly limits: RateLimits;
  readonly origin: () => string;
  readonly barriers: ApiBarriers;
  readonly meetings: ApiMeetings;
  readonly accounts: ApiAccounts;
  readonly rates?: RatesPerSecond;
  readonly onFault: V2BinderDeps["onFault"];
};

export type V2Feature = {
  bind(http: FastifyInstance, options: { readonly strictResponses: boolean }): void;
  everyMinute(): Promise<void>;
};

export function createV2Feature(deps: V2Deps): V2Feature {
  const { db, barriers } = deps;
  const bound = [
    ...policyRoutes(barriers),
    ...groupRoutes(barriers),
    ...memberRoutes({ db, barriers }),
    ...userRoutes(deps),
    ...meetingRoutes(deps),
  ];
  return {
    bind(http, { strictResponses }) {
      const rates = createRates(deps.rates ?? usualRates);
      bindV2(http, bound, { db, rates, limits: deps.limits, strictResponses, onFault: deps.onFault });
      bindOauth(http, deps);
    },
    everyMinute: () => forgetOldTokens(db),
  };
}
