/** The `/v2` surface with its webhooks, put together with what it speaks of (BAR-12). */
import type { BarrierSync } from "../features/barriers/barrier-sync.ts";
import { readEvents, unwrapInstanceKey } from "../features/live/event-store.ts";
import type { AccountsFeature } from "../features/accounts/accounts-feature.ts";
import type { LiveFeature } from "../features/live/index.ts";
import type { MeetingsFeature } from "../features/meetings/meetings-feature.ts";
import type { ApiMeetings } from "../features/v2-api/ports.ts";
import { createV2Feature, type V2Feature } from "../features/v2-api/v2-feature.ts";
import { createApiBarriers } from "./api-barriers.ts";
import type { Foundation } from "./foundation.ts";

export type ApiNeeds = {
  readonly barriers: Pick<BarrierSync, "source" | "writer">;
  readonly meetings: Pick<MeetingsFeature, "forServices">;
  readonly live: Pick<LiveFeature, "endMeeting">;
  readonly accounts: Pick<AccountsFeature, "forServices">;
};

export function openApi(base: Foundation, needs: ApiNeeds): V2Feature {
  const { db, keys, organisationLog: log, limits, origin, config } = base;
  const feature = createV2Feature({
    ...{ db, keys, log, limits, origin },
    barriers: createApiBarriers({ db, log, ...needs.barriers }),
    meetings: withEnd(base, needs),
    accounts: needs.accounts.forServices,
    instanceLog: (instanceId, after) => instanceLog(base, instanceId, after),
    loopbackAllowed: config.exposure === "loopback",
    onFault: (error, request) => base.log.error({ error, ...request }, "request failed"),
    onFailure: (error) => base.log.warn({ error }, "webhooks could not be read or sent"),
  });
  feature.webhooks.start();
  return feature;
}

/** Who ended a meeting that was none of theirs stands in the organisation's chain. */
function withEnd({ db, organisationLog: log }: Foundation, { meetings, live }: ApiNeeds): ApiMeetings {
  return {
    ...meetings.forServices,
    async end(meetingId, actor) {
      const ended = await live.endMeeting(meetingId);
      if (ended)
        await db
          .transaction()
          .execute((trx) => log.append(trx, { type: "meeting.endedByService", actor, data: { meetingId } }));
      return ended;
    },
  };
}

async function instanceLog({ readers, keys }: Foundation, instanceId: string, after: number) {
  const row = await readers.db
    .selectFrom("meeting_instance")
    .select("evidence_key")
    .where("id", "=", instanceId)
    .executeTakeFirst();
  if (row === undefined) return [];
  return readEvents(readers.pool, instanceId, unwrapInstanceKey(keys, instanceId, row.evidence_key), after);
}
