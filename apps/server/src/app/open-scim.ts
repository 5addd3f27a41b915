/** `/scim/v2`, put together with the accounts and the barriers that a directory changes (IDN-3). */
import type { AccountsFeature } from "../features/accounts/accounts-feature.ts";
import type { BarrierSync } from "../features/barriers/barrier-sync.ts";
import { newestModel } from "../features/barriers/barriers-deps.ts";
import { createScimFeature, type ScimFeature } from "../features/scim/scim-feature.ts";
import type { Foundation } from "./foundation.ts";

export type ScimNeeds = {
  readonly barriers: Pick<BarrierSync, "source" | "writer">;
  readonly accounts: Pick<AccountsFeature, "forDirectory">;
};

export function openScim(base: Foundation, { barriers, accounts }: ScimNeeds): ScimFeature {
  const { db, limits, origin } = base;
  return createScimFeature({
    ...{ db, limits, origin },
    accounts: accounts.forDirectory,
    barriers: {
      read: () => newestModel({ db, source: barriers.source }),
      async write(changes, how) {
        await barriers.writer.write(changes, { ...how, origin: "api", holdsLoosening: true });
      },
    },
    onFault: (error, request) => base.log.error({ error, ...request }, "request failed"),
  });
}
