/** What pre-registration needs of the rest of the server (INV-5). */
import type { Confidentiality } from "@sekisho/domain";
import type { Db } from "../../platform/db/database.ts";
import type { LogActor, OrganisationLog } from "../../platform/evidence/organisation-log.ts";
import type { Caller } from "../../platform/http/caller.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import type { RateLimits } from "../../platform/http/rate-limits.ts";
import type { Sessions } from "../../platform/http/sessions.ts";
import type { Keys } from "../../platform/keys/keys.ts";
import type { Outbox } from "../../platform/mail/outbox.ts";

/** A meeting as far as registering for it goes. */
export type MeetingAbout = {
  readonly meetingId: string;
  /** The meeting's link: told to registrants alone, never on the form's page. */
  readonly link: string;
  /** Registration is required, by the settings and rules of this moment. */
  readonly on: boolean;
  readonly cancelled: boolean;
  readonly confidentiality: Confidentiality;
  readonly topic: string;
  readonly timeZone: string;
  /** The occurrence that is on or next; null when all are over. */
  readonly occurrence: { readonly startsAt: number; readonly endsAt: number } | null;
  readonly passcodeNeeded: boolean;
};

export type RegistrationDeps = {
  readonly db: Db;
  readonly keys: Keys;
  readonly log: OrganisationLog;
  readonly limits: RateLimits;
  readonly sessions: Pick<Sessions, "ensureGuest">;
  readonly mail: Pick<Outbox, "put" | "kick">;
  readonly origin: () => string;
  readonly now: () => number;
  readonly organisationName: () => Promise<string>;
  readonly meetingAbout: (meetingId: string) => Promise<MeetingAbout | null>;
  /** These registrations are no more: whoever is in the meeting by one of them leaves it. */
  readonly onGone: (meetingId: string, registrationIds: readonly string[]) => void;
  /** One at a time for each meeting, in this process. */
  readonly inTurn: InTurn;
};

export type InTurn = <T>(meetingId: string, work: () => Promise<T>) => Promise<T>;

/**
 * Whoever wants a place waits for the form's lock. Here they wait without a connection of the pool: a crowd that
 * confirms at once would otherwise hold all of them, and nothing else of the server would get one.
 */
export function createTurns(): InTurn {
  const last = new Map<string, Promise<unknown>>();
  return async (meetingId, work) => {
    const before = last.get(meetingId) ?? Promise.resolve();
    const own = before.then(work, work);
    last.set(meetingId, own);
    try {
      return await own;
    } finally {
      if (last.get(meetingId) === own) last.delete(meetingId);
    }
  };
}

/** Days after the end of the meeting for which registrations are kept. */
export const keptDays = 30;

export function hostOf(caller: Caller): LogActor & { readonly kind: "account" } {
  if (caller.kind !== "account") throw new HttpError("sign_in_required");
  return { kind: "account", id: caller.accountId };
}
