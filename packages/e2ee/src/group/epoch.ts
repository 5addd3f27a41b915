/** The key schedule from one epoch to the next (RFC 9420, 8), the same for whoever commits and whoever receives. */
import type { FramedContentCommit } from "ts-mls/framedContent.js";
import { nextEpochContext } from "ts-mls/clientState.js";
import { createConfirmationTag } from "ts-mls/framedContent.js";
import type { GroupContext } from "ts-mls/groupContext.js";
import { initializeEpoch, type EpochSecrets } from "ts-mls/keySchedule.js";
import type { RatchetTree } from "ts-mls/ratchetTree.js";
import { createSecretTree, type SecretTree } from "ts-mls/secretTree.js";
import { treeHashRoot } from "ts-mls/treeHash.js";
import { leafWidth } from "ts-mls/treemath.js";
import { wipe } from "./bytes.ts";
import type { GroupPolicy } from "./group.ts";
import { extensionOf } from "./policy.ts";
import type { Means, State } from "./state.ts";

/** The context in which a commit is built: this epoch's, with the policy that the commit sets. */
export function contextWith({ context }: State, policy: GroupPolicy): GroupContext {
  return { ...context, extensions: [extensionOf(policy)] };
}

export type Entering = {
  readonly content: FramedContentCommit;
  readonly signature: Uint8Array;
  readonly tree: RatchetTree;
  readonly policy: GroupPolicy;
  readonly commitSecret: Uint8Array;
};

export type Entered = {
  readonly context: GroupContext;
  readonly confirmationTag: Uint8Array;
  readonly epoch: EpochSecrets;
  readonly secrets: SecretTree;
};

/** Overwrites the commit's secret. `epoch.joinerSecret` and `epoch.welcomeSecret` are the caller's to overwrite. */
export async function enter(state: State, entering: Entering, { cs }: Means): Promise<Entered> {
  const { content, signature, tree, policy, commitSecret } = entering;
  const context = await nextEpochContext(
    contextWith(state, policy),
    "mls_public_message",
    content,
    signature,
    await treeHashRoot(tree, cs.hash),
    state.confirmationTag,
    cs.hash,
  );
  const noPsk = new Uint8Array(cs.kdf.size);
  const epoch = await initializeEpoch(state.schedule.initSecret, commitSecret, context, noPsk, cs.kdf);
  const { confirmationKey } = epoch.keySchedule;
  const confirmationTag = await createConfirmationTag(
    confirmationKey,
    context.confirmedTranscriptHash,
    cs.hash,
  );
  const secrets = await createSecretTree(leafWidth(tree.length), epoch.encryptionSecret, cs.kdf);
  wipe(commitSecret, epoch.encryptionSecret);
  return { context, confirmationTag, epoch, secrets };
}
