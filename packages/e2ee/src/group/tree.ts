/** A whole tree as a joiner gets it (RFC 9420, 7.3, 7.9 and 12.4.3.1): believed in no point before it has been looked at. */
import type { CiphersuiteImpl } from "ts-mls/crypto/ciphersuite.js";
import type { GroupContext } from "ts-mls/groupContext.js";
import {
  verifyLeafNodeSignature,
  verifyLeafNodeSignatureKeyPackage,
  type LeafNode,
} from "ts-mls/leafNode.js";
import { verifyParentHashes } from "ts-mls/parentHash.js";
import type { RatchetTree } from "ts-mls/ratchetTree.js";
import { treeHashRoot } from "ts-mls/treeHash.js";
import { directPath, leafToNodeIndex, leafWidth, toLeafIndex } from "ts-mls/treemath.js";
import { sameBytes } from "./bytes.ts";
import { GroupRefused, type GroupPolicy } from "./group.ts";
import { leafAt, refuseDoubles } from "./members.ts";

export async function checkTree(
  tree: RatchetTree,
  context: GroupContext,
  policy: GroupPolicy,
  cs: CiphersuiteImpl,
): Promise<void> {
  if (!wellFormed(tree)) throw new GroupRefused("broken");
  refuseDoubles(tree, policy);
  if (!sameBytes(await treeHashRoot(tree, cs.hash), context.treeHash)) throw new GroupRefused("broken");
  const signed = await Promise.all(
    tree.map(async (node, at) =>
      node?.nodeType === "leaf" ? await isSigned(node.leaf, at / 2, context.groupId, cs) : true,
    ),
  );
  const sound = signed.every(Boolean) && (await verifyParentHashes(tree, cs.hash));
  if (!sound) throw new GroupRefused("broken");
}

async function isSigned(
  leaf: LeafNode,
  index: number,
  groupId: Uint8Array,
  cs: CiphersuiteImpl,
): Promise<boolean> {
  if (isOfKeyPackage(leaf)) return await verifyLeafNodeSignatureKeyPackage(leaf, cs.signature);
  return await verifyLeafNodeSignature(leaf, groupId, index, cs.signature);
}

function isOfKeyPackage(leaf: LeafNode): leaf is LeafNode & { leafNodeSource: "key_package" } {
  return leaf.leafNodeSource === "key_package";
}

/** Leaves on even places, parents between them, and every unmerged leaf there, below, and named by all between. */
function wellFormed(tree: RatchetTree): boolean {
  return tree.every((node, at) => {
    if (node === undefined) return true;
    if (node.nodeType === "leaf") return at % 2 === 0;
    const { unmergedLeaves } = node.parent;
    const ascending = unmergedLeaves.every(
      (leaf, place) => place === 0 || leaf > (unmergedLeaves[place - 1] ?? leaf),
    );
    return at % 2 === 1 && ascending && unmergedLeaves.every((leaf) => isUnmergedUnder(tree, leaf, at));
  });
}

/**
 * Compared for the one leaf only: two parents may rightly differ in other leaves, which the library's own check of a tree
 * takes for a fault.
 */
function isUnmergedUnder(tree: RatchetTree, leaf: number, parent: number): boolean {
  if (leafAt(tree, leaf) === null) return false;
  const above = directPath(leafToNodeIndex(toLeafIndex(leaf)), leafWidth(tree.length)).map(Number);
  const top = above.indexOf(parent);
  if (top === -1) return false;
  return above.slice(0, top).every((at) => {
    const between = tree[at];
    return (
      between === undefined ||
      (between.nodeType === "parent" && between.parent.unmergedLeaves.some((one) => one === leaf))
    );
  });
}
