/**
 * What a process begins with: the versions of the database, checked against what this machine has seen before (BAR-10,
 * Q79), from the signed copy onwards where that is a part of the same past.
 */
import { applyBarrierChanges, emptyBarriers, type BarrierModel } from "@sekisho/domain";
import type { Pool } from "pg";
import type { MarkRead } from "./high-water-mark.ts";
import type { BarrierCopy, CopyRead } from "./signed-copy.ts";
import { readDigests, readVersions, type HeadSeen } from "./version-store.ts";
import { VersionHistory, type VersionRow } from "./version-history.ts";

/** `rolledBack`: older than what was used before. `otherPast`: as new, but not the same. `markDamaged`: it cannot be told. */
export type Refusal = {
  readonly code: "rolledBack" | "otherPast" | "markDamaged";
  /** What the database offers, and what was seen here before. */
  readonly offered: number;
  readonly seen: number;
};

export type Loaded = {
  readonly model: BarrierModel;
  readonly history: VersionHistory;
  /** The signed copy, if it is one of this very past. */
  readonly copy: BarrierCopy | null;
};

export async function firstLoad(
  pool: Pool,
  head: HeadSeen,
  { mark, copy }: { readonly mark: MarkRead; readonly copy: CopyRead },
): Promise<Loaded | Refusal> {
  const digests = await readDigests(pool, head.version);
  const refusal = refusalOf(head, mark, digests);
  if (refusal !== null) return refusal;
  const trusted = copy.kind === "good" && isOfThisPast(copy.copy, digests) ? copy.copy : null;
  let model = trusted?.model ?? emptyBarriers;
  for (const row of await readVersions(pool, model.version, head.version))
    model = applyBarrierChanges(model, row.version, row.changes);
  if (model.version !== head.version) throw new Error("a version of the barriers is missing");
  return { model, history: historyUpTo(digests, head.version), copy: trusted };
}

function refusalOf(head: HeadSeen, mark: MarkRead, digests: readonly VersionRow[]): Refusal | null {
  if (mark.kind === "none") return null;
  const offered = head.version;
  if (mark.kind === "damaged") return { code: "markDamaged", offered, seen: mark.version };
  const { version: seen, history } = mark.mark;
  if (offered < seen) return { code: "rolledBack", offered, seen };
  const isSame = historyUpTo(digests, seen).value() === history;
  return isSame ? null : { code: "otherPast", offered, seen };
}

function isOfThisPast({ model, history }: BarrierCopy, digests: readonly VersionRow[]): boolean {
  const past = historyUpTo(digests, model.version);
  return past.version === model.version && past.value() === history;
}

export function historyUpTo(digests: readonly VersionRow[], version: number): VersionHistory {
  const history = new VersionHistory();
  for (const row of digests) if (row.version <= version) history.add(row);
  return history;
}
