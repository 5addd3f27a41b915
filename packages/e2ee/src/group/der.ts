/** ECDSA signatures: MLS carries them in DER (RFC 9420, 5.1.2, after RFC 8446), WebCrypto makes and takes r and s side by side. */

/** `half` is the length of r and of s in bytes: at most 48 here, so that every DER length fits one byte. */
export function derOfSignature(raw: Uint8Array): Uint8Array {
  const half = raw.length / 2;
  const r = derInteger(raw.subarray(0, half));
  const s = derInteger(raw.subarray(half));
  return Uint8Array.of(0x30, r.length + s.length, ...r, ...s);
}

/** Null where it is not exactly the one DER form of two numbers of this size. */
export function rawOfSignature(der: Uint8Array, half: number): Uint8Array | null {
  if (der[0] !== 0x30 || der[1] !== der.length - 2 || der.length > 127) return null;
  const r = integerAt(der, 2, half);
  if (r === null) return null;
  const s = integerAt(der, r.next, half);
  if (s === null || s.next !== der.length) return null;
  const raw = new Uint8Array(half * 2);
  raw.set(r.value, half - r.value.length);
  raw.set(s.value, half * 2 - s.value.length);
  return raw;
}

function derInteger(fixed: Uint8Array): Uint8Array {
  const from = fixed.findIndex((byte) => byte !== 0);
  const value = from === -1 ? Uint8Array.of(0) : fixed.subarray(from);
  const padded = (value[0] ?? 0) >= 0x80 ? Uint8Array.of(0, ...value) : value;
  return Uint8Array.of(0x02, padded.length, ...padded);
}

function integerAt(der: Uint8Array, at: number, half: number): { value: Uint8Array; next: number } | null {
  const length = der[at + 1];
  if (der[at] !== 0x02 || length === undefined || length === 0) return null;
  const next = at + 2 + length;
  if (next > der.length) return null;
  const value = der.subarray(at + 2, next);
  const [first = 0, second = 0] = value;
  if (first >= 0x80 || (first === 0 && length > 1 && second < 0x80)) return null;
  const trimmed = first === 0 ? value.subarray(1) : value;
  return trimmed.length > half ? null : { value: trimmed, next };
}
