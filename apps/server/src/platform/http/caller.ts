/** Who the server knows is asking. Made from cookies and credentials that were checked, never from what was sent. */
import type { AccountDuty, AccountRole, ServiceScope, SignInStrength } from "@sekisho/contract";
import { addressKey } from "./client-address.ts";
import { id, type AccountId, type Principal } from "@sekisho/domain";

export type AccountCaller = {
  readonly kind: "account";
  readonly accountId: AccountId;
  readonly sessionId: string;
  readonly role: AccountRole;
  readonly duties: readonly AccountDuty[];
  readonly displayName: string;
  readonly email: string;
  /** How this session was opened, or was raised to since. A fact for every rule that asks for a second factor. */
  readonly strength: SignInStrength;
  /** The browser's own identity, if it has one yet. */
  readonly browser?: string;
};

/**
 * An account whose password was right, in a session without the second factor that the organisation demands of it
 * (IDN-2). It may set one up, prove one, or sign out; in meetings it is a browser like any other.
 */
export type LimitedCaller = {
  readonly kind: "limited";
  readonly accountId: AccountId;
  readonly sessionId: string;
  readonly browser?: string;
};

export type Caller =
  | { readonly kind: "nobody" }
  | { readonly kind: "guest"; readonly guestId: string }
  | AccountCaller
  | LimitedCaller
  | { readonly kind: "service"; readonly credentialId: string; readonly scopes: readonly ServiceScope[] };

/** The same person in the terms of a meeting; null where nobody is known. */
export function principalOf(caller: Caller): Principal | null {
  switch (caller.kind) {
    case "account":
      return {
        kind: "account",
        accountId: caller.accountId,
        device: caller.sessionId,
        ...(caller.browser === undefined ? {} : { browser: id.guest(caller.browser) }),
      };
    case "guest":
      return guestPrincipal(caller.guestId);
    case "limited":
      return caller.browser === undefined ? null : guestPrincipal(caller.browser);
    default:
      return null;
  }
}

function guestPrincipal(guestId: string): Principal {
  return { kind: "guest", guestId: id.guest(guestId), device: guestId };
}

/** One key for the limits of one caller. */
export function callerKey(caller: Caller, ip: string): string {
  switch (caller.kind) {
    case "account":
    case "limited":
      return `account:${caller.accountId}`;
    case "guest":
      return `guest:${caller.guestId}`;
    case "service":
      return `service:${caller.credentialId}`;
    case "nobody":
      return `ip:${addressKey(ip)}`;
  }
}
