/** Names and lengths of the two cipher suites. */
import type { CiphersuiteName } from "ts-mls/crypto/ciphersuite.js";
import type { Suite } from "./group.ts";

export type SuiteFacts = {
  readonly name: CiphersuiteName;
  readonly curve: "P-256" | "P-384";
  readonly digest: "SHA-256" | "SHA-384";
  /** Of a hash and of a secret, in bytes. */
  readonly hashLength: number;
  /** Of an AEAD key, in bytes. */
  readonly keyLength: number;
  readonly publicKeyLength: number;
  /** The longest a DER signature gets. */
  readonly signatureLength: number;
};

const facts: Record<Suite, SuiteFacts> = {
  p256: {
    name: "MLS_128_DHKEMP256_AES128GCM_SHA256_P256",
    curve: "P-256",
    digest: "SHA-256",
    hashLength: 32,
    keyLength: 16,
    publicKeyLength: 65,
    signatureLength: 72,
  },
  p384: {
    name: "MLS_256_DHKEMP384_AES256GCM_SHA384_P384",
    curve: "P-384",
    digest: "SHA-384",
    hashLength: 48,
    keyLength: 32,
    publicKeyLength: 97,
    signatureLength: 104,
  },
};

export function factsOf(suite: Suite): SuiteFacts {
  return facts[suite];
}

/** What stands in the library's state where a private signature key would: it signs nothing by itself. */
export const keyHandle = new TextEncoder().encode("sekisho: no key!");
