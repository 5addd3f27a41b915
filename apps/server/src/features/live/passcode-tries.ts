/** Passcodes are compared only within limits that hold for the person, the address and the meeting (ADM-6). */
import type { Caller } from "../../platform/http/caller.ts";
import { callerKey } from "../../platform/http/caller.ts";
import { addressKey } from "../../platform/http/client-address.ts";
import type { Limit, RateLimits } from "../../platform/http/rate-limits.ts";
import type { MeetingDescription } from "./ports.ts";

export type PasscodeLimits = { readonly person: Limit; readonly address: Limit; readonly meeting: Limit };

export type PasscodeTries = {
  /** Throws `too_many_tries` before anything is compared. A right passcode does not count. */
  check(
    input: {
      readonly link: string;
      readonly caller: Caller;
      readonly ip: string;
      readonly passcode: string | null;
    },
    meeting: MeetingDescription | null,
  ): Promise<"matched" | "wrong" | "notGiven">;
};

export function createPasscodeTries(limits: RateLimits, numbers: PasscodeLimits): PasscodeTries {
  return {
    async check({ link, caller, ip, passcode }, meeting) {
      if (passcode === null || passcode.trim() === "") return "notGiven";
      const buckets: [string, Limit][] = [
        [`passcode:who:${callerKey(caller, ip)}`, numbers.person],
        [`passcode:ip:${addressKey(ip)}`, numbers.address],
      ];
      // Together for everybody unproved; it never delays an account (ADM-6). Unknown links count alike.
      if (caller.kind !== "account")
        buckets.push([`passcode:meeting:${meeting?.meetingId ?? link}`, numbers.meeting]);
      await takeInOrder(limits, buckets);
      const matched = meeting?.passcodeMatches(passcode) ?? false;
      if (matched) await Promise.all(buckets.map(([bucket, limit]) => limits.giveBack(bucket, limit)));
      return matched ? "matched" : "wrong";
    },
  };
}

/** The narrowest first: a try that is refused for the person or the address does not use up the meeting's (IDN-6). */
async function takeInOrder(
  limits: RateLimits,
  buckets: readonly (readonly [string, Limit])[],
): Promise<void> {
  const taken: (readonly [string, Limit])[] = [];
  for (const [bucket, limit] of buckets) {
    try {
      await limits.take(bucket, limit);
      taken.push([bucket, limit]);
    } catch (error) {
      const [, ...wider] = taken;
      await Promise.all(wider.map(([other, itsLimit]) => limits.giveBack(other, itsLimit)));
      throw error;
    }
  }
}
