/**
 * A member who keeps to no rule: it has the state in its hands, and the library as it comes for a tool. What it makes is
 * signed and tagged as a member's may be.
 */
import type { ClientState } from "ts-mls/clientState.js";
import { defaultClientConfig } from "ts-mls/clientConfig.js";
import { createCommit } from "ts-mls/createCommit.js";
import { createContentCommitSignature } from "ts-mls/framedContent.js";
import { protectPublicMessage } from "ts-mls/messageProtectionPublic.js";
import { encodeMlsMessage, type MLSMessage } from "ts-mls/message.js";
import type { Proposal } from "ts-mls/proposal.js";
import type { ProposalOrRef } from "ts-mls/proposalOrRefType.js";
import type { UpdatePath } from "ts-mls/updatePath.js";
import { enter } from "../epoch.ts";
import { keyHandle } from "../suite-facts.ts";
import { suiteWith } from "../suite.ts";
import { joinBy } from "../join.ts";
import { makePackage, type Package } from "../key-packages.ts";
import { makeDeviceKey } from "../signature.ts";
import type { LeafIdentity, OwnCommit, Suite } from "../group.ts";
import type { Means, State } from "../state.ts";
import { bytesOfKeyPackage, bytesOfPublic } from "../wire.ts";
import { identityOf } from "./people.ts";

export type Insider = { readonly state: State; readonly means: Means };

export type Candidate = { readonly own: Package; readonly means: Means; readonly keyPackage: Uint8Array };

export async function candidate(
  suite: Suite,
  member: string,
  changes: Partial<LeafIdentity> = {},
): Promise<Candidate> {
  const key = await makeDeviceKey(suite);
  const own = await makePackage(identityOf(member, changes), key);
  const cs = await suiteWith(suite, key);
  return { own, means: { suite, cs }, keyPackage: bytesOfKeyPackage(own.keyPackage) };
}

export async function insiderBy(commit: OwnCommit, { own, means }: Candidate): Promise<Insider> {
  if (commit.welcome === null) throw new Error("nobody was added");
  return { state: await joinBy(commit.welcome, own, means), means };
}

/** The same state as the library would have it. */
export function asLibrary({ state }: Insider): ClientState {
  return {
    groupContext: state.context,
    keySchedule: state.schedule,
    secretTree: state.secrets,
    ratchetTree: state.tree,
    privatePath: { leafIndex: state.leaf, privateKeys: { ...state.keys } },
    signaturePrivateKey: keyHandle,
    unappliedProposals: {},
    historicalReceiverData: new Map(),
    confirmationTag: state.confirmationTag,
    groupActiveState: { kind: "active" },
    clientConfig: defaultClientConfig,
  };
}

export function bytesOf(message: MLSMessage): Uint8Array {
  return encodeMlsMessage(message);
}

/** A commit as the library makes it, of whatever proposals. */
export async function libraryCommit(insider: Insider, proposals: readonly Proposal[], publicly = true) {
  return await createCommit(
    { state: asLibrary(insider), cipherSuite: insider.means.cs },
    { wireAsPublicMessage: publicly, extraProposals: [...proposals], ratchetTreeExtension: true },
  );
}

/** A commit with exactly this in it: rightly signed, and with a tag for the epoch that has no new secret. */
export async function rawCommit(
  { state, means }: Insider,
  proposals: readonly ProposalOrRef[],
  path?: UpdatePath,
  authenticatedData: Uint8Array = new Uint8Array(),
): Promise<Uint8Array> {
  const { framedContent: content, signature } = await createContentCommitSignature(
    state.context,
    "mls_public_message",
    { proposals: [...proposals], path },
    { senderType: "member", leafIndex: state.leaf },
    authenticatedData,
    keyHandle,
    means.cs.signature,
  );
  const { tree, policy } = state;
  const commitSecret = new Uint8Array(means.cs.kdf.size);
  const { confirmationTag } = await enter(state, { content, signature, tree, policy, commitSecret }, means);
  const message = await protectPublicMessage(
    state.schedule.membershipKey,
    state.context,
    {
      wireformat: "mls_public_message",
      content,
      auth: { contentType: "commit", signature, confirmationTag },
    },
    means.cs,
  );
  return bytesOfPublic(message);
}
