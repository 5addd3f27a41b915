/** Policies and the matrix of who can meet whom (BAR-11). */
import { routes, type BarrierPolicyView } from "@sekisho/contract";
import {
  flagsInForce,
  flagsOf,
  wantedBarriers,
  type BarrierGroup,
  type BarrierModel,
  type BarrierPolicy,
} from "@sekisho/domain";
import { sql } from "kysely";
import { handle, type BoundRoute, type CallContext } from "../../platform/http/binder.ts";
import type { LogActor } from "../../platform/evidence/organisation-log.ts";
import { actorNames } from "./actor-names.ts";
import { directoryOf, maskBetween, matches } from "./barrier-directory.ts";
import { newestModel, type BarriersDeps } from "./barriers-deps.ts";
import { nextOf, offsetOf } from "./paging.ts";
import { policiesPending } from "./pending-store.ts";
import { changesOf } from "./rules-view.ts";

const { barrierPolicyList, barrierMatrixRead } = routes.barriers;

export function policyRoutes(deps: BarriersDeps): readonly BoundRoute[] {
  return [
    handle(barrierPolicyList, ({ query }) => list(deps, query)),
    handle(barrierMatrixRead, async ({ body }) => matrix(await newestModel(deps), body)),
  ];
}

type ListQuery = CallContext<typeof barrierPolicyList>["query"];

async function list(deps: BarriersDeps, query: ListQuery) {
  const model = await newestModel(deps);
  const wanted = [...model.policies.values()].filter((policy) => isWanted(model, policy, query));
  const rows = await changedLast(deps, wanted, query);
  const [pending, nameOf] = await Promise.all([
    policiesPending(deps.db),
    actorNames(
      deps.db,
      rows.map((row) => row.actor),
    ),
  ]);
  const byId = new Map<string, BarrierPolicy>(wanted.map((policy) => [policy.id, policy]));
  const policies = rows.flatMap((row) => {
    const policy = byId.get(row.policy_id);
    if (policy === undefined) return [];
    return viewOf(model, policy, {
      isPending: pending.has(policy.id),
      changedAt: row.at.getTime(),
      changedBy: nameOf(row.actor),
      reason: row.reason,
      version: row.version,
    });
  });
  return { policies, total: wanted.length, next: nextOf(query, wanted.length) };
}

function isWanted(model: BarrierModel, policy: BarrierPolicy, query: ListQuery): boolean {
  if (query.policyId !== undefined && policy.id !== query.policyId) return false;
  const sides: readonly string[] = [policy.a, policy.b];
  if (query.groupId !== undefined && !sides.includes(query.groupId)) return false;
  if (query.otherGroupId !== undefined) {
    const other = policy.a === query.groupId ? policy.b : policy.a;
    if (other !== query.otherGroupId) return false;
  }
  return matches(query.q, policy.name, nameOf(model, policy.a), nameOf(model, policy.b));
}

function nameOf(model: BarrierModel, groupId: BarrierGroup["id"]): string {
  return model.groups.get(groupId)?.name ?? "";
}

type ChangedRow = {
  readonly policy_id: string;
  readonly version: number;
  readonly at: Date;
  readonly actor: LogActor;
  readonly reason: string;
};

async function changedLast(
  { db }: BarriersDeps,
  wanted: readonly BarrierPolicy[],
  query: ListQuery,
): Promise<readonly ChangedRow[]> {
  const ids = wanted.map((policy) => policy.id);
  const { rows } = await sql<ChangedRow>`
    select p.policy_id, v.version, v.at, v.actor, v.reason
      from unnest(${ids}::text[]) as wanted (id)
      join barrier_policy_version p on p.policy_id = wanted.id
      join barrier_version v using (version)
     order by v.version desc, p.policy_id limit ${query.limit} offset ${offsetOf(query)}`.execute(db);
  return rows;
}

type Facts = Pick<BarrierPolicyView, "changedAt" | "changedBy" | "reason" | "version"> & {
  readonly isPending: boolean;
};

function viewOf(
  model: BarrierModel,
  policy: BarrierPolicy,
  { isPending, ...facts }: Facts,
): BarrierPolicyView {
  const side = (groupId: BarrierGroup["id"]) => ({ id: groupId, name: nameOf(model, groupId) });
  return {
    id: policy.id,
    name: policy.name,
    a: side(policy.a),
    b: side(policy.b),
    enabled: policy.enabled,
    flags: [...flagsOf(policy.mask)],
    notYetInForce: [...flagsOf(policy.mask & ~flagsInForce)],
    effectiveState: isPending ? "pending_approval" : policy.enabled ? "in_force" : "disabled",
    ...facts,
  };
}

type MatrixQuery = CallContext<typeof barrierMatrixRead>["body"];

/** What enabled policies say, also while barriers are off as a whole: that is how one prepares to switch them on. */
function matrix(model: BarrierModel, { rows, columns, onlyWithPolicy, draft }: MatrixQuery) {
  const wanted = draft === undefined ? null : wantedBarriers(model, changesOf(draft)).wanted;
  const shown = wanted ?? model;
  const all = directoryOf(shown).groups.filter(
    (group) => !onlyWithPolicy || (directoryOf(shown).policies.get(group.id) ?? 0) > 0,
  );
  const side = ({ offset, count, q }: MatrixQuery["rows"]) => {
    const found = all.filter((group) => matches(q, group.name));
    return { total: found.length, groups: found.slice(offset, offset + count) };
  };
  const down = side(rows);
  const across = side(columns);
  const masks = (of: BarrierModel) =>
    Buffer.from(down.groups.flatMap((a) => across.groups.map((b) => maskBetween(of, a.id, b.id)))).toString(
      "base64",
    );
  const named = (groups: readonly BarrierGroup[]) => groups.map(({ id, name }) => ({ id, name }));
  return {
    version: model.version,
    rowTotal: down.total,
    columnTotal: across.total,
    rows: named(down.groups),
    columns: named(across.groups),
    masks: masks(model),
    after: wanted === null ? null : masks(wanted),
  };
}
