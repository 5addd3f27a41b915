/**
 * For one member alone: signed by the sender, then encrypted for the receiver's leaf (RFC 9420, 5.1.2 and 5.1.3, with labels
 * of our own). Both cover group, epoch, sender and receiver, so that it cannot be passed on as somebody else's, to somebody
 * else, or in another meeting.
 */
import {
  decodeUint32,
  decodeUint64,
  decodeUint8,
  uint32Encoder,
  uint64Encoder,
  uint8Encoder,
} from "ts-mls/codec/number.js";
import { mapDecoders } from "ts-mls/codec/tlsDecoder.js";
import { composeBufferEncoders, encode } from "ts-mls/codec/tlsEncoder.js";
import { decodeVarLenData, varLenDataEncoder } from "ts-mls/codec/variableLength.js";
import { decryptWithLabel, encryptWithLabel } from "ts-mls/crypto/hpke.js";
import { signWithLabel, verifyWithLabel } from "ts-mls/crypto/signature.js";
import { leafToNodeIndex, toLeafIndex } from "ts-mls/treemath.js";
import { copyOf, sameBytes } from "./bytes.ts";
import { GroupRefused, type Member } from "./group.ts";
import { isStillThere, leafAt, memberAt, membersOf } from "./members.ts";
import type { Means, State } from "./state.ts";
import { keyHandle } from "./suite-facts.ts";

const label = "Sekisho For One";
const version = 1;
const longestContent = 16 * 1024;
const step = 256;

type Place = {
  readonly groupId: Uint8Array;
  readonly epoch: bigint;
  readonly from: number;
  readonly to: number;
};
type Letter = Place & { readonly kemOutput: Uint8Array; readonly ciphertext: Uint8Array };

const placeEncoder = composeBufferEncoders([
  uint8Encoder,
  varLenDataEncoder,
  uint64Encoder,
  uint32Encoder,
  uint32Encoder,
]);
const encodePlace = encode(placeEncoder);
const encodeTwo = encode(composeBufferEncoders([varLenDataEncoder, varLenDataEncoder]));

const decodeKind = mapDecoders([decodeUint8, decodeVarLenData], (kind, groupId) => ({ kind, groupId }));
const decodeWhere = mapDecoders([decodeUint64, decodeUint32, decodeUint32], (epoch, from, to) => ({
  epoch,
  from,
  to,
}));
const decodeSealed = mapDecoders([decodeVarLenData, decodeVarLenData], (kemOutput, ciphertext) => ({
  kemOutput,
  ciphertext,
}));
const decodeLetter = mapDecoders(
  [decodeKind, decodeWhere, decodeSealed],
  ({ kind, groupId }, where, sealed) => ({ kind, letter: { groupId, ...where, ...sealed } }),
);

function bytesOfPlace({ groupId, epoch, from, to }: Place): Uint8Array {
  return encodePlace([version, groupId, epoch, from, to]);
}

export async function sealedTo(
  state: State,
  member: string,
  content: Uint8Array,
  { cs }: Means,
): Promise<Uint8Array> {
  if (content.length > longestContent) throw new RangeError("a message has at most 16 KiB");
  const to = membersOf(state.tree, state.policy).find((one) => one.member === member);
  const leaf = to === undefined ? null : leafAt(state.tree, to.leaf);
  if (to === undefined || leaf === null || to.leaf === state.leaf) throw new GroupRefused("forbidden");
  const { groupId, epoch } = state.context;
  const place = bytesOfPlace({ groupId, epoch, from: state.leaf, to: to.leaf });
  const signature = await signWithLabel(keyHandle, label, encodeTwo([place, content]), cs.signature);
  const key = await cs.hpke.importPublicKey(leaf.hpkePublicKey);
  const { enc, ct } = await encryptWithLabel(
    key,
    label,
    place,
    padded(encodeTwo([content, signature])),
    cs.hpke,
  );
  return Uint8Array.of(...place, ...encodeTwo([enc, ct]));
}

export async function openedFrom(
  state: State,
  bytes: Uint8Array,
  { cs }: Means,
): Promise<{ readonly from: Member; readonly content: Uint8Array }> {
  const letter = letterIn(bytes);
  if (letter.to !== state.leaf) throw new GroupRefused("foreign");
  const { tree, policy } = epochOf(state, letter);
  const from = memberAt(tree, letter.from, policy);
  const leaf = leafAt(tree, letter.from);
  const ownKey = state.keys[leafToNodeIndex(toLeafIndex(state.leaf))];
  if (from === null || leaf === null || ownKey === undefined || !isStillThere(state, from)) {
    throw new GroupRefused("forbidden");
  }
  const place = bytesOfPlace(letter);
  const { content, signature } = contentIn(await decrypted(letter, ownKey, place, cs));
  const signed = encodeTwo([place, content]);
  if (!(await verifyWithLabel(leaf.signaturePublicKey, label, signed, signature, cs.signature))) {
    throw new GroupRefused("broken");
  }
  return { from, content };
}

/** Also the epoch before, where this member's own leaf has not got new keys since: the old ones are gone with it. */
function epochOf(state: State, letter: Letter): Pick<State, "tree" | "policy"> {
  const { context, past, tree, leaf } = state;
  if (!sameBytes(letter.groupId, context.groupId) || letter.epoch > context.epoch)
    throw new GroupRefused("foreign");
  if (letter.epoch === context.epoch) return state;
  const sameLeaf = past !== null && leafAt(past.tree, leaf) === leafAt(tree, leaf);
  if (past === null || letter.epoch !== past.context.epoch || !sameLeaf) throw new GroupRefused("stale");
  return past;
}

async function decrypted(
  letter: Letter,
  ownKey: Uint8Array,
  place: Uint8Array,
  cs: Means["cs"],
): Promise<Uint8Array> {
  try {
    const key = await cs.hpke.importPrivateKey(ownKey);
    return await decryptWithLabel(key, label, place, letter.kemOutput, letter.ciphertext, cs.hpke);
  } catch {
    throw new GroupRefused("broken");
  }
}

function letterIn(bytes: Uint8Array): Letter {
  const own = copyOf(bytes);
  try {
    const [read, length] = decodeLetter(own, 0) ?? [null, 0];
    if (read !== null && read.kind === version && length === own.length) return read.letter;
  } catch {
    // The decoder throws for some faults and answers nothing for others.
  }
  throw new GroupRefused("broken");
}

function contentIn(plain: Uint8Array): { readonly content: Uint8Array; readonly signature: Uint8Array } {
  const decode = mapDecoders([decodeVarLenData, decodeVarLenData], (content, signature) => ({
    content,
    signature,
  }));
  try {
    const [read, length] = decode(plain, 0) ?? [null, 0];
    if (read !== null && plain.subarray(length).every((byte) => byte === 0)) return read;
  } catch {
    // As above.
  }
  throw new GroupRefused("broken");
}

function padded(plain: Uint8Array): Uint8Array {
  const whole = new Uint8Array(Math.ceil((plain.length + 8) / step) * step);
  whole.set(plain);
  return whole;
}
