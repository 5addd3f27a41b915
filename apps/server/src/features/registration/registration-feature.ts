/** Pre-registration (INV-5). */
import type { RegistrationCounts } from "@sekisho/contract";
import type { Trx } from "../../platform/evidence/organisation-log.ts";
import type { BoundRoute } from "../../platform/http/binder.ts";
import type { Caller } from "../../platform/http/caller.ts";
import { hostRoutes } from "./host-routes.ts";
import { isRegisteredAddress, registrantAt, type KnownRegistrant } from "./known-registrant.ts";
import { tellOfCancellation, type Cancelled } from "./meeting-cancelled.ts";
import { publicRoutes } from "./public-routes.ts";
import { tableRoutes } from "./registrant-tables.ts";
import { createTurns, type RegistrationDeps } from "./registration-deps.ts";
import { createRegistrationLimits } from "./registration-limits.ts";
import { countsOf } from "./registration-rows.ts";
import { forgetRegistrations } from "./submit.ts";

export type RegistrationFeature = {
  readonly routes: readonly BoundRoute[];
  /** Who at the door is registered for this meeting; null: not registered. */
  registrantAt(meetingId: string, caller: Caller): Promise<KnownRegistrant | null>;
  isRegisteredAddress(meetingId: string, address: string): Promise<boolean>;
  /** For the check before a start (CNF-6). */
  counts(meetingId: string): Promise<RegistrationCounts>;
  /** In the transaction that cancels the meeting. */
  meetingCancelled(trx: Trx, cancelled: Cancelled): Promise<void>;
  everyMinute(): Promise<void>;
};

export function createRegistrationFeature(given: Omit<RegistrationDeps, "inTurn">): RegistrationFeature {
  const deps: RegistrationDeps = { ...given, inTurn: createTurns() };
  const limits = createRegistrationLimits(deps.limits);
  return {
    routes: [...publicRoutes(deps, limits), ...hostRoutes(deps, limits), ...tableRoutes(deps)],
    registrantAt: (meetingId, caller) => registrantAt(deps, meetingId, caller),
    isRegisteredAddress: (meetingId, address) => isRegisteredAddress(deps, meetingId, address),
    counts: (meetingId) => countsOf(deps.db, meetingId),
    meetingCancelled: (trx, cancelled) => tellOfCancellation(deps, trx, cancelled),
    everyMinute: () => forgetRegistrations(deps),
  };
}
