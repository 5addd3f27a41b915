/**
 * As much of the protobuf wire format as a gate needs: a walk over the fields of one message, and writing
 * fields anew. Knows nothing of LiveKit. Never throws; work is linear in the input and bounded by `maxFields`.
 */

export type Field =
  | { readonly wire: "varint"; readonly number: number; readonly value: number; readonly raw: Uint8Array }
  | { readonly wire: "fixed"; readonly number: number; readonly raw: Uint8Array }
  | { readonly wire: "bytes"; readonly number: number; readonly value: Uint8Array; readonly raw: Uint8Array };

const maxFieldNumber = 2 ** 29 - 1;
const maxVarintBytes = 10;

/**
 * The fields of a message in order, or `undefined` when it is not one. Groups (deprecated) count as damage.
 * A varint beyond 2^32-1 has the value NaN: other decoders cut such numbers to 32 bits, so that 2^32 + 2 would
 * pass for 2 over there; NaN equals nothing.
 */
export function readFields(bytes: Uint8Array, maxFields = 4096): readonly Field[] | undefined {
  const fields: Field[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (fields.length >= maxFields) return undefined;
    const field = readField(bytes, at);
    if (field === undefined) return undefined;
    fields.push(field);
    at += field.raw.length;
  }
  return fields;
}

function readField(bytes: Uint8Array, start: number): Field | undefined {
  const tag = readVarint(bytes, start);
  if (tag === undefined || Number.isNaN(tag.value)) return undefined;
  const number = Math.floor(tag.value / 8);
  if (number < 1 || number > maxFieldNumber) return undefined;
  const rawUntil = (end: number) => bytes.subarray(start, end);
  switch (tag.value % 8) {
    case 0: {
      const varint = readVarint(bytes, tag.end);
      return varint && { wire: "varint", number, value: varint.value, raw: rawUntil(varint.end) };
    }
    case 1:
      return fixed(bytes, number, rawUntil, tag.end + 8);
    case 5:
      return fixed(bytes, number, rawUntil, tag.end + 4);
    case 2: {
      const length = readVarint(bytes, tag.end);
      if (length === undefined || Number.isNaN(length.value)) return undefined;
      const end = length.end + length.value;
      if (end > bytes.length) return undefined;
      return { wire: "bytes", number, value: bytes.subarray(length.end, end), raw: rawUntil(end) };
    }
    default:
      return undefined;
  }
}

function fixed(
  bytes: Uint8Array,
  number: number,
  rawUntil: (end: number) => Uint8Array,
  end: number,
): Field | undefined {
  return end > bytes.length ? undefined : { wire: "fixed", number, raw: rawUntil(end) };
}

function readVarint(bytes: Uint8Array, start: number): { value: number; end: number } | undefined {
  let value = 0;
  for (let i = 0; i < maxVarintBytes; i += 1) {
    const byte = bytes[start + i];
    if (byte === undefined) return undefined;
    value += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80) return { value: value > 0xffff_ffff ? Number.NaN : value, end: start + i + 1 };
  }
  return undefined;
}

/** @param value an integer from 0 to 2^53-1. */
function varint(value: number): number[] {
  const out: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    out.push((rest % 0x80) + 0x80);
    rest = Math.floor(rest / 0x80);
  }
  out.push(rest);
  return out;
}

export function varintField(number: number, value: number): Uint8Array {
  return Uint8Array.from([...varint(number * 8), ...varint(value)]);
}

export function bytesField(number: number, value: Uint8Array): Uint8Array {
  return concat([Uint8Array.from([...varint(number * 8 + 2), ...varint(value.length)]), value]);
}

export function textField(number: number, value: string): Uint8Array {
  return bytesField(number, new TextEncoder().encode(value));
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** The single field of that number and of wire type bytes; `undefined` if absent, doubled or of another type. */
export function onlyBytes(fields: readonly Field[], number: number): Uint8Array | undefined {
  const found = fields.filter((field) => field.number === number);
  const [field] = found;
  return found.length === 1 && field?.wire === "bytes" ? field.value : undefined;
}

/** The same for a varint; an absent one is 0, as proto3 has it. */
export function onlyVarint(fields: readonly Field[], number: number): number | undefined {
  const found = fields.filter((field) => field.number === number);
  if (found.length === 0) return 0;
  const [field] = found;
  return found.length === 1 && field?.wire === "varint" ? field.value : undefined;
}

/** One byte, one character: identifiers are ASCII, and SDP survives the way there and back unchanged. */
export function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}
