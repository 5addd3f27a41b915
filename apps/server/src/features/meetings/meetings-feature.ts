/** Scheduled meetings (MTG). */
import type { InstanceState } from "@sekisho/domain";
import type { BoundRoute } from "../../platform/http/binder.ts";
import { createMeetingsForServices, type MeetingsForServices } from "./for-services.ts";
import { changeRoutes } from "./change-meeting.ts";
import { createRoutes } from "./create-meeting.ts";
import { listRoutes } from "./list-meetings.ts";
import { createMeetingGuard, type MeetingGuard } from "./meeting-guard.ts";
import { meetingById } from "./meeting-rows.ts";
import { passcodeRoutes } from "./passcode-routes.ts";
import { preflightRoutes, type PreflightDeps } from "./preflight.ts";
import { renewPersonalLink } from "./personal-link.ts";

export type MeetingsFeature = {
  readonly routes: readonly BoundRoute[];
  readonly guard: MeetingGuard;
  /** Called once an instance has ended: renews a personal link that somebody external has used (MTG-8). */
  afterInstance(state: Pick<InstanceState, "meetingId" | "admissions">): Promise<void>;
  renewPersonalLink(accountId: string): Promise<void>;
  readonly forServices: MeetingsForServices;
};

export function createMeetingsFeature(deps: PreflightDeps): MeetingsFeature {
  return {
    routes: [
      ...createRoutes(deps),
      ...listRoutes(deps),
      ...changeRoutes(deps),
      ...passcodeRoutes(deps),
      ...preflightRoutes(deps),
    ],
    guard: createMeetingGuard(deps),
    forServices: createMeetingsForServices(deps),
    async afterInstance({ meetingId, admissions }) {
      // Who only asked and waited knows the link as well.
      if (![...admissions.values()].some((person) => person.external)) return;
      const row = await meetingById(deps.db, meetingId);
      if (row?.settings.meetingNumber === "personal") await renewPersonalLink(deps, row.host_id);
    },
    renewPersonalLink: (accountId) => renewPersonalLink(deps, accountId),
  };
}
