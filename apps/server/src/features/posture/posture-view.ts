/** What the page of versions and weaknesses shows (OPS-1). */
import { build, type AdvisoryView, type FeedView, type Posture } from "@sekisho/contract";
import type { FastifyRequest } from "fastify";
import { readFeed, type FeedRow } from "./feed-store.ts";
import type { PostureDeps } from "./posture-deps.ts";
import { updateOf } from "./read-releases.ts";

const mostShown = 500;

export async function postureOf(
  deps: PostureDeps,
  parts: () => Promise<readonly Posture["parts"][number][]>,
  { request, readerId }: { readonly request: FastifyRequest; readonly readerId: string },
): Promise<Posture> {
  const [releases, vulnerabilities] = await Promise.all([
    readFeed(deps.db, "releases"),
    readFeed(deps.db, "vulnerabilities"),
  ]);
  return {
    parts: [...(await parts())],
    transport: deps.transport(request),
    build,
    minimumBuild: deps.minimumBuild,
    releases: feedView(releases),
    vulnerabilities: feedView(vulnerabilities),
    update: updateOf(releases?.document ?? null, deps.ownVersion),
    advisories: await advisories(deps, readerId),
  };
}

function feedView(row: FeedRow | null): FeedView | null {
  if (row === null) return null;
  return {
    url: row.url,
    publicKey: row.public_key,
    keywords: row.keywords,
    lastContactAt: row.last_contact_at?.getTime() ?? null,
    lastProblem: row.last_problem,
    issuedAt: row.document?.issuedAt ?? null,
  };
}

/** What asks for somebody comes first, then the newest. */
async function advisories({ db, apart }: PostureDeps, readerId: string): Promise<AdvisoryView[]> {
  const hidden = await apart();
  const rows = await db
    .selectFrom("advisory as v")
    .leftJoin("account as a", "a.id", "v.marked_by")
    .selectAll("v")
    .select("a.display_name as by")
    .orderBy((order) => order.case().when("v.mark", "=", "handled").then(1).else(0).end())
    .orderBy("v.modified_at", (order) => order.desc().nullsLast())
    .orderBy("v.id")
    .limit(mostShown)
    .execute();
  return rows.map((row) => ({
    ...{ id: row.id, title: row.title, link: row.link, severity: row.severity, score: row.score },
    publishedAt: row.published_at?.getTime() ?? null,
    modifiedAt: row.modified_at?.getTime() ?? null,
    keywords: row.keywords,
    mark:
      row.mark === null || row.marked_at === null
        ? null
        : {
            as: row.mark,
            by: row.marked_by === null || hidden(readerId, row.marked_by) ? null : row.by,
            at: row.marked_at.getTime(),
          },
    changed: row.changed,
  }));
}
