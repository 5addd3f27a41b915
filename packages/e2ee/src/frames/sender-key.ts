/** Key and salt of one sender from the base key of the epoch (RFC 9605, 4.4.2), and the nonce of each frame. */
import type { Suite } from "../group/group.ts";

/** AES_128_GCM_SHA256_128 and AES_256_GCM_SHA512_128 of RFC 9605: tags of 16 bytes, nonces of 12. */
const suites = {
  p256: { id: 4, hash: "SHA-256", keyBytes: 16 },
  p384: { id: 5, hash: "SHA-512", keyBytes: 32 },
} as const;

export const TAG_BYTES = 16;
const NONCE_BYTES = 12;

export type SenderKey = { readonly key: CryptoKey; readonly salt: Uint8Array };

/** What sender keys are derived from. It cannot be read out again. */
export function importBaseKey(baseKey: Uint8Array): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", plain(baseKey), "HKDF", false, ["deriveKey", "deriveBits"]);
}

export async function deriveSenderKey(base: CryptoKey, suite: Suite, keyId: bigint): Promise<SenderKey> {
  const { hash, keyBytes } = suites[suite];
  const algorithm = (label: string) => ({
    name: "HKDF",
    hash,
    salt: new Uint8Array(0),
    info: info(label, keyId, suite),
  });
  const [key, salt] = await Promise.all([
    crypto.subtle.deriveKey(
      algorithm("SFrame 1.0 Secret key "),
      base,
      { name: "AES-GCM", length: keyBytes * 8 },
      false,
      ["encrypt", "decrypt"],
    ),
    crypto.subtle.deriveBits(algorithm("SFrame 1.0 Secret salt "), base, NONCE_BYTES * 8),
  ]);
  return { key, salt: new Uint8Array(salt) };
}

/** The salt with the counter added to its end by exclusive or. */
export function nonceOf(salt: Uint8Array, counter: bigint): Uint8Array<ArrayBuffer> {
  const nonce = new Uint8Array(salt);
  let rest = counter;
  for (let at = NONCE_BYTES - 1; rest > 0n; at -= 1) {
    nonce[at] = (nonce[at] ?? 0) ^ Number(rest & 255n);
    rest >>= 8n;
  }
  return nonce;
}

/** The same bytes, for WebCrypto, which takes none of a shared buffer. */
export function plain(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes.buffer instanceof ArrayBuffer
    ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : new Uint8Array(bytes);
}

function info(label: string, keyId: bigint, suite: Suite): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(label);
  const bytes = new Uint8Array(text.length + 10);
  bytes.set(text);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(text.length, keyId);
  view.setUint16(text.length + 8, suites[suite].id);
  return bytes;
}
