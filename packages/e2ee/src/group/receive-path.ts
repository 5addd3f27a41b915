/** The new keys that a commit brings (RFC 9420, 7.5 and 12.4.2): its committer's leaf, and those above it. */
import { applyUpdatePathSecret } from "ts-mls/createCommit.js";
import { deriveSecret } from "ts-mls/crypto/kdf.js";
import { encodeCapabilities } from "ts-mls/capabilities.js";
import { encodeCredential } from "ts-mls/credential.js";
import { verifyLeafNodeSignature, type LeafNode } from "ts-mls/leafNode.js";
import { filteredDirectPathAndCopathResolution, type RatchetTree } from "ts-mls/ratchetTree.js";
import { treeHashRoot } from "ts-mls/treeHash.js";
import { leafToNodeIndex, toLeafIndex } from "ts-mls/treemath.js";
import { applyUpdatePath, type UpdatePath } from "ts-mls/updatePath.js";
import { sameBytes, wipe } from "./bytes.ts";
import { contextWith } from "./epoch.ts";
import { GroupRefused } from "./group.ts";
import { leafAt, refuseDoubles } from "./members.ts";
import type { Outcome } from "./plan.ts";
import type { Means, State } from "./state.ts";

export type Followed = {
  readonly tree: RatchetTree;
  readonly keys: State["keys"];
  readonly commitSecret: Uint8Array;
};

type Sent = { readonly sender: number; readonly path: UpdatePath | undefined };

export async function applyPath(
  state: State,
  outcome: Outcome,
  { sender, path }: Sent,
  means: Means,
): Promise<Followed> {
  if (path === undefined) {
    return { tree: outcome.tree, keys: state.keys, commitSecret: new Uint8Array(means.cs.kdf.size) };
  }
  await refuseOtherLeaf(state, sender, path.leafNode, means);
  refuseOddPath(outcome, sender, path);
  try {
    const tree = await applyUpdatePath(outcome.tree, toLeafIndex(sender), path, means.cs.hash);
    refuseDoubles(tree, outcome.policy);
    const secrets = await secretsAbove(state, outcome, { sender, path, tree }, means);
    return { tree, ...secrets };
  } catch (fault) {
    throw fault instanceof GroupRefused ? fault : new GroupRefused("broken");
  }
}

/** A path renews keys, and nothing else: who somebody is, and the key that proves it, stay as they were admitted. */
async function refuseOtherLeaf(state: State, sender: number, leaf: LeafNode, { cs }: Means): Promise<void> {
  const before = leafAt(state.tree, sender);
  const same =
    before !== null &&
    leaf.leafNodeSource === "commit" &&
    leaf.extensions.length === 0 &&
    sameBytes(leaf.signaturePublicKey, before.signaturePublicKey) &&
    sameBytes(encodeCredential(leaf.credential), encodeCredential(before.credential)) &&
    sameBytes(encodeCapabilities(leaf.capabilities), encodeCapabilities(before.capabilities));
  if (!same) throw new GroupRefused("forbidden");
  if (!(await verifyLeafNodeSignature(leaf, state.context.groupId, sender, cs.signature))) {
    throw new GroupRefused("broken");
  }
}

/** One node for each step, and in each a secret for everybody who is below it and was there before (RFC 9420, 7.6). */
function refuseOddPath({ tree, added }: Outcome, sender: number, path: UpdatePath): void {
  const steps = filteredDirectPathAndCopathResolution(toLeafIndex(sender), tree);
  const fresh = new Set<number>(added.map(([leaf]) => leafToNodeIndex(leaf)));
  const fits =
    path.nodes.length === steps.length &&
    steps.every(({ resolution }, at) => {
      const receivers = resolution.filter((node) => !fresh.has(node));
      return path.nodes[at]?.encryptedPathSecret.length === receivers.length;
    });
  if (!fits) throw new GroupRefused("broken");
}

async function secretsAbove(
  state: State,
  outcome: Outcome,
  { sender, path, tree }: { readonly sender: number; readonly path: UpdatePath; readonly tree: RatchetTree },
  { cs }: Means,
): Promise<Pick<Followed, "keys" | "commitSecret">> {
  const context = {
    ...contextWith(state, outcome.policy),
    treeHash: await treeHashRoot(tree, cs.hash),
    epoch: state.context.epoch + 1n,
  };
  const fresh = outcome.added.map(([leaf]) => leafToNodeIndex(leaf));
  const own = { leafIndex: state.leaf, privateKeys: { ...state.keys } };
  const from = toLeafIndex(sender);
  const { nodeIndex, pathSecret } = await applyUpdatePathSecret(tree, own, from, context, path, fresh, cs);
  const steps = filteredDirectPathAndCopathResolution(from, outcome.tree).map((step) => step.nodeIndex);
  const start = steps.indexOf(nodeIndex);
  const climbed = await climb(pathSecret, steps.slice(start), path.nodes.slice(start), cs);
  return { keys: { ...state.keys, ...climbed.keys }, commitSecret: climbed.commitSecret };
}

/** From one path secret to the top; each must make the public key that the path shows there (RFC 9420, 7.5). */
export async function climb(
  pathSecret: Uint8Array,
  nodes: readonly number[],
  shown: readonly { readonly hpkePublicKey: Uint8Array }[],
  cs: Means["cs"],
): Promise<Pick<Followed, "keys" | "commitSecret">> {
  const keys: Record<number, Uint8Array> = {};
  let secret = pathSecret;
  for (const [at, node] of nodes.entries()) {
    const nodeSecret = await deriveSecret(secret, "node", cs.kdf);
    const pair = await cs.hpke.deriveKeyPair(nodeSecret);
    const publicKey = await cs.hpke.exportPublicKey(pair.publicKey);
    if (!sameBytes(publicKey, shown[at]?.hpkePublicKey ?? new Uint8Array())) throw new GroupRefused("broken");
    keys[node] = await cs.hpke.exportPrivateKey(pair.privateKey);
    const following = await deriveSecret(secret, "path", cs.kdf);
    wipe(secret, nodeSecret);
    secret = following;
  }
  return { keys, commitSecret: secret };
}
