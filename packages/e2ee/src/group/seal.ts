/** Messages to everybody (RFC 9420, 6.3), padded so that their length tells little. */
import {
  protectApplicationData,
  unprotectPrivateMessage,
  type UnprotectResult,
} from "ts-mls/messageProtection.js";
import type { PrivateMessage } from "ts-mls/privateMessage.js";
import { sameBytes } from "./bytes.ts";
import { GroupRefused, type Member } from "./group.ts";
import { isStillThere, memberAt } from "./members.ts";
import type { Means, Past, State } from "./state.ts";
import { factsOf, keyHandle } from "./suite-facts.ts";
import { bytesOfPrivate, privateMessageIn } from "./wire.ts";

const longestContent = 16 * 1024;
const step = 256;
/** Two length fields: of the content, of the signature. */
const lengthFields = 4 + 2;

/** Messages that are lost or overtaken: how far ahead of them keys are made, and how many are kept for stragglers. */
const retention = { retainKeysForGenerations: 32, retainKeysForEpochs: 1, maximumForwardRatchetSteps: 1000 };

export async function sealed(
  state: State,
  content: Uint8Array,
  { suite, cs }: Means,
): Promise<{ readonly bytes: Uint8Array; readonly next: State; readonly consumed: readonly Uint8Array[] }> {
  if (content.length > longestContent) throw new RangeError("a message has at most 16 KiB");
  const length = content.length + lengthFields + factsOf(suite).signatureLength;
  const result = await protectApplicationData(
    keyHandle,
    state.schedule.senderDataSecret,
    content,
    new Uint8Array(),
    state.context,
    state.secrets,
    state.leaf,
    { kind: "padUntilLength", padUntilLength: Math.ceil(length / step) * step },
    cs,
  );
  const { privateMessage, newSecretTree, consumed } = result;
  return { bytes: bytesOfPrivate(privateMessage), next: { ...state, secrets: newSecretTree }, consumed };
}

export type Opened = {
  readonly from: Member;
  readonly content: Uint8Array;
  readonly next: State;
  readonly consumed: readonly Uint8Array[];
};

export async function opened(state: State, bytes: Uint8Array, means: Means): Promise<Opened> {
  const message = privateMessageIn(bytes);
  if (message.contentType !== "application" || message.authenticatedData.length > 0) {
    throw new GroupRefused("forbidden");
  }
  const where = epochOf(state, message);
  const result = await unprotected(where, message, means);
  const { content } = result.content;
  if (content.contentType !== "application" || content.sender.senderType !== "member") {
    throw new GroupRefused("forbidden");
  }
  const from = memberAt(where.tree, content.sender.leafIndex, where.policy);
  if (from === null || !isStillThere(state, from)) throw new GroupRefused("forbidden");
  const next =
    where.context.epoch === state.context.epoch
      ? { ...state, secrets: result.tree }
      : { ...state, past: { ...where, secrets: result.tree } };
  return { from, content: content.applicationData, next, consumed: result.consumed };
}

function epochOf(state: State, { groupId, epoch }: PrivateMessage): Past {
  const { context, past, schedule } = state;
  if (!sameBytes(groupId, context.groupId) || epoch > context.epoch) throw new GroupRefused("foreign");
  if (epoch === context.epoch) {
    const { policy, tree, secrets } = state;
    return { context, policy, tree, secrets, senderDataSecret: schedule.senderDataSecret };
  }
  if (past === null || epoch !== past.context.epoch) throw new GroupRefused("stale");
  return past;
}

async function unprotected(where: Past, message: PrivateMessage, { cs }: Means): Promise<UnprotectResult> {
  const { senderDataSecret, secrets, tree, context } = where;
  try {
    return await unprotectPrivateMessage(senderDataSecret, message, secrets, tree, context, retention, cs);
  } catch {
    throw new GroupRefused("broken");
  }
}
