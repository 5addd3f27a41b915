/** Who the server knows is asking. Made from cookies and credentials that were checked, never from what was sent. */
import type { AccountDuty, AccountRole, ServiceScope } from "@sekisho/contract";
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
  /** The browser's own identity, if it has one yet. */
  readonly browser?: string;
};

export type Caller =
  | { readonly kind: "nobody" }
  | { readonly kind: "guest"; readonly guestId: string }
  | AccountCaller
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
      return { kind: "guest", guestId: id.guest(caller.guestId), device: caller.guestId };
    default:
      return null;
  }
}

/** One key for the limits of one caller. */
export function callerKey(caller: Caller, ip: string): string {
  switch (caller.kind) {
    case "account":
      return `account:${caller.accountId}`;
    case "guest":
      return `guest:${caller.guestId}`;
    case "service":
      return `service:${caller.credentialId}`;
    case "nobody":
      return `ip:${addressKey(ip)}`;
  }
}
