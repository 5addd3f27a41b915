/** Versions of the information barriers laid down beside the portal, for tests of what the meetings do with them. */
import { emptyBarriers, id, maskOf, type BarrierChange, type BarrierFlag } from "@sekisho/domain";
import { createHash } from "node:crypto";
import pg from "pg";
import type { Product } from "./product.ts";

/** One version, told as the product tells it. Answers its number. */
export async function layDown(product: Product, changes: readonly BarrierChange[]): Promise<number> {
  const client = new pg.Client({ connectionString: product.database.adminConnectionString });
  await client.connect();
  try {
    await client.query("begin");
    const { rows } = await client.query<{ version: number }>(
      "update barrier_head set version = version + 1 returning version",
    );
    const version = rows[0]?.version ?? 0;
    const text = JSON.stringify(changes);
    await client.query(
      `insert into barrier_version (version, source, actor, reason, changes, digest)
       values ($1, 'portal', '{"kind":"server"}', 'test', $2, $3)`,
      [version, text, createHash("sha256").update(text).digest()],
    );
    await client.query("select pg_notify('sekisho_barrier', $1)", [String(version)]);
    await client.query("commit");
    return version;
  } finally {
    await client.end();
  }
}

export const barriersOn: BarrierChange = { type: "rules.put", rules: { ...emptyBarriers.rules, on: true } };

export function group(name: string, ...members: readonly string[]): readonly BarrierChange[] {
  const groupId = id.group(name);
  return [
    { type: "group.put", group: { id: groupId, name, domains: [] } },
    ...members.map(
      (member): BarrierChange => ({
        type: "person.put",
        accountId: id.account(member),
        person: { groups: [groupId], primary: groupId, held: [] },
      }),
    ),
  ];
}

export function policy(a: string, b: string, flags: readonly BarrierFlag[], enabled = true): BarrierChange {
  const policyId = id.barrierPolicy(`policy-${a}-${b}`);
  return {
    type: "policy.put",
    policy: { id: policyId, name: "", a: id.group(a), b: id.group(b), enabled, mask: maskOf(flags) },
  };
}
