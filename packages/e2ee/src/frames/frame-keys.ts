/** Sender keys of the epochs that are held, and the frames made and opened with them. What is not certain is dropped. */
import type { Suite } from "../group/group.ts";
import type { DroppedReason, EpochKeys, FrameKeys, Medium } from "./frames.ts";
import { CONTEXT_BYTES, keyIdOf, lowBits, readKeyId } from "./key-id.ts";
import { replayWindow, type ReplayWindow } from "./replay-window.ts";
import { additionalData, clearBytes, joinFrame, splitFrame, type SealedFrame } from "./sealed-frame.ts";
import { deriveSenderKey, importBaseKey, nonceOf, plain, TAG_BYTES, type SenderKey } from "./sender-key.ts";

type Sender = SenderKey & { readonly seen: ReplayWindow; proved: boolean };

type Epoch = {
  readonly epoch: number;
  readonly suite: Suite;
  readonly selfLeaf: number;
  readonly base: CryptoKey;
  readonly ownId: bigint;
  readonly own: SenderKey;
  readonly senders: Map<bigint, Promise<Sender>>;
};

const LAST_COUNTER = 2n ** 64n - 1n;

export type FrameKeysOptions = {
  /** So many bytes that nobody can guess. */
  readonly random: (length: number) => Uint8Array;
};

export function createFrameKeys({ random }: FrameKeysOptions): FrameKeys {
  const context = random(CONTEXT_BYTES).reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
  /** By the low bits that frames carry: one epoch at a time (RFC 9605, 5.2). */
  const epochs = new Map<number, Epoch>();
  let floor = 0;
  let sending: number | null = null;
  /** One for the whole instance: whatever is added, forgotten and added again, no nonce comes twice under a key. */
  let counter = 0n;

  const held = (epoch: Epoch) => epochs.get(lowBits(epoch.epoch)) === epoch;

  async function add(keys: EpochKeys): Promise<void> {
    if (keys.epoch < floor || epochs.get(lowBits(keys.epoch))?.epoch === keys.epoch) return;
    const made = await makeEpoch(keys, context);
    const there = epochs.get(lowBits(keys.epoch));
    if (keys.epoch >= floor && (there === undefined || there.epoch < keys.epoch))
      epochs.set(lowBits(keys.epoch), made);
  }

  function forgetBelow(epoch: number): void {
    floor = Math.max(floor, epoch);
    for (const [key, one] of epochs) if (one.epoch < floor) epochs.delete(key);
  }

  async function encrypt(frame: Uint8Array, medium: Medium, keyFrame: boolean): Promise<Uint8Array | null> {
    const epoch = sending === null ? undefined : epochs.get(lowBits(sending));
    if (epoch === undefined || epoch.epoch !== sending) return null;
    // A browser's empty frame holds nothing to protect, and nothing that anybody needs.
    if (frame.length === 0 || counter > LAST_COUNTER) return null;
    const header = { keyId: epoch.ownId, counter };
    counter += 1n;
    const clear = frame.slice(0, Math.min(clearBytes(medium, keyFrame), frame.length));
    const sealed = await crypto.subtle.encrypt(
      parameters(epoch.own, header, additionalData(header, medium, clear)),
      epoch.own.key,
      plain(frame.subarray(clear.length)),
    );
    // Told in the meantime to send nothing at all.
    return sending === null ? null : joinFrame({ header, clear, sealed: new Uint8Array(sealed) });
  }

  async function decrypt(
    frame: Uint8Array,
    medium: Medium,
    keyFrame: boolean,
    fromLeaf: number,
  ): Promise<{ readonly frame: Uint8Array } | { readonly dropped: DroppedReason }> {
    const split = splitFrame(frame, clearBytes(medium, keyFrame));
    if (split === null) return { dropped: "broken" };
    const { leaf, lowBits: low } = readKeyId(split.header.keyId);
    const epoch = epochs.get(low);
    if (epoch === undefined) return { dropped: "no_key" };
    // The own frames, thrown back, are nobody else's.
    if (leaf !== fromLeaf || leaf === epoch.selfLeaf) return { dropped: "wrong_sender" };
    const sender = await senderOf(epoch, split.header.keyId);
    if (sender.seen.has(split.header.counter)) return { dropped: "replayed" };
    const opened = await open(sender, split, medium);
    if (opened === null) {
      // Made-up key ids leave nothing behind; the window of one that was ever right stays.
      if (!sender.proved) epoch.senders.delete(split.header.keyId);
      return { dropped: "broken" };
    }
    if (!held(epoch)) return { dropped: "no_key" };
    if (!sender.seen.mark(split.header.counter)) return { dropped: "replayed" };
    sender.proved = true;
    return { frame: opened };
  }

  return {
    add,
    sendWith: (epoch) => {
      sending = epoch;
    },
    forgetBelow,
    encrypt,
    decrypt,
  };
}

async function makeEpoch({ suite, epoch, baseKey, selfLeaf }: EpochKeys, context: bigint): Promise<Epoch> {
  const base = await importBaseKey(baseKey);
  const ownId = keyIdOf({ context, leaf: selfLeaf, epoch });
  const own = await deriveSenderKey(base, suite, ownId);
  return { epoch, suite, selfLeaf, base, ownId, own, senders: new Map() };
}

function senderOf({ base, suite, senders }: Epoch, keyId: bigint): Promise<Sender> {
  const known = senders.get(keyId);
  if (known !== undefined) return known;
  const made = deriveSenderKey(base, suite, keyId).then((key) => ({
    ...key,
    seen: replayWindow(),
    proved: false,
  }));
  senders.set(keyId, made);
  return made;
}

async function open(
  sender: Sender,
  { header, clear, sealed }: SealedFrame,
  medium: Medium,
): Promise<Uint8Array | null> {
  const parts = { clear: clear.slice(), data: additionalData(header, medium, clear) };
  try {
    const opened = await crypto.subtle.decrypt(
      parameters(sender, header, parts.data),
      sender.key,
      plain(sealed),
    );
    const frame = new Uint8Array(parts.clear.length + opened.byteLength);
    frame.set(parts.clear);
    frame.set(new Uint8Array(opened), parts.clear.length);
    return frame;
  } catch {
    return null;
  }
}

function parameters(
  { salt }: SenderKey,
  { counter }: { readonly counter: bigint },
  data: Uint8Array<ArrayBuffer>,
) {
  return {
    name: "AES-GCM",
    iv: nonceOf(salt, counter),
    additionalData: data,
    tagLength: TAG_BYTES * 8,
  };
}
