/**
 * An administrator's word that the barriers which the database offers are the right ones, although this machine has
 * decided with others before: after a back-up was restored (BAR-10, Q79). It makes a version above all that were seen.
 */
import { emptyBarriers, applyBarrierChanges, type BarrierModel } from "@sekisho/domain";
import type { Trx } from "../../platform/evidence/organisation-log.ts";
import { createOrganisationLog } from "../../platform/evidence/organisation-log.ts";
import { openDatabase } from "../../platform/db/database.ts";
import type { Keys } from "../../platform/keys/keys.ts";
import { writeVersion } from "./commit-version.ts";
import { historyUpTo } from "./first-load.ts";
import { createHighWaterMark, type MarkRead } from "./high-water-mark.ts";
import { readDigests, readHead, readVersions } from "./version-store.ts";

export type AcceptDeps = {
  readonly connectionString: string;
  readonly keys: Keys;
  /** Where this machine keeps what it has seen. */
  readonly folder: string;
};

export type Accepted =
  /** The database offers what was seen here before, or something newer. */
  | { readonly kind: "nothing"; readonly version: number }
  | {
      readonly kind: "accepted";
      readonly offered: number;
      readonly seen: number;
      readonly version: number;
    };

export async function acceptVersion({ connectionString, keys, folder }: AcceptDeps): Promise<Accepted> {
  const { db, pool, close } = openDatabase(connectionString, () => undefined, 2);
  const log = createOrganisationLog({ db, keys });
  const marks = createHighWaterMark(folder, keys);
  try {
    const mark = await marks.read();
    const accepted = await db.transaction().execute(async (trx): Promise<Accepted> => {
      await trx.selectFrom("barrier_head").select("version").forUpdate().executeTakeFirstOrThrow();
      const { version: offered } = await readHead(pool);
      const digests = await readDigests(pool, offered);
      const pastOf = (version: number) => historyUpTo(digests, version).value();
      if (isKnown(mark, offered, pastOf)) return { kind: "nothing", version: offered };
      const seen = seenBy(mark);
      const model = await modelAt(pool, offered);
      const version = await writeAbove(trx, log, { model, offered, seen });
      return { kind: "accepted", offered, seen, version };
    });
    if (accepted.kind === "accepted") {
      const digests = await readDigests(pool, accepted.version);
      const { version } = accepted;
      await marks.raise({ version, history: historyUpTo(digests, version).value() });
    }
    return accepted;
  } finally {
    await close();
  }
}

/** Null: what the database offers is what was used on this machine, or newer. */
export async function refusedHere(
  deps: AcceptDeps,
): Promise<{ readonly offered: number; readonly seen: number } | null> {
  const { pool, close } = openDatabase(deps.connectionString, () => undefined, 1);
  try {
    const mark = await createHighWaterMark(deps.folder, deps.keys).read();
    const { version: offered } = await readHead(pool);
    const digests = await readDigests(pool, offered);
    const isFine = isKnown(mark, offered, (version) => historyUpTo(digests, version).value());
    return isFine ? null : { offered, seen: seenBy(mark) };
  } finally {
    await close();
  }
}

function isKnown(mark: MarkRead, offered: number, pastOf: (version: number) => string): boolean {
  if (mark.kind === "none") return true;
  if (mark.kind === "damaged" || mark.mark.version > offered) return false;
  return pastOf(mark.mark.version) === mark.mark.history;
}

function seenBy(mark: MarkRead): number {
  if (mark.kind === "none") return 0;
  return mark.kind === "damaged" ? mark.version : mark.mark.version;
}

async function modelAt(pool: Parameters<typeof readVersions>[0], version: number): Promise<BarrierModel> {
  let model = emptyBarriers;
  for (const row of await readVersions(pool, 0, version))
    model = applyBarrierChanges(model, row.version, row.changes);
  return model;
}

type Above = { readonly model: BarrierModel; readonly offered: number; readonly seen: number };

/** No change but the number: its row and its entry in the log say that it was accepted, and by whom. */
async function writeAbove(
  trx: Trx,
  log: ReturnType<typeof createOrganisationLog>,
  { model, offered, seen }: Above,
): Promise<number> {
  const actor = { kind: "operator" } as const;
  const before = { ...model, version: Math.max(offered, seen) };
  const reason = `accepted: offered ${offered}, seen ${seen}`;
  const { facts, model: after } = await writeVersion(trx, before, [], {
    ...{ source: "approval", actor, approver: null, reason },
  });
  await log.append(trx, { type: "barrier.versionAccepted", actor, data: { ...facts, offered, seen } });
  return after.version;
}
