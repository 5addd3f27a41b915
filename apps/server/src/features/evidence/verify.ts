/** The verifier of AUD-1: organisation's chain, every instance's chain, the heads that hold them together. */
import type { Db } from "../../platform/db/database.ts";
import type { Keys } from "../../platform/keys/keys.ts";
import { equalBytes } from "../../platform/keys/keys.ts";
import { anchorType, type AnchoredHead } from "./anchors.ts";
import { reveal } from "../../platform/evidence/chain.ts";
import { walkChain, type ChainProblem, type ChainRow } from "./chain-check.ts";
import {
  headMac,
  organisationChain,
  sealContext,
  type Trx,
} from "../../platform/evidence/organisation-log.ts";
import { readInstanceRows, readOrganisationRows } from "./read-rows.ts";
import { anchoredHeadsOf } from "./read-anchors.ts";

export type Verification = {
  readonly ok: boolean;
  readonly records: number;
  readonly chains: number;
  readonly problems: readonly ChainProblem[];
  /** To be noted outside of this machine: who has an older note can show that the chain was not rewritten since. */
  readonly organisationHead: { readonly seq: number; readonly hash: string } | null;
};

type Findings = { records: number; chains: number; readonly problems: ChainProblem[] };
type Anchors = ReadonlyMap<string, ReadonlyMap<number, string>>;

/** Reads one consistent moment of the database. With `keys` also the head's MAC and the personal parts are checked. */
export async function verifyAll(deps: { readonly db: Db; readonly keys?: Keys }): Promise<Verification> {
  return deps.db
    .transaction()
    .setIsolationLevel("repeatable read")
    .setAccessMode("read only")
    .execute(async (trx) => {
      const found: Findings = { records: 0, chains: 0, problems: [] };
      const { anchors, head } = await verifyOrganisation(trx, deps.keys ?? null, found);
      await verifyInstances(trx, anchors, found);
      const { records, chains, problems } = found;
      return { ok: problems.length === 0, records, chains, problems, organisationHead: head };
    });
}

async function verifyOrganisation(trx: Trx, keys: Keys | null, found: Findings) {
  const walk = walkChain(organisationChain);
  const anchors = new Map<string, Map<number, string>>();
  let last: ChainRow | null = null;
  for await (const row of readOrganisationRows(trx)) {
    walk.take(row);
    last = row;
    if (row.type === anchorType) for (const head of anchoredHeadsOf(row.data)) addAnchor(anchors, head);
    if (keys !== null && row.sealed !== null && !personalHolds(keys, row.seq, row.commitment, row.sealed))
      found.problems.push({ chain: organisationChain, seq: row.seq, kind: "personal_changed" });
  }
  const known = await trx
    .selectFrom("chain_head")
    .selectAll()
    .where("chain", "=", organisationChain)
    .executeTakeFirst();
  // Records without a kept head, or no kept head at all: the head was taken away with the tail.
  walk.end(known === undefined ? null : { seq: Number(known.seq), hash: known.hash });
  if (known === undefined && walk.seq > 0)
    found.problems.push({ chain: organisationChain, seq: walk.seq, kind: "head_differs" });
  if (known !== undefined && keys !== null && !macHolds(keys, Number(known.seq), known))
    found.problems.push({ chain: organisationChain, seq: Number(known.seq), kind: "head_forged" });
  found.problems.push(...walk.problems);
  found.records += walk.seq;
  found.chains += 1;
  return { anchors, head: last === null ? null : { seq: last.seq, hash: last.hash.toString("hex") } };
}

function macHolds(keys: Keys, seq: number, head: { readonly hash: Buffer; readonly mac: Buffer }): boolean {
  return equalBytes(headMac(keys, seq, head.hash), head.mac);
}

function personalHolds(keys: Keys, seq: number, commitment: Buffer | null, sealed: Buffer): boolean {
  if (commitment === null) return false;
  try {
    return reveal(commitment, keys.open("organisation-evidence", sealed, sealContext(seq))) !== null;
  } catch {
    return false;
  }
}

function addAnchor(anchors: Map<string, Map<number, string>>, head: AnchoredHead): void {
  const known = anchors.get(head.instanceId) ?? new Map<number, string>();
  known.set(head.seq, head.head);
  anchors.set(head.instanceId, known);
}

async function verifyInstances(trx: Trx, anchors: Anchors, found: Findings): Promise<void> {
  const instances = await trx.selectFrom("meeting_instance").select(["id", "seq", "head"]).execute();
  const byId = new Map(instances.map((row) => [row.id, row]));
  const withRecords = await trx.selectFrom("meeting_event").select("instance_id").distinct().execute();
  const names = new Set([...byId.keys(), ...anchors.keys(), ...withRecords.map((row) => row.instance_id)]);
  for (const chain of [...names].toSorted()) {
    const expected = new Map(anchors.get(chain) ?? []);
    const walk = walkChain(chain);
    for await (const row of readInstanceRows(trx, chain)) {
      walk.take(row);
      if (expected.get(row.seq) === row.hash.toString("hex")) expected.delete(row.seq);
    }
    const known = byId.get(chain);
    if (known === undefined) found.problems.push({ chain, seq: walk.seq, kind: "head_differs" });
    else walk.end({ seq: known.seq, hash: known.head });
    for (const seq of expected.keys())
      found.problems.push({ chain, seq, kind: seq > walk.seq ? "tail_removed" : "anchor_differs" });
    found.problems.push(...walk.problems);
    found.records += walk.seq;
    found.chains += 1;
  }
}
