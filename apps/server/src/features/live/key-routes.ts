/** Keys of end-to-end encrypted meetings: taken, ordered by the log, handed on to whoever is in the group (ENC-2, ENC-7). */
import { routes, type KeysSince } from "@sekisho/contract";
import { belongsTo, id, isEndToEnd, keyNews, mayAdd, type KeyGroupName } from "@sekisho/domain";
import type { Pool } from "pg";
import { handle, type BoundRoute } from "../../platform/http/binder.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import type { Say } from "./command-routes.ts";
import type { LiveFound } from "./guard.ts";
import type { KeyStore } from "./key-store.ts";

/** Payload: instance, sender, what was sealed; longer than a notice may be is refused. */
export const signalChannel = "sekisho_signal";
const longestSignal = 6000;
/** Of a commit that adds nobody, as base64url: 51 KB was measured for 300 people. */
const longestOwn = 100_000;

const { keys } = routes;
const nameOf = (group: string): KeyGroupName => (group === "main" ? "main" : id.admission(group));

export function keyRoutes(say: Say, store: KeyStore, pool: Pool): readonly BoundRoute[] {
  return [
    handle<typeof keys.offer, LiveFound>(keys.offer, async ({ found, params, body }) => {
      const at = { instanceId: found.instanceId, group: nameOf(params.group) };
      // Before anything is kept: what is not asked for is not taken.
      if (!mayOffer(found, at.group)) throw new HttpError("not_in_meeting");
      const digest = await store.putPackage(at, found.admission.id, body.keyPackage);
      if (digest === null) throw new HttpError("not_in_meeting");
      return say.ok(found, { type: "keys.offer", group: at.group, digest });
    }),
    handle<typeof keys.found, LiveFound>(keys.found, ({ found, params, body }) =>
      say.ok(found, { type: "keys.found", group: nameOf(params.group), generation: body.generation }),
    ),
    handle<typeof keys.commit, LiveFound>(keys.commit, async ({ found, params, body }) => {
      const group = nameOf(params.group);
      const known = found.state.keyGroups.get(group);
      if (known?.members.has(found.admission.id) !== true) throw new HttpError("not_allowed");
      const { commit, welcome, generation, epoch } = body;
      // What nobody needs is not kept: a member's own path is some tens of kilobytes at most.
      const adds = body.added.length > 0 && mayAdd(found.state, found.admission, group);
      if (!adds && (welcome !== null || commit.length > longestOwn)) throw new HttpError("not_allowed");
      if (generation !== known.generation || epoch !== known.epoch) throw new HttpError("keys_taken");
      const digest = await store.putCommit({ instanceId: found.instanceId, group }, commit, welcome);
      if (digest === null) throw new HttpError("not_in_meeting");
      const added = body.added.map((one) => id.admission(one));
      const removed = body.removed.map((one) => id.admission(one));
      return say.ok(found, { type: "keys.commit", group, generation, epoch, added, removed, digest });
    }),
    handle<typeof keys.since, LiveFound>(keys.since, ({ found, params, query }) =>
      since(store, found, nameOf(params.group), query),
    ),
    handle<typeof keys.signal, LiveFound>(keys.signal, async ({ found, body }) => {
      if (!isEndToEnd(found.state) || body.sealed.length > longestSignal) throw new HttpError("not_allowed");
      const payload = `${found.instanceId} ${found.admission.id} ${body.sealed}`;
      await pool.query("select pg_notify($1, $2)", [signalChannel, payload]);
      return { ok: true };
    }),
  ];
}

function mayOffer({ state, admission }: LiveFound, group: KeyGroupName): boolean {
  if (!isEndToEnd(state)) return false;
  return (group === "main" && admission.status.kind === "waiting") || belongsTo(state, group, admission);
}

async function since(
  store: KeyStore,
  { instanceId, state, admission }: LiveFound,
  name: KeyGroupName,
  from: { readonly generation: number; readonly epoch: number },
): Promise<KeysSince> {
  const at = { instanceId, group: name };
  const { generation, epoch, commits, addedBy, offers } = keyNews(state, admission, name, from);
  // Whoever is in the group already and only follows it has no use for the Welcome that brought it in.
  const joins = from.generation !== generation && addedBy !== null;
  const digests = commits.map((one) => one.digest);
  const [stored, packages, welcome] = await Promise.all([
    store.commits(at, digests),
    store.packages(at, offers),
    joins ? store.welcome(at, addedBy.digest) : null,
  ]);
  return {
    generation,
    epoch,
    commits: commits.flatMap((one) => {
      const commit = stored.get(one.digest);
      const { by, added, removed } = one;
      return commit === undefined
        ? []
        : [{ epoch: one.epoch, by, added: [...added], removed: [...removed], commit }];
    }),
    welcome:
      addedBy === null || welcome === null ? null : { epoch: addedBy.epoch + 1, by: addedBy.by, welcome },
    offers: [...packages].map(([admissionId, keyPackage]) => ({ admissionId, keyPackage })),
  };
}
