/**
 * What an API client may be allowed at `/v2` (BAR-12). The names are Zoom's, so that an existing client asks for what it
 * knows. Classic scopes stand for all of their granular ones.
 */
const granular = {
  "information_barriers:read:admin": [
    "information_barrier:read:policy:admin",
    "information_barrier:read:list_policies:admin",
  ],
  "information_barriers:write:admin": [
    "information_barrier:write:policy:admin",
    "information_barrier:update:policy:admin",
    "information_barrier:delete:policy:admin",
  ],
  "group:read:admin": [
    "group:read:list_groups:admin",
    "group:read:group:admin",
    "group:read:list_members:admin",
  ],
  "group:write:admin": [
    "group:write:group:admin",
    "group:update:group:admin",
    "group:delete:group:admin",
    "group:write:member:admin",
    "group:update:member:admin",
    "group:delete:member:admin",
  ],
  "user:read:admin": ["user:read:list_users:admin", "user:read:user:admin", "user:read:email:admin"],
  "user:write:admin": [
    "user:write:user:admin",
    "user:update:user:admin",
    "user:delete:user:admin",
    "user:update:status:admin",
  ],
  "meeting:read:admin": ["meeting:read:list_meetings:admin", "meeting:read:meeting:admin"],
  "meeting:write:admin": [
    "meeting:write:meeting:admin",
    "meeting:update:meeting:admin",
    "meeting:delete:meeting:admin",
    "meeting:update:status:admin",
  ],
} as const;

export type ClassicApiScope = keyof typeof granular;
export type GranularApiScope = (typeof granular)[ClassicApiScope][number];
export type ApiScope = ClassicApiScope | GranularApiScope;

export const classicApiScopes: readonly ClassicApiScope[] = [
  "information_barriers:read:admin",
  "information_barriers:write:admin",
  "group:read:admin",
  "group:write:admin",
  "user:read:admin",
  "user:write:admin",
  "meeting:read:admin",
  "meeting:write:admin",
];

export const apiScopes: readonly ApiScope[] = classicApiScopes.flatMap((classic) => [
  classic,
  ...granular[classic],
]);

/** A credential with such a scope goes with the owner who made it; others only rest while he is away. */
export function changesSomething(scope: string): boolean {
  return !scope.includes(":read");
}

export function isApiScope(text: string): text is ApiScope {
  return apiScopes.some((scope) => scope === text);
}

/** Those that stand for the granular one: itself, and the classic scope around it. */
export function scopesFor(scope: GranularApiScope): readonly ApiScope[] {
  const around = classicApiScopes.filter((classic) =>
    granular[classic].some((one: GranularApiScope) => one === scope),
  );
  return [...around, scope];
}
