/** Who may use routes of accounts and of machines. What is not named here is refused. */
import type { Access, AccountRole } from "@sekisho/contract";
import type { AccountCaller, Caller, LimitedCaller } from "../../platform/http/caller.ts";
import { HttpError } from "../../platform/http/http-error.ts";

const rank: { readonly [R in AccountRole]: number } = { member: 0, admin: 1, owner: 2 };

/** Throws `sign_in_required` or `not_allowed`; answers the account. */
export function accountGuard(access: Access, caller: Caller): AccountCaller {
  if (access.kind !== "account") throw new HttpError("not_allowed");
  const account = signedIn(caller);
  if (!(rank[account.role] >= rank[access.atLeast])) throw new HttpError("not_allowed");
  return account;
}

/** Also those who still have to prove or set up the second factor that is demanded. Throws like `accountGuard`. */
export function signingInGuard(access: Access, caller: Caller): AccountCaller | LimitedCaller {
  if (access.kind !== "signingIn") throw new HttpError("not_allowed");
  return signingIn(caller);
}

export function signingIn(caller: Caller): AccountCaller | LimitedCaller {
  return caller.kind === "limited" ? caller : signedIn(caller);
}

/** Throws like `accountGuard`. A duty is never inherited from a role, but for the owner's. */
export function dutyGuard(access: Access, caller: Caller): AccountCaller {
  if (access.kind !== "duty") throw new HttpError("not_allowed");
  const account = signedIn(caller);
  if (!access.oneOf.some((duty) => account.duties.includes(duty))) throw new HttpError("not_allowed");
  return account;
}

export function serviceGuard(access: Access, caller: Caller): Extract<Caller, { kind: "service" }> {
  if (caller.kind === "nobody" || caller.kind === "guest") throw new HttpError("sign_in_required");
  if (access.kind !== "service" || caller.kind !== "service" || !caller.scopes.includes(access.scope))
    throw new HttpError("not_allowed");
  return caller;
}

export function signedIn(caller: Caller): AccountCaller {
  if (caller.kind === "nobody" || caller.kind === "guest") throw new HttpError("sign_in_required");
  if (caller.kind === "limited") throw new HttpError("second_factor_needed");
  if (caller.kind !== "account") throw new HttpError("not_allowed");
  return caller;
}
