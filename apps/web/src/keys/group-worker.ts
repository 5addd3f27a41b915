/** The worker in which the keys of a meeting's groups are, and nothing else (ENC-2). The page asks; no key goes back. */
import { groupEngine, GroupRefused } from "@sekisho/e2ee";
import { openDeviceKeys } from "./device-keys.ts";
import { createFrameFeed } from "./frame-feed.ts";
import { createLocalGroups } from "./local-groups.ts";
import { applied } from "./unsafe.ts";
import type { Answer, Ask } from "./worker-messages.ts";

const groups = createLocalGroups({
  engine: groupEngine,
  deviceKey: openDeviceKeys(groupEngine),
  feed: createFrameFeed({ after: (ms, what) => void setTimeout(what, ms) }),
});

/** In the order in which they were asked: no two commits of one group are ever made at once. */
let before: Promise<unknown> = Promise.resolve();

globalThis.addEventListener("message", ({ data }: MessageEvent<Ask>) => {
  before = before.then(async () => globalThis.postMessage(await answer(data)));
});

async function answer({ id, operation, args }: Ask): Promise<Answer> {
  try {
    return { id, ok: true, value: await applied(groups[operation], args) };
  } catch (error) {
    return { id, ok: false, reason: error instanceof GroupRefused ? error.reason : "failed" };
  }
}
