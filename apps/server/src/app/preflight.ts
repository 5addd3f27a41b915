/** What can be tried before a meeting starts (CNF-6): the media server, the mail server, the way this request came. */
import type { FastifyRequest } from "fastify";
import type { LiveFeature } from "../features/live/index.ts";
import type { InvitationsFeature } from "../features/meetings/invitations/invitations-feature.ts";
import type { Preflight } from "../features/meetings/preflight.ts";
import type { RegistrationFeature } from "../features/registration/registration-feature.ts";
import { mailReachable } from "../platform/mail/mail-reachable.ts";
import { tryRemoval } from "../sfu/try-removal.ts";
import type { Foundation } from "./foundation.ts";

export type PreflightNeeds = {
  readonly live: Pick<LiveFeature, "inside" | "agreementsOf">;
  readonly invitations: Pick<InvitationsFeature, "passcodeChannels">;
  readonly registration: Pick<RegistrationFeature, "counts">;
};

export function createPreflight(base: Foundation, needs: () => PreflightNeeds): Preflight {
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
    agreed: async (meetingId) => (await needs().live.agreementsOf(meetingId)).map(({ version }) => version),
    passcodeWays: async (meetingId) =>
      (await needs().invitations.passcodeChannels(meetingId))
        // What was refused, or lies in the outbox, has not left.
        .filter(({ state }) => state !== "failed" && state !== "noTransport")
        .map(({ channel }) => channel),
    registrants: (meetingId) => needs().registration.counts(meetingId),
    present: (meetingId) => needs().live.inside(meetingId),
  };
}
