/** The Welcome for those whom a commit adds (RFC 9420, 12.4.3.1): one for all, with the whole tree in it. */
import { signGroupInfo } from "ts-mls/groupInfo.js";
import { makeKeyPackageRef, type KeyPackage } from "ts-mls/keyPackage.js";
import { encodeRatchetTree, type RatchetTree } from "ts-mls/ratchetTree.js";
import { toLeafIndex, type LeafIndex } from "ts-mls/treemath.js";
import { firstCommonAncestor, type PathSecret } from "ts-mls/updatePath.js";
import { encryptGroupInfo, encryptGroupSecrets, type EncryptedGroupSecrets } from "ts-mls/welcome.js";
import type { Entered } from "./epoch.ts";
import type { Means, State } from "./state.ts";
import { keyHandle } from "./suite-facts.ts";
import { bytesOfWelcome } from "./wire.ts";

type Welcoming = {
  readonly state: State;
  readonly entered: Entered;
  readonly tree: RatchetTree;
  readonly added: readonly (readonly [LeafIndex, KeyPackage])[];
  readonly path: readonly PathSecret[];
};

/** Null where nobody is added. */
export async function makeWelcome(welcoming: Welcoming, { cs }: Means): Promise<Uint8Array | null> {
  const { state, entered, tree, added } = welcoming;
  if (added.length === 0) return null;
  const groupInfo = await signGroupInfo(
    {
      groupContext: entered.context,
      extensions: [{ extensionType: "ratchet_tree", extensionData: encodeRatchetTree(tree) }],
      confirmationTag: entered.confirmationTag,
      signer: state.leaf,
    },
    keyHandle,
    cs.signature,
  );
  const encryptedGroupInfo = await encryptGroupInfo(groupInfo, entered.epoch.welcomeSecret, cs);
  const secrets = await Promise.all(
    added.map(async (one) => await secretsFor(one, encryptedGroupInfo, welcoming, cs)),
  );
  return bytesOfWelcome({ cipherSuite: entered.context.cipherSuite, secrets, encryptedGroupInfo });
}

async function secretsFor(
  [leaf, keyPackage]: readonly [LeafIndex, KeyPackage],
  encryptedGroupInfo: Uint8Array,
  { state, entered, tree, path }: Welcoming,
  cs: Means["cs"],
): Promise<EncryptedGroupSecrets> {
  const shared = path.length === 0 ? null : firstCommonAncestor(tree, leaf, toLeafIndex(state.leaf));
  const pathSecret = path.find(({ nodeIndex }) => nodeIndex === shared)?.secret;
  const { enc, ct } = await encryptGroupSecrets(
    await cs.hpke.importPublicKey(keyPackage.initKey),
    encryptedGroupInfo,
    { joinerSecret: entered.epoch.joinerSecret, pathSecret, psks: [] },
    cs.hpke,
  );
  return {
    newMember: await makeKeyPackageRef(keyPackage, cs.hash),
    encryptedGroupSecrets: { kemOutput: enc, ciphertext: ct },
  };
}
