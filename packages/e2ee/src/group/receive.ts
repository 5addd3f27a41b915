/** Somebody else's commit (RFC 9420, 12.4.2), looked at in full before anything of it holds. */
import type { AuthenticatedContentProposalOrCommit } from "ts-mls/authenticatedContent.js";
import type { FramedContentCommit } from "ts-mls/framedContent.js";
import { unprotectPublicMessage } from "ts-mls/messageProtectionPublic.js";
import type { PublicMessage } from "ts-mls/publicMessage.js";
import { sameBytes, wipe } from "./bytes.ts";
import { enter } from "./epoch.ts";
import { GroupRefused, type Change, type Covers } from "./group.ts";
import { applyPath, type Followed } from "./receive-path.ts";
import { carryOut, needsPath, planIn, type Outcome } from "./plan.ts";
import type { Means, State } from "./state.ts";
import { publicMessageIn } from "./wire.ts";

export type Received = { readonly change: Change; readonly next: State };

type Read = {
  readonly content: FramedContentCommit;
  readonly signature: Uint8Array;
  readonly confirmationTag: Uint8Array;
  readonly sender: number;
};

export async function receiveCommit(
  state: State,
  bytes: Uint8Array,
  covers: Covers,
  means: Means,
): Promise<Received> {
  const message = publicMessageIn(bytes);
  refuseOtherPlaces(state, message);
  const read = await authenticated(state, message, means);
  const plan = planIn(read.content.commit);
  const { path } = read.content.commit;
  if (path === undefined && needsPath(plan)) throw new GroupRefused("forbidden");
  const outcome = await carryOut(state, plan, read.sender, means);
  if (!covers(outcome.change)) throw new GroupRefused("uncovered");
  if (plan.remove.includes(state.leaf)) throw new GroupRefused("removed");
  const followed = await applyPath(state, outcome, { sender: read.sender, path }, means);
  return { change: outcome.change, next: await confirmed(state, read, { outcome, followed }, means) };
}

/** Of this group and this epoch, and a commit by a member who is not this one: what others make is not looked into. */
function refuseOtherPlaces(state: State, { content }: PublicMessage): void {
  const { groupId, epoch } = state.context;
  if (!sameBytes(content.groupId, groupId) || content.epoch > epoch) throw new GroupRefused("foreign");
  if (content.epoch < epoch) throw new GroupRefused("stale");
  const { sender } = content;
  if (sender.senderType !== "member" || sender.leafIndex === state.leaf) throw new GroupRefused("forbidden");
  if (content.contentType !== "commit" || content.authenticatedData.length > 0)
    throw new GroupRefused("forbidden");
}

async function authenticated(state: State, message: PublicMessage, { cs }: Means): Promise<Read> {
  const { membershipKey } = state.schedule;
  let checked: AuthenticatedContentProposalOrCommit;
  try {
    checked = await unprotectPublicMessage(membershipKey, state.context, state.tree, message, cs);
  } catch {
    throw new GroupRefused("broken");
  }
  const { content, auth } = checked;
  if (content.contentType !== "commit" || auth.contentType !== "commit") throw new GroupRefused("forbidden");
  if (content.sender.senderType !== "member") throw new GroupRefused("forbidden");
  const { signature, confirmationTag } = auth;
  return { content, signature, confirmationTag, sender: content.sender.leafIndex };
}

async function confirmed(
  state: State,
  { content, signature, confirmationTag }: Read,
  { outcome, followed }: { readonly outcome: Outcome; readonly followed: Followed },
  means: Means,
): Promise<State> {
  const { policy } = outcome;
  const { tree, keys, commitSecret } = followed;
  const entered = await enter(state, { content, signature, tree, policy, commitSecret }, means);
  wipe(entered.epoch.joinerSecret, entered.epoch.welcomeSecret);
  if (!sameBytes(entered.confirmationTag, confirmationTag)) throw new GroupRefused("broken");
  const { context, secrets, epoch } = entered;
  const schedule = epoch.keySchedule;
  return { context, policy, tree, secrets, leaf: state.leaf, schedule, confirmationTag, keys, past: null };
}
