/** The header of RFC 9605, 4.3: key id and counter in as few bytes as they need. Written one way, and read that way only. */

export type Header = { readonly keyId: bigint; readonly counter: bigint };

/** Values up to 7 stand in the first byte; larger ones say there how many bytes follow, less one. */
const INLINE = 7n;

export function encodeHeader({ keyId, counter }: Header): Uint8Array {
  const first = (field(keyId) << 4) | field(counter);
  return Uint8Array.from([first, ...following(keyId), ...following(counter)]);
}

/** Null unless these bytes are exactly what `encodeHeader` makes of some header. */
export function decodeHeader(bytes: Uint8Array): Header | null {
  const first = bytes[0];
  if (first === undefined) return null;
  const keyIdLength = lengthIn(first >> 4);
  const counterLength = lengthIn(first & 15);
  if (bytes.length !== 1 + keyIdLength + counterLength) return null;
  const header = {
    keyId: keyIdLength === 0 ? BigInt(first >> 4) : numberIn(bytes.subarray(1, 1 + keyIdLength)),
    counter: counterLength === 0 ? BigInt(first & 15) : numberIn(bytes.subarray(1 + keyIdLength)),
  };
  // A longer form of the same number would be a second way to write the same frame.
  return encodeHeader(header).length === bytes.length ? header : null;
}

function field(value: bigint): number {
  return value <= INLINE ? Number(value) : 8 | (following(value).length - 1);
}

function lengthIn(four: number): number {
  return four < 8 ? 0 : (four & 7) + 1;
}

function following(value: bigint): readonly number[] {
  if (value <= INLINE) return [];
  const bytes: number[] = [];
  for (let rest = value; rest > 0n; rest >>= 8n) bytes.unshift(Number(rest & 255n));
  return bytes;
}

function numberIn(bytes: Uint8Array): bigint {
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  return value;
}
