/** The barriers' portal: reading, editing, approving (BAR-6 … BAR-11). */
import type { BoundRoute } from "../../platform/http/binder.ts";
import type { BarriersDeps } from "./barriers-deps.ts";
import { csvRoutes } from "./csv-routes.ts";
import { editRoutes } from "./edit-routes.ts";
import { explainRoute } from "./explain-route.ts";
import { groupRoutes } from "./group-routes.ts";
import { pendingRoutes } from "./pending-routes.ts";
import { policyRoutes } from "./policy-routes.ts";
import { statusRoutes } from "./status-routes.ts";

export type BarriersFeature = { readonly routes: readonly BoundRoute[] };

export function createBarriersFeature(deps: BarriersDeps): BarriersFeature {
  return {
    routes: [
      ...statusRoutes(deps),
      ...policyRoutes(deps),
      ...groupRoutes(deps),
      ...editRoutes(deps),
      ...pendingRoutes(deps),
      explainRoute(deps),
      ...csvRoutes(deps),
    ],
  };
}
