/**
 * The organisation's own chain (AUD-1): accounts, sign-in, rules, scheduling, passcodes shown, and the heads of the
 * instances' chains. An entry is written in the transaction of the change that it speaks of, or neither is.
 */
import { sql, type Transaction } from "kysely";
import type { Db } from "../db/database.ts";
import type { Database } from "../db/schema.ts";
import type { Keys } from "../keys/keys.ts";
import { canonical, commit, genesis, hashRecord } from "./chain.ts";

export const organisationChain = "organisation";

/** Who did it. `operator`: somebody with a shell on the server. */
export type LogActor =
  | { readonly kind: "account"; readonly id: string }
  | { readonly kind: "service"; readonly id: string }
  | { readonly kind: "operator" | "server" | "nobody" };

export type LogEntry = {
  /** `thing.done`, as the contract's routes name it. */
  readonly type: string;
  readonly actor: LogActor;
  /** Ids and choices only. */
  readonly data: Readonly<Record<string, unknown>>;
  /** Names and addresses: sealed beside the chain, which holds a salted commitment to them. */
  readonly personal?: Readonly<Record<string, unknown>>;
};

export type Trx = Transaction<Database>;

export type OrganisationLog = {
  /** Last in a transaction: it holds the chain's lock until the commit. */
  append(trx: Trx, entry: LogEntry): Promise<void>;
};

export type OrganisationLogDeps = { readonly db: Db; readonly keys: Keys; readonly now?: () => number };

export function createOrganisationLog(deps: OrganisationLogDeps): OrganisationLog {
  const now = deps.now ?? Date.now;
  return {
    async append(trx, entry) {
      await lockOrganisationChain(trx);
      const last = await newest(trx);
      const seq = last.seq + 1;
      const committed = entry.personal === undefined ? null : commit(entry.personal);
      const record = {
        chain: organisationChain,
        seq,
        at: Math.max(now(), last.at),
        type: entry.type,
        data: canonical({ ...entry.data, actor: entry.actor }),
        commitment: committed?.commitment ?? null,
      };
      const hash = hashRecord(last.hash, record);
      const { chain: _chain, ...row } = record;
      await trx
        .insertInto("organisation_event")
        .values({ ...row, hash })
        .execute();
      if (committed !== null) {
        const sealed = deps.keys.seal("organisation-evidence", committed.opening, sealContext(seq));
        await trx.insertInto("organisation_event_personal").values({ seq, sealed }).execute();
      }
      const mac = headMac(deps.keys, seq, hash);
      await trx
        .insertInto("chain_head")
        .values({ chain: organisationChain, seq, hash, mac })
        .onConflict((conflict) => conflict.column("chain").doUpdateSet({ seq, hash, mac }))
        .execute();
    },
  };
}

/** One writer at a time, until its transaction ends. */
export async function lockOrganisationChain(trx: Trx): Promise<void> {
  await sql`select pg_advisory_xact_lock(7365, 1)`.execute(trx);
}

export function sealContext(seq: number): string {
  return `${organisationChain}:${seq}`;
}

export function headMac(keys: Keys, seq: number, hash: Buffer): Buffer {
  return keys.mac("chain-head", `${organisationChain}:${seq}:${hash.toString("hex")}`);
}

async function newest(trx: Trx): Promise<{ seq: number; at: number; hash: Buffer }> {
  const row = await trx
    .selectFrom("organisation_event")
    .select(["seq", "at", "hash"])
    .orderBy("seq", "desc")
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return { seq: 0, at: 0, hash: genesis(organisationChain) };
  return { seq: Number(row.seq), at: Number(row.at), hash: row.hash };
}
