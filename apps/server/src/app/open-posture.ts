/** The page of versions and known weaknesses, put together with the parts that it asks (OPS-1). */
import type { Apart } from "@sekisho/domain";
import type { FastifyRequest } from "fastify";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { createPostureFeature, type PostureFeature } from "../features/posture/posture-feature.ts";
import { negotiated } from "../platform/tls/negotiated.ts";
import { checkoutRoot } from "../platform/embedded/checkout.ts";
import { askMediaVersion } from "../sfu/ask-version.ts";
import type { Foundation } from "./foundation.ts";

export function openPosture(base: Foundation, apart: () => Promise<Apart>, e2ee: boolean): PostureFeature {
  const { db, readers, organisationLog: log, sfu, config } = base;
  return createPostureFeature({
    ...{ db, log, apart },
    pool: readers.pool,
    mediaVersion: () => askMediaVersion(sfu),
    ownVersion: ownVersion(),
    minimumBuild: config.minClientBuild,
    loopbackAllowed: config.exposure === "loopback",
    transport: (request) => transportOf(base, request, e2ee),
    onFailure: (error) => base.log.warn({ error }, "the lists of releases and weaknesses could not be read"),
  });
}

/** Behind a proxy the connection of the browser ended there: nothing is known of it, and nothing is said. */
function transportOf({ addresses, config }: Foundation, request: FastifyRequest, e2ee: boolean) {
  const proxied = addresses.isTrusted(request.raw.socket.remoteAddress ?? "");
  const tls = proxied ? null : negotiated(request);
  return {
    via: proxied ? "proxy" : tls === null ? "plain" : "direct",
    tls,
    profile: tls === null ? null : config.tlsProfile,
    e2ee,
    at: Date.now(),
  } as const;
}

function ownVersion(): string {
  const text = readFileSync(join(checkoutRoot(), "package.json"), "utf8");
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}
