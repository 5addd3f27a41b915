/** A small organisation with information barriers: accounts, a writer and readers on a real database, for server tests. */
import {
  apartIn,
  applyBarrierChanges,
  barrierContext,
  compileBarriers,
  emptyBarriers,
  id,
  initialRules,
  maskOf,
  type Apart,
  type BarrierChange,
  type BarrierFlag,
  type BarrierModel,
} from "@sekisho/domain";
import type { Pool } from "pg";
import type {
  BarrierWrite,
  BarrierWriter,
} from "../../../apps/server/src/features/barriers/barrier-writer.ts";
import type { ModelSource } from "../../../apps/server/src/features/barriers/barriers-deps.ts";
import { createBarriersFeature } from "../../../apps/server/src/features/barriers/barriers-feature.ts";
import { createBarrierNodes } from "../../../apps/server/src/features/barriers/nodes.ts";
import { groupsAreSynced, lastSync } from "../../../apps/server/src/features/barriers/sync-log.ts";
import { createBarrierWriter } from "../../../apps/server/src/features/barriers/write-barriers.ts";
import type { BoundRoute } from "../../../apps/server/src/platform/http/binder.ts";
import { newUuid } from "../../../apps/server/src/platform/random.ts";
import { barrierChanges } from "../../../apps/server/src/unsafe.ts";
import type { FeatureBase } from "./feature-app.ts";

/** Folds what the database has, each time it is asked to: what a process knows that has just looked. */
export function modelSource(pool: Pool): ModelSource {
  let model: BarrierModel = emptyBarriers;
  return {
    model: () => model,
    async refresh() {
      const { rows } = await pool.query<{ version: number; changes: unknown }>(
        "select version, changes from barrier_version where version > $1 order by version",
        [model.version],
      );
      for (const row of rows) model = applyBarrierChanges(model, row.version, barrierChanges(row.changes));
      return model;
    },
  };
}

export type AccountWish = {
  readonly name: string;
  readonly email?: string;
  readonly role?: "owner" | "admin" | "member";
  readonly duties?: readonly ("compliance" | "auditor")[];
};

/** An account that cannot sign in: for those who are only spoken of. */
export async function insertPerson(base: FeatureBase, wish: AccountWish): Promise<string> {
  const accountId = newUuid();
  await base.handle.db
    .insertInto("account")
    .values({
      id: accountId,
      email: wish.email ?? `${accountId}@example.jp`,
      display_name: wish.name,
      password_hash: "",
      role: wish.role ?? "member",
      duties: [...(wish.duties ?? [])],
      locale: "ja",
      personal_number: accountId,
      personal_link: accountId,
    })
    .execute();
  return accountId;
}

export const write = {
  on: { type: "rules.put", rules: { ...initialRules, on: true } },
  group: (name: string, domains: readonly string[] = []): BarrierChange => ({
    type: "group.put",
    group: { id: groupId(name), name, domains },
  }),
  policy: (a: string, b: string, flags: readonly BarrierFlag[], enabled = true): BarrierChange => ({
    type: "policy.put",
    policy: {
      id: policyId(a, b),
      name: "",
      a: groupId(a),
      b: groupId(b),
      enabled,
      mask: maskOf(flags),
    },
  }),
  person: (accountId: string, ...groups: readonly string[]): BarrierChange => ({
    type: "person.put",
    accountId: id.account(accountId),
    person: {
      groups: groups.map(groupId),
      primary: groups[0] === undefined ? null : groupId(groups[0]),
      held: [],
    },
  }),
} as const satisfies Record<string, BarrierChange | ((...args: never[]) => BarrierChange)>;

/** Ids are opaque text of at least 16 letters. */
export function groupId(name: string) {
  return id.group(`group-${name}`.padEnd(20, "-"));
}

export function policyId(a: string, b: string) {
  return id.barrierPolicy(`policy-${a}-${b}`.padEnd(20, "-"));
}

export function by(accountId: string, wish: Partial<BarrierWrite> = {}): BarrierWrite {
  return {
    origin: "api",
    actor: { kind: "account", id: accountId },
    reason: "年次の見直し",
    baseVersion: null,
    ...wish,
  };
}

export type BarrierParts = {
  readonly source: ModelSource;
  readonly writer: BarrierWriter;
  readonly routes: readonly BoundRoute[];
  /** Versions in the order in which they were told to the meetings in progress. */
  readonly committed: number[];
  apart(): Promise<Apart>;
};

/** The barriers of one process without meetings in progress. */
export function barrierParts(base: FeatureBase): BarrierParts {
  const { db, pool } = base.handle;
  const source = modelSource(pool);
  const committed: number[] = [];
  const deps = {
    ...{ db, log: base.log, source },
    onCommitted: (version: number) => committed.push(version),
    onRulesChanged: () => undefined,
  };
  const writer = createBarrierWriter(deps);
  const nodes = createBarrierNodes(pool, { id: "test", name: "test" });
  const { routes } = createBarriersFeature({
    ...{ ...deps, writer },
    health: {
      freshness: () => "fresh",
      ageMinutes: () => null,
      nodes: nodes.status,
      lastSync: () => lastSync(db),
      syncedGroups: () => groupsAreSynced(db),
    },
    liveEffect: async () => ({ meetings: [] }),
  });
  return {
    ...{ source, writer, routes, committed },
    apart: async () => apartIn(barrierContext(compileBarriers(await source.refresh()), "fresh")),
  };
}
