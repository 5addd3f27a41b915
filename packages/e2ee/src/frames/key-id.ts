/**
 * Key ids under MLS (RFC 9605, 5.2): context ‖ sender's leaf ‖ low bits of the epoch, 64 bits in all. The context is
 * drawn anew by each instance: two of them with the same leaf and epoch, as after a restarted worker, have two keys.
 */
const EPOCH_BITS = 8n;
const LEAF_BITS = 16n;
export const CONTEXT_BYTES = 5;

export type KeyId = { readonly context: bigint; readonly leaf: number; readonly epoch: number };

export function keyIdOf({ context, leaf, epoch }: KeyId): bigint {
  if (!Number.isInteger(leaf) || leaf < 0 || leaf >= 2 ** Number(LEAF_BITS))
    throw new RangeError("a leaf is a number below 65,536");
  return (context << (LEAF_BITS + EPOCH_BITS)) | (BigInt(leaf) << EPOCH_BITS) | BigInt(lowBits(epoch));
}

/** Whose key it is, and the low bits of its epoch. */
export function readKeyId(keyId: bigint): { readonly leaf: number; readonly lowBits: number } {
  return {
    leaf: Number((keyId >> EPOCH_BITS) & ((1n << LEAF_BITS) - 1n)),
    lowBits: Number(keyId & ((1n << EPOCH_BITS) - 1n)),
  };
}

export function lowBits(epoch: number): number {
  return epoch % 2 ** Number(EPOCH_BITS);
}
