/**
 * The two cipher suites, and the only ones (ENC-2). Hash, HMAC and HKDF are computed synchronously: a commit asks for
 * hundreds of short ones, and WebCrypto's turn-around would be most of the time. Everything with a private key is WebCrypto.
 */
import {
  Aes128Gcm,
  Aes256Gcm,
  CipherSuite,
  DhkemP256HkdfSha256,
  DhkemP384HkdfSha384,
  HkdfSha256,
  HkdfSha384,
} from "@hpke/core";
import { expand, extract } from "@noble/hashes/hkdf.js";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256, sha384 } from "@noble/hashes/sha2.js";
import type { Aead } from "ts-mls/crypto/aead.js";
import type { CiphersuiteImpl } from "ts-mls/crypto/ciphersuite.js";
import type { HpkeAlgorithm } from "ts-mls/crypto/hpke.js";
import { makeGenericHpke } from "ts-mls/crypto/implementation/hpke.js";
import { copyOf, sameBytes } from "./bytes.ts";
import type { DeviceKey, Suite } from "./group.ts";
import { signatureOf } from "./signature.ts";
import { factsOf } from "./suite-facts.ts";

const hpkeOf: Record<Suite, () => readonly [HpkeAlgorithm, CipherSuite]> = {
  p256: () => [
    { kem: "DHKEM-P256-HKDF-SHA256", kdf: "HKDF-SHA256", aead: "AES128GCM" },
    new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes128Gcm() }),
  ],
  p384: () => [
    { kem: "DHKEM-P384-HKDF-SHA384", kdf: "HKDF-SHA384", aead: "AES256GCM" },
    new CipherSuite({ kem: new DhkemP384HkdfSha384(), kdf: new HkdfSha384(), aead: new Aes256Gcm() }),
  ],
};

/** The library's view of a suite; signs with this key where one is given, and only for whoever holds its handle. */
export async function suiteWith(suite: Suite, key: DeviceKey | null): Promise<CiphersuiteImpl> {
  const { name, hashLength } = factsOf(suite);
  const hash = suite === "p256" ? sha256 : sha384;
  const [algorithm, hpke] = hpkeOf[suite]();
  const mac = (secret: Uint8Array, data: Uint8Array) => hmac(hash, secret, data);
  return {
    name,
    hash: {
      digest: async (data) => hash(data),
      mac: async (secret, data) => mac(secret, data),
      verifyMac: async (secret, tag, data) => sameBytes(mac(secret, data), tag),
    },
    kdf: {
      size: hashLength,
      extract: async (salt, secret) => extract(hash, secret, salt),
      expand: async (secret, info, length) => expand(hash, secret, info, length),
    },
    hpke: await makeGenericHpke(algorithm, aead, hpke),
    signature: signatureOf(suite, key),
    rng: { randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)) },
  };
}

const aead: Aead = {
  encrypt: async (key, nonce, additionalData, plaintext) =>
    aes("encrypt", key, aesWith(nonce, additionalData), plaintext),
  decrypt: async (key, nonce, additionalData, ciphertext) =>
    aes("decrypt", key, aesWith(nonce, additionalData), ciphertext),
};

function aesWith(nonce: Uint8Array, additionalData: Uint8Array): AesGcmParams {
  return { name: "AES-GCM", iv: copyOf(nonce), additionalData: copyOf(additionalData) };
}

async function aes(
  what: "encrypt" | "decrypt",
  key: Uint8Array,
  parameters: AesGcmParams,
  data: Uint8Array,
): Promise<Uint8Array> {
  const imported = await crypto.subtle.importKey("raw", copyOf(key), "AES-GCM", false, [what]);
  return new Uint8Array(await crypto.subtle[what](parameters, imported, copyOf(data)));
}
