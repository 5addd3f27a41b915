/** What sending needs besides what the meetings' feature needs. */
import type { SendingAbilities } from "@sekisho/domain";
import type { RateLimits } from "../../../platform/http/rate-limits.ts";
import type { Sessions } from "../../../platform/http/sessions.ts";
import type { Outbox } from "../../../platform/mail/outbox.ts";
import type { MeetingsDeps } from "../meetings-deps.ts";

export type InvitationDeps = Omit<MeetingsDeps, "news"> & {
  readonly outbox: Pick<Outbox, "put" | "kick">;
  readonly limits: RateLimits;
  readonly sessions: Pick<Sessions, "ensureGuest">;
  /** What goes out by itself. Mail that does not waits in the outbox. */
  readonly able: SendingAbilities;
};
