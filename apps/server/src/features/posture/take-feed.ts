/** One reading of a list: asked, read, checked, kept; whatever goes wrong is a code, and what was known stays (OPS-1). */
import type { FeedProblem } from "@sekisho/contract";
import { fetchDocument } from "../../platform/http/outbound-get.ts";
import { noteTaken, type FeedRow, type Taken } from "./feed-store.ts";
import type { PostureDeps } from "./posture-deps.ts";
import { readAdvisories } from "./read-advisories.ts";
import { readReleases } from "./read-releases.ts";

/** Bytes; JVN's longest list has less than one million. */
const largest = 4 * 1024 * 1024;
const patienceMs = 20_000;

export async function takeFeed(deps: PostureDeps, row: FeedRow): Promise<void> {
  const taken = await ask(deps, row);
  await deps.db.transaction().execute((trx) => noteTaken(trx, row, taken));
}

async function ask({ loopbackAllowed }: PostureDeps, row: FeedRow): Promise<Taken> {
  const answer = await fetchDocument({
    url: row.url,
    accept: row.kind === "releases" ? "application/json" : "application/rss+xml, application/xml, text/xml",
    ...{ token: null, etag: null, loopbackAllowed },
    ...{ timeoutMs: patienceMs, maxBytes: largest },
  });
  if (answer.kind === "failed") return failed(answer.problem);
  // Nothing was tagged, so this is no answer to what was asked.
  if (answer.kind === "unchanged") return failed("http_error");
  if (row.kind === "vulnerabilities") {
    const advisories = readAdvisories(answer.text, row.keywords);
    return advisories === null ? failed("wrong_shape") : { problem: null, advisories };
  }
  const read = readReleases(answer.text, { publicKey: row.public_key, before: row.document });
  return read.kind === "failed" ? failed(read.problem) : { problem: null, releases: read.list };
}

function failed(problem: FeedProblem): Taken {
  return { problem };
}
