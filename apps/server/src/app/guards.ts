/** One guard for every kind of access; a kind that is not here is refused. */
import type { Access } from "@sekisho/contract";
import type { Guard } from "../platform/http/binder.ts";
import { HttpError } from "../platform/http/http-error.ts";
import type { Caller } from "../platform/http/caller.ts";
import { accountGuard, dutyGuard, serviceGuard, signingInGuard } from "../features/accounts/guards.ts";
import type { LiveFeature } from "../features/live/index.ts";

type MeetingGuard = (access: Access, caller: Caller, meetingId: string) => Promise<unknown>;

export function createGuard(meeting: MeetingGuard, live: () => Pick<LiveFeature, "guard" | "bars">): Guard {
  /** ADM-8: who was removed from a meeting in progress does not reach it by way of its settings either. */
  async function meetingUnlessBarred(access: Access, caller: Caller, meetingId: string): Promise<unknown> {
    if (caller.kind === "limited") throw new HttpError("second_factor_needed");
    const found = await meeting(access, caller, meetingId);
    if (caller.kind === "account" && (await live().bars(meetingId, caller.accountId)))
      throw new HttpError("not_found");
    return found;
  }

  return async (access, caller, _request, params) => {
    switch (access.kind) {
      case "public":
        return null;
      case "answer":
        // Its handler checks the signature, and opens nothing.
        return null;
      case "account":
        return accountGuard(access, caller);
      case "signingIn":
        return signingInGuard(access, caller);
      case "duty":
        return dutyGuard(access, caller);
      case "service":
        return serviceGuard(access, caller);
      case "meeting":
        return meetingUnlessBarred(access, caller, parameter(params, "meetingId"));
      case "lobby":
      case "live":
        return live().guard(access, caller, parameter(params, "link"));
      case "webhook":
        // Its handler checks the signature over the bytes.
        return null;
      default:
        throw new HttpError("not_allowed");
    }
  };
}

function parameter(params: unknown, name: string): string {
  const value: unknown = typeof params === "object" && params !== null ? Reflect.get(params, name) : null;
  if (typeof value !== "string") throw new HttpError("bad_request");
  return value;
}
