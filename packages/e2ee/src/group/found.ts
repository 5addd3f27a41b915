/** A new group with one member (RFC 9420, 11). */
import { deriveSecret } from "ts-mls/crypto/kdf.js";
import { initializeKeySchedule } from "ts-mls/keySchedule.js";
import type { RatchetTree } from "ts-mls/ratchetTree.js";
import { createSecretTree } from "ts-mls/secretTree.js";
import { treeHashRoot } from "ts-mls/treeHash.js";
import { wipe } from "./bytes.ts";
import { GroupRefused, type GroupPolicy } from "./group.ts";
import type { Package } from "./key-packages.ts";
import { extensionOf, isOfGroup, policyIn } from "./policy.ts";
import type { Means, State } from "./state.ts";
import { factsOf } from "./suite-facts.ts";

const groupIdLength = 16;

/** Throws `forbidden` where the founder could not admit, or the policy is none or another group's. */
export async function foundBy(own: Package, policy: GroupPolicy, { suite, cs }: Means): Promise<State> {
  const extensions = [extensionOf(policy)];
  const fits = policyIn(extensions) !== null && policy.suite === suite && isOfGroup(own.identity, policy);
  if (!fits || !policy.admit.includes(own.identity.member)) throw new GroupRefused("forbidden");
  const tree: RatchetTree = [{ nodeType: "leaf", leaf: own.keyPackage.leafNode }];
  const epochSecret = cs.rng.randomBytes(cs.kdf.size);
  const schedule = await initializeKeySchedule(epochSecret, cs.kdf);
  const encryptionSecret = await deriveSecret(epochSecret, "encryption", cs.kdf);
  const secrets = await createSecretTree(1, encryptionSecret, cs.kdf);
  wipe(epochSecret, encryptionSecret, own.initKey);
  const confirmedTranscriptHash = new Uint8Array();
  return {
    context: {
      version: "mls10",
      cipherSuite: factsOf(suite).name,
      groupId: cs.rng.randomBytes(groupIdLength),
      epoch: 0n,
      treeHash: await treeHashRoot(tree, cs.hash),
      confirmedTranscriptHash,
      extensions,
    },
    policy,
    tree,
    secrets,
    leaf: 0,
    schedule,
    confirmationTag: await cs.hash.mac(schedule.confirmationKey, confirmedTranscriptHash),
    keys: { 0: own.leafKey },
    past: null,
  };
}
