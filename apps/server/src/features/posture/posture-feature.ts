/** Versions, lists that are read, known weaknesses: for administrators (OPS-1). */
import { routes } from "@sekisho/contract";
import type { FastifyRequest } from "fastify";
import { handle, type BoundRoute, type CallContext } from "../../platform/http/binder.ts";
import type { Caller } from "../../platform/http/caller.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import { addressesOf } from "../../platform/http/outbound-address.ts";
import { hashToken } from "../../platform/random.ts";
import { readFeed, removeFeed, writeFeed } from "./feed-store.ts";
import { createFeedWorker, type FeedWorker } from "./feed-worker.ts";
import { createPartVersions } from "./part-versions.ts";
import type { PostureDeps } from "./posture-deps.ts";
import { postureOf } from "./posture-view.ts";
import { signingKey } from "./read-releases.ts";
import { takeFeed } from "./take-feed.ts";

export type PostureFeature = { readonly routes: readonly BoundRoute[]; readonly worker: FeedWorker };

export function createPostureFeature(deps: PostureDeps): PostureFeature {
  const parts = createPartVersions(deps);
  const view = ({ caller, request }: Asking) =>
    postureOf(deps, parts, { request, readerId: accountOf(caller).id });
  const { posture } = routes;
  return {
    worker: createFeedWorker(deps),
    routes: [
      handle(posture.postureRead, view),
      handle(posture.feedSet, async (context) => {
        await setFeed(deps, context);
        return view(context);
      }),
      handle(posture.feedRemove, async (context) => {
        const { caller } = context;
        const { kind } = context.params;
        await deps.db.transaction().execute(async (trx) => {
          if (!(await removeFeed(trx, kind))) throw new HttpError("not_found");
          await deps.log.append(trx, { type: "feed.removed", actor: accountOf(caller), data: { kind } });
        });
        return view(context);
      }),
      handle(posture.feedCheck, async (context) => {
        const row = await readFeed(deps.db, context.params.kind);
        if (row === null) throw new HttpError("not_found");
        await takeFeed(deps, row);
        return view(context);
      }),
      handle(posture.advisoryMark, async (context) => {
        await mark(deps, context);
        return view(context);
      }),
    ],
  };
}

type Asking = { readonly caller: Caller; readonly request: FastifyRequest };

function accountOf(caller: Caller) {
  if (caller.kind !== "account") throw new HttpError("sign_in_required");
  return { kind: "account", id: caller.accountId } as const;
}

/** Read at once: whoever names a list sees whether it answers. */
async function setFeed(
  deps: PostureDeps,
  { params: { kind }, body, caller }: CallContext<typeof routes.posture.feedSet>,
): Promise<void> {
  const url = await usableUrl(body.url, deps.loopbackAllowed);
  const publicKey = kind === "releases" ? body.publicKey : null;
  if (publicKey !== null && signingKey(publicKey) === null)
    throw new HttpError("bad_request", { fields: ["publicKey"] });
  const keywords = kind === "vulnerabilities" ? [...new Set(body.keywords)] : [];
  if (kind === "vulnerabilities" && keywords.length === 0)
    throw new HttpError("bad_request", { fields: ["keywords"] });
  await deps.db.transaction().execute(async (trx) => {
    await writeFeed(trx, { kind, url, publicKey, keywords });
    // The address stands in the log by its hash: it may itself be a secret.
    const data = { kind, urlHash: hashToken(url).toString("hex"), publicKey, keywords };
    await deps.log.append(trx, { type: "feed.set", actor: accountOf(caller), data });
  });
  const row = await readFeed(deps.db, kind);
  if (row !== null) await takeFeed(deps, row);
}

/** A name that is unknown now may be known later. Without TLS anybody on the way could say that nothing is wrong. */
async function usableUrl(text: string, loopbackAllowed: boolean): Promise<string> {
  const url = new URL(text);
  const isPlain = url.username === "" && url.password === "" && url.hash === "";
  const addresses = await addressesOf(url.hostname, loopbackAllowed).catch(() => []);
  const isHere = loopbackAllowed && /^(?:localhost|127\.|\[::1\])/u.test(url.hostname);
  if (!isPlain || addresses === null || (url.protocol !== "https:" && !isHere))
    throw new HttpError("upstream_not_allowed");
  return url.href;
}

async function mark(
  { db, log }: PostureDeps,
  { body: { id, as }, caller }: CallContext<typeof routes.posture.advisoryMark>,
): Promise<void> {
  const actor = accountOf(caller);
  const set =
    as === null
      ? { mark: null, marked_by: null, marked_at: null, changed: false }
      : { mark: as, marked_by: actor.id, marked_at: new Date(), changed: false };
  await db.transaction().execute(async (trx) => {
    const row = await trx
      .updateTable("advisory")
      .set(set)
      .where("id", "=", id)
      .returning("id")
      .executeTakeFirst();
    if (row === undefined) throw new HttpError("not_found");
    await log.append(trx, { type: "advisory.marked", actor, data: { id, as } });
  });
}
