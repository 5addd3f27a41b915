/** What can be tried before a meeting starts (CNF-6): the media server, the mail server, the way this request came. */
import type { FastifyRequest } from "fastify";
import type { LiveFeature } from "../features/live/index.ts";
import type { Preflight } from "../features/meetings/preflight.ts";
import { mailReachable } from "../platform/mail/mail-reachable.ts";
import { tryRemoval } from "../sfu/try-removal.ts";
import type { Foundation } from "./foundation.ts";

export function createPreflight(
  base: Foundation,
  live: () => Pick<LiveFeature, "inside" | "agreementsOf">,
): Preflight {
  const { sfu, config, addresses } = base;
  return {
    async removalWorks() {
      try {
        await tryRemoval(sfu);
        return true;
      } catch (error) {
        base.log.warn({ error }, "removal was tried at the media server and did not work");
        return false;
      }
    },
    mailReachable: () => mailReachable(config),
    region:
      config.regionLabel === undefined
        ? null
        : { label: config.regionLabel, country: config.regionCountry ?? "" },
    behindProxy: (request: FastifyRequest) => addresses.isTrusted(request.raw.socket.remoteAddress ?? ""),
    agreed: async (meetingId) => (await live().agreementsOf(meetingId)).map(({ version }) => version),
    present: (meetingId) => live().inside(meetingId),
  };
}
