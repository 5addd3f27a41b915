/** `/scim/v2`: a directory keeps the accounts and groups of the organisation (IDN-3, RFC 7643, RFC 7644). */
import type { FastifyInstance } from "fastify";
import type { Db } from "../../platform/db/database.ts";
import { createDirectoryStore, type DirectoryStore } from "./directory-store.ts";
import { discoveryRoutes } from "./discovery.ts";
import { groupRoutes } from "./groups.ts";
import type { DirectoryAccounts, DirectoryBarriers, DirectoryReader } from "./ports.ts";
import { bindScim, type ScimBinderDeps } from "./scim-binder.ts";
import { createScimClients } from "./scim-clients.ts";
import { userRoutes } from "./users.ts";

export type ScimFeatureDeps = Pick<ScimBinderDeps, "limits" | "origin" | "onFault"> & {
  readonly db: Db;
  readonly accounts: DirectoryAccounts & DirectoryReader;
  readonly barriers: DirectoryBarriers;
};

export type ScimDeps = DirectoryStore & {
  readonly accounts: DirectoryAccounts;
  readonly barriers: DirectoryBarriers;
};

export type ScimFeature = { bind(http: FastifyInstance): void };

export function createScimFeature(deps: ScimFeatureDeps): ScimFeature {
  const { db, accounts, barriers } = deps;
  const own: ScimDeps = { ...createDirectoryStore(db, accounts), accounts, barriers };
  return {
    bind(http) {
      const routes = [...userRoutes(own), ...groupRoutes(own), ...discoveryRoutes()];
      bindScim(http, routes, { ...deps, clientOf: createScimClients(db) });
    },
  };
}
