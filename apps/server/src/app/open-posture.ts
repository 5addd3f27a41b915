/** The page of versions and known weaknesses, put together with the parts that it asks (OPS-1). */
import type { Apart } from "@sekisho/domain";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { createPostureFeature, type PostureFeature } from "../features/posture/posture-feature.ts";
import { checkoutRoot } from "../platform/embedded/checkout.ts";
import { askMediaVersion } from "../sfu/ask-version.ts";
import type { Foundation } from "./foundation.ts";

export function openPosture(base: Foundation, apart: () => Promise<Apart>): PostureFeature {
  const { db, readers, organisationLog: log, sfu, config } = base;
  return createPostureFeature({
    ...{ db, log, apart },
    pool: readers.pool,
    mediaVersion: () => askMediaVersion(sfu),
    ownVersion: ownVersion(),
    minimumBuild: config.minClientBuild,
    loopbackAllowed: config.exposure === "loopback",
    onFailure: (error) => base.log.warn({ error }, "the lists of releases and weaknesses could not be read"),
  });
}

function ownVersion(): string {
  const text = readFileSync(join(checkoutRoot(), "package.json"), "utf8");
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}
