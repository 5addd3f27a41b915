/** The policy server that is asked, for those who look after the barriers; and the list of syncs (BAR-10, BAR-11). */
import { routes } from "@sekisho/contract";
import type { Db } from "../../platform/db/database.ts";
import type { BarrierFreshness } from "@sekisho/domain";
import type { OrganisationLog } from "../../platform/evidence/organisation-log.ts";
import { handle, type BoundRoute } from "../../platform/http/binder.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import type { Keys } from "../../platform/keys/keys.ts";
import type { Pull } from "./pull.ts";
import { listSyncs } from "./sync-log.ts";
import { addressesOf } from "../../platform/http/outbound-address.ts";
import { byAccount, signedInAccount } from "./barriers-deps.ts";
import { changeUpstream } from "./upstream-change.ts";
import { readUpstream, upstreamView } from "./upstream-store.ts";

export type UpstreamRoutesDeps = {
  readonly db: Db;
  readonly keys: Keys;
  readonly log: OrganisationLog;
  readonly pull: Pull;
  readonly loopbackAllowed: boolean;
  readonly freshness: () => BarrierFreshness;
  /** What was set counts at once, not at the next look. */
  readonly onChanged: () => Promise<void>;
};

export function upstreamRoutes(deps: UpstreamRoutesDeps): readonly BoundRoute[] {
  const { db } = deps;
  return [
    handle(routes.barriers.barrierSyncList, ({ query }) => listSyncs(db, query)),
    handle(routes.barriers.barrierUpstreamRead, async () => {
      const row = await readUpstream(db);
      return { upstream: row === null ? null : upstreamView(row) };
    }),
    handle(routes.barriers.barrierUpstreamUpdate, async ({ body, caller }) => {
      await requireUsable(body.url, deps.loopbackAllowed);
      const me = signedInAccount(caller).accountId;
      const { confirmed = false, ...wish } = body;
      await changeUpstream(deps, { me, wish, confirmed });
      // Asked at once: whoever sets it sees whether it answers, and nobody waits an interval for a first copy.
      if (body.enabled) await deps.pull.now(byAccount(me));
      await deps.onChanged();
      const row = await readUpstream(db);
      if (row === null) throw new HttpError("busy");
      return { upstream: upstreamView(row) };
    }),
    handle(routes.barriers.barrierUpstreamPull, async ({ caller }) => {
      const row = await deps.pull.now(byAccount(signedInAccount(caller).accountId));
      if (row === null) throw new HttpError("not_found");
      await deps.onChanged();
      return row;
    }),
  ];
}

/** A name that is unknown now may be known later; an address of this machine or its cloud never is one of a policy server. */
async function requireUsable(text: string, loopbackAllowed: boolean): Promise<void> {
  const url = new URL(text);
  const isPlain = url.username === "" && url.password === "" && url.hash === "";
  const addresses = await addressesOf(url.hostname, loopbackAllowed).catch(() => []);
  if (!isPlain || addresses === null) throw new HttpError("upstream_not_allowed");
}
