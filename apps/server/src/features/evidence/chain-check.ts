/** Walks one chain in order and says where it does not hold. Pure: rows come in, problems come out. */
import { genesis, hashRecord } from "../../platform/evidence/chain.ts";

export type ChainRow = {
  readonly seq: number;
  readonly at: number;
  readonly type: string;
  readonly data: string;
  readonly commitment: Buffer | null;
  readonly hash: Buffer;
};

export type ChainProblem = {
  readonly chain: string;
  readonly seq: number;
  readonly kind:
    /** The record, its place or its chain is not what its hash was made of. */
    | "changed"
    /** Records are missing before this one. */
    | "removed"
    /** The newest records are missing: the head that is known lies beyond. */
    | "tail_removed"
    /** The head that is kept elsewhere is another record's. */
    | "head_differs"
    /** The head's MAC was not made with this installation's key. */
    | "head_forged"
    /** A head that the organisation's chain recorded is not in the instance's chain. */
    | "anchor_differs"
    /** A sealed personal part is not the one committed to. */
    | "personal_changed";
};

export type ChainWalk = {
  take(row: ChainRow): void;
  /** The head as kept outside of the rows, if there is one. */
  end(known: { readonly seq: number; readonly hash: Buffer } | null): void;
  readonly problems: readonly ChainProblem[];
  readonly seq: number;
};

export function walkChain(chain: string): ChainWalk {
  const problems: ChainProblem[] = [];
  let seq = 0;
  let hash = genesis(chain);
  let missing = false;
  return {
    problems,
    get seq() {
      return seq;
    },
    take(row) {
      missing = row.seq !== seq + 1;
      if (missing) problems.push({ chain, seq: row.seq, kind: "removed" });
      // After a gap the hash before is unknown: the record itself cannot be judged.
      else if (!hashRecord(hash, { chain, ...row }).equals(row.hash))
        problems.push({ chain, seq: row.seq, kind: "changed" });
      ({ seq, hash } = row);
    },
    end(known) {
      if (known === null) return;
      if (known.seq > seq) problems.push({ chain, seq: known.seq, kind: "tail_removed" });
      else if (known.seq < seq || !known.hash.equals(hash))
        problems.push({ chain, seq: known.seq, kind: "head_differs" });
    },
  };
}
