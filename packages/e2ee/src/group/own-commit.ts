/**
 * A commit of one's own (RFC 9420, 12.4.1), put together here from the library's parts so that our rules stand in our code:
 * new keys for everything but an Add alone, and a secret that nobody who was there before can know.
 */
import { deriveSecret } from "ts-mls/crypto/kdf.js";
import { createContentCommitSignature } from "ts-mls/framedContent.js";
import { protectPublicMessage } from "ts-mls/messageProtectionPublic.js";
import { pathToPathSecrets } from "ts-mls/pathSecrets.js";
import { toPrivateKeyPath } from "ts-mls/privateKeyPath.js";
import type { ProposalOrRef } from "ts-mls/proposalOrRefType.js";
import { leafToNodeIndex, toLeafIndex } from "ts-mls/treemath.js";
import { createUpdatePath, type PathSecret, type UpdatePath } from "ts-mls/updatePath.js";
import { wipe } from "./bytes.ts";
import { contextWith, enter, type Entered } from "./epoch.ts";
import type { OwnCommit } from "./group.ts";
import { carryOut, needsPath, proposalsOf, type Outcome, type Plan } from "./plan.ts";
import type { Means, State } from "./state.ts";
import { keyHandle } from "./suite-facts.ts";
import { makeWelcome } from "./welcome.ts";
import { bytesOfPublic } from "./wire.ts";

type Path = {
  readonly tree: Outcome["tree"];
  readonly path: UpdatePath | undefined;
  readonly pathSecrets: readonly PathSecret[];
  readonly keys: State["keys"];
  readonly commitSecret: Uint8Array;
};

export async function makeCommit(
  state: State,
  plan: Plan,
  means: Means,
): Promise<{ readonly own: OwnCommit; readonly next: State }> {
  const outcome = await carryOut(state, plan, state.leaf, means);
  const path = needsPath(plan) ? await newPath(state, outcome, means) : noPath(state, outcome, means);
  const { content, signature } = await signed(state, plan, path.path, means);
  const { tree, commitSecret } = path;
  const entered = await enter(
    state,
    { content, signature, tree, policy: outcome.policy, commitSecret },
    means,
  );
  const auth = { contentType: content.contentType, signature, confirmationTag: entered.confirmationTag };
  const message = await protectPublicMessage(
    state.schedule.membershipKey,
    state.context,
    { wireformat: "mls_public_message", content, auth },
    means.cs,
  );
  const welcome = await makeWelcome(
    { state, entered, tree, added: outcome.added, path: path.pathSecrets },
    means,
  );
  wipe(
    entered.epoch.joinerSecret,
    entered.epoch.welcomeSecret,
    ...path.pathSecrets.map(({ secret }) => secret),
  );
  const next = nextState(state, entered, outcome, path);
  return {
    own: {
      epoch: Number(state.context.epoch),
      commit: bytesOfPublic(message),
      welcome,
      added: outcome.change.added.map(({ member }) => member),
      removed: outcome.change.removed.map(({ member }) => member),
    },
    next,
  };
}

function nextState({ leaf }: State, entered: Entered, { policy }: Outcome, { tree, keys }: Path): State {
  const { context, confirmationTag, secrets, epoch } = entered;
  const schedule = epoch.keySchedule;
  return { context, policy, tree, secrets, leaf, schedule, confirmationTag, keys, past: null };
}

async function signed(state: State, plan: Plan, path: UpdatePath | undefined, { cs }: Means) {
  const proposals = proposalsOf(plan).map((proposal): ProposalOrRef => ({
    proposalOrRefType: "proposal",
    proposal,
  }));
  const { framedContent, signature } = await createContentCommitSignature(
    state.context,
    "mls_public_message",
    { proposals, path },
    { senderType: "member", leafIndex: state.leaf },
    new Uint8Array(),
    keyHandle,
    cs.signature,
  );
  return { content: framedContent, signature };
}

async function newPath(state: State, outcome: Outcome, { cs }: Means): Promise<Path> {
  const self = toLeafIndex(state.leaf);
  const [tree, path, pathSecrets, leafKey] = await createUpdatePath(
    outcome.tree,
    self,
    contextWith(state, outcome.policy),
    keyHandle,
    cs,
    outcome.added.map(([leaf]) => leafToNodeIndex(leaf)),
  );
  const above = await toPrivateKeyPath(pathToPathSecrets(pathSecrets), state.leaf, cs);
  const top = pathSecrets.at(-1);
  return {
    tree,
    path,
    pathSecrets,
    keys: {
      ...state.keys,
      ...above.privateKeys,
      [leafToNodeIndex(self)]: await cs.hpke.exportPrivateKey(leafKey),
    },
    // Alone, there is nobody who would have to derive it, and whoever was just removed must not be able to.
    commitSecret:
      top === undefined ? cs.rng.randomBytes(cs.kdf.size) : await deriveSecret(top.secret, "path", cs.kdf),
  };
}

function noPath(state: State, { tree }: Outcome, { cs }: Means): Path {
  return {
    tree,
    path: undefined,
    pathSecrets: [],
    keys: state.keys,
    commitSecret: new Uint8Array(cs.kdf.size),
  };
}
