/**
 * Who may call a route. There is no default: a route without `access` does not type-check, and an access that the
 * binder does not know is refused.
 */
import type { Capability } from "@sekisho/domain";

export type AccountRole = "owner" | "admin" | "member";

/**
 * Duties that an owner gives besides the role (BAR-6): `compliance` looks after information barriers, `auditor` reads
 * them and the log. Owners have both. A duty is no exemption: whoever has it is behind the same walls.
 */
export const accountDuties = ["compliance", "auditor"] as const;
export type AccountDuty = (typeof accountDuties)[number];

export type Access =
  /** Anybody; the handler's answer must not depend on who asks beyond what the rule of the route says. */
  | { readonly kind: "public" }
  /** A signed-in account with at least this role. */
  | { readonly kind: "account"; readonly atLeast: AccountRole }
  /** An account whose password was right, even if the organisation demands a second factor that is not proved yet. */
  | { readonly kind: "signingIn" }
  /** A signed-in account with one of these duties, or an owner. */
  | { readonly kind: "duty"; readonly oneOf: readonly AccountDuty[] }
  /** A signed-in account that is host (or co-host) of the meeting in `:meetingId`; unknown meetings look the same. */
  | { readonly kind: "meeting"; readonly as: "host" | "hostOrCoHost" | "invited" }
  /** The holder of an own admission (waiting or more) in the meeting of `:link`. */
  | { readonly kind: "lobby" }
  /** An admitted participant of the meeting of `:link` who has this capability at this moment. */
  | { readonly kind: "live"; readonly capability: Capability | "participant" }
  /** A machine's credential with this scope. */
  | { readonly kind: "service"; readonly scope: ServiceScope }
  /** An identity provider's signed answer, in a form that a page of its site sends: from anybody, and no cookie counts. */
  | { readonly kind: "answer" }
  /** LiveKit's signed webhook. */
  | { readonly kind: "webhook" };

export const serviceScopes = ["metrics:read", "audit:read", "meetings:write", "scim:write"] as const;
export type ServiceScope = (typeof serviceScopes)[number];

export const access = {
  public: { kind: "public" },
  account: { kind: "account", atLeast: "member" },
  signingIn: { kind: "signingIn" },
  admin: { kind: "account", atLeast: "admin" },
  owner: { kind: "account", atLeast: "owner" },
  barriersRead: { kind: "duty", oneOf: ["compliance", "auditor"] },
  barriersEdit: { kind: "duty", oneOf: ["compliance"] },
  host: { kind: "meeting", as: "host" },
  hostOrCoHost: { kind: "meeting", as: "hostOrCoHost" },
  invited: { kind: "meeting", as: "invited" },
  lobby: { kind: "lobby" },
  participant: { kind: "live", capability: "participant" },
  answer: { kind: "answer" },
  webhook: { kind: "webhook" },
} as const satisfies Record<string, Access>;

export function can(capability: Capability): Access {
  return { kind: "live", capability };
}
