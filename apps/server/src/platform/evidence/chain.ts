/**
 * The hash chain of the logs (AUD-1). hash(n) = SHA-256(hash(n−1) ‖ canonical record n). Personal fields are not in the
 * record: it holds SHA-256(salt ‖ canonical personal fields), and salt and fields lie sealed beside it. So the chain
 * still verifies when the key of the personal fields is gone, and says nothing about them.
 */
import { createHash, randomBytes } from "node:crypto";

export type ChainRecord = {
  /** The chain's name: an instance id, or `organisation`. A record cannot be moved to another chain. */
  readonly chain: string;
  readonly seq: number;
  /** ms since 1970 UTC. */
  readonly at: number;
  readonly type: string;
  /** Canonical JSON, without the personal fields. */
  readonly data: string;
  readonly commitment: Buffer | null;
};

/** What stands before the first record: a chain cannot be restarted under another name unseen. */
export function genesis(chain: string): Buffer {
  return sha256(Buffer.from(`sekisho chain ${chain}`));
}

export function hashRecord(previous: Buffer, record: ChainRecord): Buffer {
  const { chain, seq, at, type, data } = record;
  const text = canonical({
    chain,
    seq,
    at,
    type,
    data,
    commitment: record.commitment?.toString("base64") ?? null,
  });
  return sha256(Buffer.concat([previous, Buffer.from(text)]));
}

export type Committed = { readonly commitment: Buffer; readonly opening: Buffer };

/** `opening` is what is sealed: 32 bytes of salt, then the fields. */
export function commit(personal: unknown): Committed {
  const opening = Buffer.concat([randomBytes(32), Buffer.from(canonical(personal))]);
  return { commitment: sha256(opening), opening };
}

/** The personal fields, if they are the ones that were committed to; null otherwise. */
export function reveal(commitment: Buffer, opening: Buffer): unknown {
  return revealSalted(commitment, opening)?.personal ?? null;
}

export type Revealed = { readonly personal: unknown; readonly salt: Buffer };

/** With the salt: whoever is shown the fields may be shown that they are the ones in the chain. */
export function revealSalted(commitment: Buffer, opening: Buffer): Revealed | null {
  if (!sha256(opening).equals(commitment)) return null;
  const personal: unknown = JSON.parse(opening.subarray(32).toString("utf8"));
  return { personal, salt: opening.subarray(0, 32) };
}

/** JSON with sorted keys and no spaces; `undefined` fields are left out, Maps and functions are an error. */
export function canonical(value: unknown): string {
  if (value === null || typeof value !== "object") {
    const text = JSON.stringify(value);
    if (text === undefined) throw new Error("not a value that can be logged");
    return text;
  }
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  fields.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join(",")}}`;
}

function sha256(bytes: Buffer): Buffer {
  return createHash("sha256").update(bytes).digest();
}
