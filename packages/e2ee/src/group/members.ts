/** The members of a tree: one leaf each, and no two that could be taken for each other. */
import { sha256 } from "@noble/hashes/sha2.js";
import type { LeafNode } from "ts-mls/leafNode.js";
import type { RatchetTree } from "ts-mls/ratchetTree.js";
import { base64url, keyOf } from "./bytes.ts";
import { GroupRefused, type GroupPolicy, type LeafIdentity, type Member } from "./group.ts";
import { isOfGroup } from "./policy.ts";
import { identityOfLeaf } from "./profile.ts";

/** Leaves are never changed, only replaced: what was once read of one stays true. */
const known = new WeakMap<LeafNode, LeafIdentity & { readonly key: string }>();

export function keyName(signaturePublicKey: Uint8Array): string {
  return base64url(sha256(signaturePublicKey));
}

function read(leaf: LeafNode, policy: GroupPolicy): LeafIdentity & { readonly key: string } {
  const identity = known.get(leaf) ?? {
    ...identityOfLeaf(leaf, policy.suite),
    key: keyName(leaf.signaturePublicKey),
  };
  known.set(leaf, identity);
  if (!isOfGroup(identity, policy)) throw new GroupRefused("foreign");
  return identity;
}

export function leafAt(tree: RatchetTree, leaf: number): LeafNode | null {
  const node = tree[leaf * 2];
  return node?.nodeType === "leaf" ? node.leaf : null;
}

export function memberAt(tree: RatchetTree, leaf: number, policy: GroupPolicy): Member | null {
  const node = leafAt(tree, leaf);
  return node === null ? null : { ...read(node, policy), leaf };
}

/** In the order of the leaves. Throws `broken` for a leaf that is no member's. */
export function membersOf(tree: RatchetTree, policy: GroupPolicy): readonly Member[] {
  return tree.flatMap((node, at) => {
    if (node?.nodeType !== "leaf") return [];
    if (at % 2 !== 0) throw new GroupRefused("broken");
    return [{ ...read(node.leaf, policy), leaf: at / 2 }];
  });
}

/** RFC 9420, 7.3 asks for the keys; that nobody is there twice is ours. */
export function refuseDoubles(tree: RatchetTree, policy: GroupPolicy): void {
  const members = membersOf(tree, policy);
  const encryptionKeys = tree.flatMap((node) => {
    if (node === undefined) return [];
    return [keyOf(node.nodeType === "leaf" ? node.leaf.hpkePublicKey : node.parent.hpkePublicKey)];
  });
  const single =
    new Set(members.map(({ member }) => member)).size === members.length &&
    new Set(members.map(({ key }) => key)).size === members.length &&
    new Set(encryptionKeys).size === encryptionKeys.length;
  if (!single) throw new GroupRefused("forbidden");
}

/** Whoever has been removed is not heard any more, not even with what it sealed before. */
export function isStillThere(
  { tree, policy }: { readonly tree: RatchetTree; readonly policy: GroupPolicy },
  from: Member,
): boolean {
  return memberAt(tree, from.leaf, policy)?.key === from.key;
}
