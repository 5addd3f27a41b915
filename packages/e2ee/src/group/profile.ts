/** What a leaf of ours says it can do, and what we ask of anybody's leaf and key package. */
import type { Capabilities } from "ts-mls/capabilities.js";
import type { CiphersuiteImpl } from "ts-mls/crypto/ciphersuite.js";
import { verifyKeyPackage, type KeyPackage } from "ts-mls/keyPackage.js";
import { verifyLeafNodeSignatureKeyPackage, type LeafNode } from "ts-mls/leafNode.js";
import type { Lifetime } from "ts-mls/lifetime.js";
import { sameBytes } from "./bytes.ts";
import { GroupRefused, type LeafIdentity, type Suite } from "./group.ts";
import { readIdentity } from "./identity.ts";
import { policyExtension } from "./policy.ts";
import { factsOf } from "./suite-facts.ts";

/** A key package holds for a day in all. It begins an hour early, for clocks that differ. */
const longestLifetime = 24n * 60n * 60n;
const early = 60n * 60n;

export function capabilitiesFor(suite: Suite): Capabilities {
  return {
    versions: ["mls10"],
    ciphersuites: [factsOf(suite).name],
    extensions: [policyExtension],
    proposals: [],
    credentials: ["basic"],
  };
}

export function lifetimeFromNow(): Lifetime {
  const notBefore = now() - early;
  return { notBefore, notAfter: notBefore + longestLifetime };
}

function now(): bigint {
  return BigInt(Math.floor(Date.now() / 1000));
}

/** Whom a leaf stands for. Throws `broken` where it is no leaf of this profile. Its signature is not looked at here. */
export function identityOfLeaf(leaf: LeafNode, suite: Suite): LeafIdentity {
  const { versions, ciphersuites, extensions, credentials } = leaf.capabilities;
  const { name, publicKeyLength } = factsOf(suite);
  const able =
    versions.includes("mls10") &&
    ciphersuites.includes(name) &&
    extensions.includes(policyExtension) &&
    credentials.includes("basic");
  const identity = leaf.credential.credentialType === "basic" ? readIdentity(leaf.credential.identity) : null;
  const shaped =
    leaf.extensions.length === 0 &&
    leaf.signaturePublicKey.length === publicKeyLength &&
    leaf.hpkePublicKey.length === publicKeyLength;
  if (!able || !shaped || identity === null || !boundedLifetime(leaf)) throw new GroupRefused("broken");
  return identity;
}

function boundedLifetime(leaf: LeafNode): boolean {
  if (leaf.leafNodeSource !== "key_package") return leaf.leafNodeSource === "commit";
  const { notBefore, notAfter } = leaf.lifetime;
  return notBefore <= notAfter && notAfter - notBefore <= longestLifetime;
}

/** Everything that RFC 9420, 10.1 asks of a key package that is to be added now, and this profile besides. */
export async function checkKeyPackage(
  keyPackage: KeyPackage,
  suite: Suite,
  cs: CiphersuiteImpl,
): Promise<LeafIdentity> {
  if (keyPackage.version !== "mls10" || keyPackage.cipherSuite !== factsOf(suite).name) {
    throw new GroupRefused("foreign");
  }
  const { leafNode, initKey } = keyPackage;
  const identity = identityOfLeaf(leafNode, suite);
  const { notBefore, notAfter } = leafNode.lifetime;
  if (notBefore > now() || notAfter < now()) throw new GroupRefused("stale");
  const sound =
    keyPackage.extensions.length === 0 &&
    !sameBytes(initKey, leafNode.hpkePublicKey) &&
    (await isPoint(initKey, cs)) &&
    (await isPoint(leafNode.hpkePublicKey, cs)) &&
    (await verifyLeafNodeSignatureKeyPackage(leafNode, cs.signature)) &&
    (await verifyKeyPackage(keyPackage, cs.signature));
  if (!sound) throw new GroupRefused("broken");
  return identity;
}

async function isPoint(key: Uint8Array, cs: CiphersuiteImpl): Promise<boolean> {
  try {
    await cs.hpke.importPublicKey(key);
    return true;
  } catch {
    return false;
  }
}
