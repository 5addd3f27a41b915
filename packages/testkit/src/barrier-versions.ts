/** Versions of the information barriers laid down beside the portal, for tests of what the meetings do with them. */
import {
  applyBarrierChanges,
  emptyBarriers,
  id,
  maskOf,
  type BarrierChange,
  type BarrierFlag,
  type BarrierModel,
} from "@sekisho/domain";
import { lockHead, writeVersion } from "../../../apps/server/src/features/barriers/commit-version.ts";
import { openDatabase } from "../../../apps/server/src/platform/db/database.ts";
import type { Trx } from "../../../apps/server/src/platform/evidence/organisation-log.ts";
import { barrierChanges } from "../../../apps/server/src/unsafe.ts";
import type { Product } from "./product.ts";

/** One version, written and told as the product does it, past the checks of the portal. Answers its number. */
export async function layDown(product: Product, changes: readonly BarrierChange[]): Promise<number> {
  const handle = openDatabase(product.database.adminConnectionString, () => undefined, 1);
  try {
    return await handle.db.transaction().execute(async (trx) => {
      const before = await lockHead(trx, { model: () => emptyBarriers, refresh: () => newest(trx) });
      const row = { source: "portal", actor: { kind: "server" }, approver: null, reason: "test" } as const;
      return (await writeVersion(trx, before, changes, row)).model.version;
    });
  } finally {
    await handle.close();
  }
}

async function newest(trx: Trx): Promise<BarrierModel> {
  const rows = await trx
    .selectFrom("barrier_version")
    .select(["version", "changes"])
    .orderBy("version")
    .execute();
  return rows.reduce(
    (model, row) => applyBarrierChanges(model, row.version, barrierChanges(row.changes)),
    emptyBarriers,
  );
}

export const barriersOn: BarrierChange = { type: "rules.put", rules: { ...emptyBarriers.rules, on: true } };

export function group(name: string, ...members: readonly string[]): readonly BarrierChange[] {
  const groupId = id.group(name);
  return [
    { type: "group.put", group: { id: groupId, name, domains: [] } },
    ...members.map((member): BarrierChange => ({
      type: "person.put",
      accountId: id.account(member),
      person: { groups: [groupId], primary: groupId, held: [] },
    })),
  ];
}

export function policy(a: string, b: string, flags: readonly BarrierFlag[], enabled = true): BarrierChange {
  const policyId = id.barrierPolicy(`policy-${a}-${b}`);
  return {
    type: "policy.put",
    policy: { id: policyId, name: "", a: id.group(a), b: id.group(b), enabled, mask: maskOf(flags) },
  };
}
