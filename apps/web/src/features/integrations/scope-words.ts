import { classicApiScopes, type ApiScope, type ClassicApiScope } from "@sekisho/contract";
import type { Words } from "../../i18n/words.ts";

const names = {
  "information_barriers:read:admin": "barriersRead",
  "information_barriers:write:admin": "barriersWrite",
  "group:read:admin": "groupsRead",
  "group:write:admin": "groupsWrite",
  "user:read:admin": "usersRead",
  "user:write:admin": "usersWrite",
  "meeting:read:admin": "meetingsRead",
  "meeting:write:admin": "meetingsWrite",
} as const satisfies Record<ClassicApiScope, string>;

/** What a scope allows, in words; a granular one by its own name. */
export function scopeWords(t: Words<"integrations">, scope: ApiScope): string {
  const classic = classicApiScopes.find((one) => one === scope);
  return classic === undefined ? scope : t(`scope.${names[classic]}`);
}
