/** Why two people can or cannot meet, now or at a time (BAR-11). Looking is recorded. */
import { routes, type BarrierExplanation } from "@sekisho/contract";
import {
  applyBarrierChanges,
  emptyBarriers,
  explainPair,
  flagsOf,
  id,
  type BarrierModel,
  type ExplainedParty,
  type PairExplanation,
} from "@sekisho/domain";
import { sql } from "kysely";
import type { Db } from "../../platform/db/database.ts";
import { handle, type BoundRoute, type CallContext } from "../../platform/http/binder.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import { byAccount, newestModel, signedInAccount, type BarriersDeps } from "./barriers-deps.ts";
import { accountNames } from "./change-lines.ts";

const { barrierExplain } = routes.barriers;

export function explainRoute(deps: BarriersDeps): BoundRoute {
  return handle(barrierExplain, ({ body, caller }) => explain(deps, signedInAccount(caller).accountId, body));
}

type Asked = CallContext<typeof barrierExplain>["body"];

async function explain(deps: BarriersDeps, me: string, { a, b, at }: Asked): Promise<BarrierExplanation> {
  const names = await accountNames(deps.db, [a, b]);
  if (!names.has(a) || !names.has(b)) throw new HttpError("not_found");
  const model = at === null ? await newestModel(deps) : await modelAt(deps.db, at);
  const party = (accountId: string) => ({ kind: "account", accountId: id.account(accountId) }) as const;
  const explained = explainPair(model, party(a), party(b));
  const since = await sinceWhen(deps.db, model, explained);
  await deps.db.transaction().execute((trx) =>
    deps.log.append(trx, {
      type: "barrier.explained",
      actor: byAccount(me),
      data: { a, b, at, version: model.version },
    }),
  );
  const person = (accountId: string, found: ExplainedParty) => ({
    accountId,
    displayName: names.get(accountId) ?? "",
    groups: found.counting.map(({ groupId }) => nameOf(model, groupId)),
    otherGroups: found.ignored.map((groupId) => nameOf(model, groupId)),
  });
  return {
    version: model.version,
    since: since.version,
    // What a copy was like at an earlier time stands in the records of the decisions of that time.
    freshness: at === null ? deps.health.freshness() : "fresh",
    on: model.rules.on,
    a: person(a, explained.a),
    b: person(b, explained.b),
    flags: [...flagsOf(explained.mask)],
    why: explained.reason === "same_person" ? "samePerson" : explained.reason,
    policies: explained.policies.map(({ policyId, mask }) => ({
      id: policyId,
      name: policyName(model, policyId),
      flags: [...flagsOf(mask)],
      version: since.policies.get(policyId)?.version ?? 0,
      since: since.policies.get(policyId)?.at ?? 0,
    })),
  };
}

function nameOf(model: BarrierModel, groupId: Parameters<BarrierModel["groups"]["get"]>[0]): string {
  return model.groups.get(groupId)?.name ?? "";
}

/** Without a name of its own, a policy goes by its groups. */
function policyName(model: BarrierModel, policyId: PairExplanation["policies"][number]["policyId"]): string {
  const policy = model.policies.get(policyId);
  if (policy === undefined) return "";
  return policy.name === "" ? `${nameOf(model, policy.a)} – ${nameOf(model, policy.b)}` : policy.name;
}

/** As it was in force at that instant: every version that had been committed by then. */
async function modelAt(db: Db, at: number): Promise<BarrierModel> {
  let model = emptyBarriers;
  for (;;) {
    const rows = await db
      .selectFrom("barrier_version")
      .select(["version", "changes"])
      .where("version", ">", model.version)
      .where("at", "<=", new Date(at))
      .orderBy("version")
      .limit(50)
      .execute();
    for (const row of rows) model = applyBarrierChanges(model, row.version, row.changes);
    if (rows.length === 0) return model;
  }
}

async function sinceWhen(db: Db, model: BarrierModel, { policies }: PairExplanation) {
  const at = new Map<string, { readonly version: number; readonly at: number }>();
  for (const { policyId } of policies) {
    const row =
      (await lastChange(db, policyId, model.version)) ?? (await changeBefore(db, policyId, model.version));
    if (row !== undefined) at.set(policyId, { version: row.version, at: row.at.getTime() });
  }
  const row = await db
    .selectFrom("barrier_version")
    .select("at")
    .where("version", "=", model.version)
    .executeTakeFirst();
  return { policies: at, version: row?.at.getTime() ?? 0 };
}

/** The last change there has been of a policy, if it is not later than the version that is looked at. */
function lastChange(db: Db, policyId: string, version: number) {
  return db
    .selectFrom("barrier_policy_version")
    .innerJoin("barrier_version", "barrier_version.version", "barrier_policy_version.version")
    .select(["barrier_version.version", "barrier_version.at"])
    .where("barrier_policy_version.policy_id", "=", policyId)
    .where("barrier_version.version", "<=", version)
    .executeTakeFirst();
}

function changeBefore(db: Db, policyId: string, version: number) {
  return db
    .selectFrom("barrier_version")
    .select(["version", "at"])
    .where("version", "<=", version)
    .where(
      sql<boolean>`changes @> ${JSON.stringify([{ type: "policy.put", policy: { id: policyId } }])}::jsonb`,
    )
    .orderBy("version", "desc")
    .limit(1)
    .executeTakeFirst();
}
