/** Joining by a Welcome (RFC 9420, 12.4.3.1), for a group of this profile only. */
import type { GroupContext } from "ts-mls/groupContext.js";
import { ratchetTreeFromExtension, verifyGroupInfoSignature, type GroupInfo } from "ts-mls/groupInfo.js";
import type { GroupSecrets } from "ts-mls/groupSecrets.js";
import { makeKeyPackageRef } from "ts-mls/keyPackage.js";
import { deriveKeySchedule } from "ts-mls/keySchedule.js";
import {
  findLeafIndex,
  filteredDirectPathAndCopathResolution,
  type RatchetTree,
} from "ts-mls/ratchetTree.js";
import { createSecretTree } from "ts-mls/secretTree.js";
import { isAncestor, leafToNodeIndex, leafWidth, toLeafIndex, toNodeIndex } from "ts-mls/treemath.js";
import { decryptGroupInfo, decryptGroupSecrets, type Welcome } from "ts-mls/welcome.js";
import { sameBytes, wipe } from "./bytes.ts";
import { GroupRefused, type GroupPolicy } from "./group.ts";
import { leafAt, memberAt } from "./members.ts";
import type { Package } from "./key-packages.ts";
import { policyIn } from "./policy.ts";
import { climb } from "./receive-path.ts";
import type { Means, State } from "./state.ts";
import { factsOf } from "./suite-facts.ts";
import { checkTree } from "./tree.ts";
import { welcomeIn } from "./wire.ts";

type Invited = {
  readonly info: GroupInfo;
  readonly secrets: GroupSecrets;
  readonly tree: RatchetTree;
  readonly policy: GroupPolicy;
};

export async function joinBy(bytes: Uint8Array, own: Package, means: Means): Promise<State> {
  const welcome = welcomeIn(bytes);
  if (welcome.cipherSuite !== factsOf(means.suite).name) throw new GroupRefused("foreign");
  try {
    const invited = await unwrapped(welcome, own, means);
    await checkInvitation(invited, means);
    return await entered(invited, own, means);
  } catch (fault) {
    throw fault instanceof GroupRefused ? fault : new GroupRefused("broken");
  }
}

async function unwrapped(welcome: Welcome, own: Package, { suite, cs }: Means): Promise<Invited> {
  const reference = await makeKeyPackageRef(own.keyPackage, cs.hash);
  if (!welcome.secrets.some(({ newMember }) => sameBytes(newMember, reference))) {
    throw new GroupRefused("foreign");
  }
  const key = await cs.hpke.importPrivateKey(own.initKey);
  const secrets = await decryptGroupSecrets(key, reference, welcome, cs.hpke);
  if (secrets === undefined) throw new GroupRefused("broken");
  if (secrets.psks.length > 0) throw new GroupRefused("forbidden");
  const noPsk = new Uint8Array(cs.kdf.size);
  const info = await decryptGroupInfo(welcome, secrets.joinerSecret, noPsk, cs);
  const [tree, ...others] = info?.extensions ?? [];
  if (info === undefined || others.length > 0 || tree?.extensionType !== "ratchet_tree") {
    throw new GroupRefused("forbidden");
  }
  const ratchetTree = ratchetTreeFromExtension(info);
  const policy = policyOfContext(info.groupContext, suite);
  if (ratchetTree === undefined) throw new GroupRefused("broken");
  return { info, secrets, tree: ratchetTree, policy };
}

function policyOfContext(context: GroupContext, suite: Means["suite"]): GroupPolicy {
  const policy = policyIn(context.extensions);
  const ours = context.version === "mls10" && context.cipherSuite === factsOf(suite).name;
  if (policy === null || !ours || policy.suite !== suite) throw new GroupRefused("foreign");
  return policy;
}

/** Invited into the group one asked for, by a member of it who may admit, with a tree in which everything is in order. */
async function checkInvitation({ info, tree, policy }: Invited, means: Means): Promise<void> {
  await checkTree(tree, info.groupContext, policy, means.cs);
  const signer = memberAt(tree, info.signer, policy);
  const leaf = leafAt(tree, info.signer);
  if (signer === null || leaf === null || !policy.admit.includes(signer.member)) {
    throw new GroupRefused("forbidden");
  }
  if (!(await verifyGroupInfoSignature(info, leaf.signaturePublicKey, means.cs.signature))) {
    throw new GroupRefused("broken");
  }
}

async function entered(
  { info, secrets, tree, policy }: Invited,
  own: Package,
  { cs }: Means,
): Promise<State> {
  const leaf = findLeafIndex(tree, own.keyPackage.leafNode);
  if (leaf === undefined || leaf === info.signer) throw new GroupRefused("broken");
  const above = await keysAbove(tree, leaf, { signer: info.signer, secret: secrets.pathSecret }, cs);
  const noPsk = new Uint8Array(cs.kdf.size);
  const context = info.groupContext;
  const [schedule, encryptionSecret] = await deriveKeySchedule(secrets.joinerSecret, noPsk, context, cs.kdf);
  const { confirmationKey } = schedule;
  const tag = await cs.hash.mac(confirmationKey, context.confirmedTranscriptHash);
  if (!sameBytes(tag, info.confirmationTag)) throw new GroupRefused("broken");
  const secretTree = await createSecretTree(leafWidth(tree.length), encryptionSecret, cs.kdf);
  wipe(encryptionSecret, secrets.joinerSecret, own.initKey);
  const keys = { ...above, [leafToNodeIndex(leaf)]: own.leafKey };
  const { confirmationTag } = info;
  return { context, policy, tree, secrets: secretTree, leaf, schedule, confirmationTag, keys, past: null };
}

/** The keys from the first node that the newcomer shares with whoever added it, where that commit had a path. */
async function keysAbove(
  tree: RatchetTree,
  leaf: number,
  { signer, secret }: { readonly signer: number; readonly secret: Uint8Array | undefined },
  cs: Means["cs"],
): Promise<State["keys"]> {
  if (secret === undefined) return {};
  const own = leafToNodeIndex(toLeafIndex(leaf));
  const nodes = filteredDirectPathAndCopathResolution(toLeafIndex(signer), tree)
    .map(({ nodeIndex }) => nodeIndex)
    .filter((node) => isAncestor(own, toNodeIndex(node), tree.length));
  const shown = nodes.map((node) => {
    const there = tree[node];
    return { hpkePublicKey: there?.nodeType === "parent" ? there.parent.hpkePublicKey : new Uint8Array() };
  });
  const { keys, commitSecret } = await climb(secret, nodes, shown, cs);
  wipe(commitSecret);
  return keys;
}
