import fc from "fast-check";
import { expect, test } from "vitest";
import { createFrameKeys } from "./frame-keys.ts";
import type { EpochKeys, FrameKeys, Medium } from "./frames.ts";
import { decodeHeader } from "./header.ts";
import { readKeyId } from "./key-id.ts";
import { readKeysMessage } from "./messages.ts";
import { replayWindow } from "./replay-window.ts";

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
const frameOf = (length: number) => Uint8Array.from({ length }, (_, at) => (at * 7 + 3) & 255);

function keysOf(epoch: number, selfLeaf: number, change: Partial<EpochKeys> = {}): EpochKeys {
  const baseKey = Uint8Array.from({ length: 32 }, (_, at) => (epoch >> (at % 2 === 0 ? 0 : 8)) + 1);
  return { suite: "p256", epoch, baseKey, selfLeaf, ...change };
}

async function member(leaf: number, epochs: readonly number[], change: Partial<EpochKeys> = {}) {
  const keys = createFrameKeys({ random });
  for (const epoch of epochs) await keys.add(keysOf(epoch, leaf, change));
  keys.sendWith(epochs.at(-1) ?? null);
  return keys;
}

async function sealed(keys: FrameKeys, frame: Uint8Array, medium: Medium, keyFrame: boolean) {
  const made = await keys.encrypt(frame, medium, keyFrame);
  if (made === null) throw new Error("nothing was made");
  return made;
}

function headerOf(frame: Uint8Array) {
  const header = decodeHeader(frame.subarray(frame.length - 1 - (frame.at(-1) ?? 0), -1));
  if (header === null) throw new Error("no header");
  return header;
}

const media = [
  ["audio", false, 1],
  ["vp8", true, 10],
  ["vp8", false, 3],
  ["vp9", true, 0],
  ["vp9", false, 0],
] as const;

test.each(media)("[ENC-2] %s (key frame: %s) opens at the other side; %i bytes stay clear", async (...of) => {
  const [medium, keyFrame, clear] = of;
  for (const suite of ["p256", "p384"] as const) {
    const alice = await member(1, [4], { suite });
    const bob = await member(2, [4], { suite });
    for (const length of [1, 2, 9, 10, 11, 1200]) {
      const frame = frameOf(length);
      const made = await sealed(alice, frame, medium, keyFrame);
      expect(made.subarray(0, Math.min(clear, length))).toEqual(frame.subarray(0, clear));
      expect(made.length - length).toBeLessThanOrEqual(34);
      expect(await bob.decrypt(made, medium, keyFrame, 1)).toEqual({ frame });
    }
    const made = await sealed(alice, frameOf(1200), medium, keyFrame);
    const same = made.subarray(clear, 1200).filter((byte, at) => byte === frameOf(1200)[clear + at]);
    expect(same.length).toBeLessThan(60);
  }
});

test("[ENC-2] any byte changed, left out or added, and any other medium, is refused", async () => {
  const alice = await member(1, [4]);
  const bob = await member(2, [4]);
  const made = await sealed(alice, frameOf(40), "vp8", true);
  for (let at = 0; at < made.length; at += 1) {
    const changed = made.slice();
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(await bob.decrypt(changed, "vp8", true, 1), `byte ${at}`).toHaveProperty("dropped");
  }
  for (let length = 0; length < made.length; length += 1)
    expect(await bob.decrypt(made.subarray(0, length), "vp8", true, 1)).toHaveProperty("dropped");
  expect(await bob.decrypt(Uint8Array.of(...made, 0), "vp8", true, 1)).toHaveProperty("dropped");
  expect(await bob.decrypt(made, "vp8", false, 1)).toEqual({ dropped: "broken" });
  expect(await bob.decrypt(made, "vp9", true, 1)).toEqual({ dropped: "broken" });
  expect(await bob.decrypt(made, "vp8", true, 1)).toEqual({ frame: frameOf(40) });
});

test("[ENC-2] clear frames, whatever is in them, are never passed on", async () => {
  const bob = await member(2, [4]);
  const anything = fc.uint8Array({ maxLength: 200 });
  const kinds = fc.constantFrom(...media);
  await fc.assert(
    fc.asyncProperty(anything, kinds, fc.nat(9), async (frame, [medium, keyFrame], leaf) => {
      expect(await bob.decrypt(frame, medium, keyFrame, leaf)).toHaveProperty("dropped");
    }),
  );
});

test("[ENC-2] a frame plays once, as its sender's, and nobody's own comes back", async () => {
  const alice = await member(1, [4]);
  const bob = await member(2, [4]);
  const made = await sealed(alice, frameOf(40), "audio", false);
  expect(await bob.decrypt(made, "audio", false, 3)).toEqual({ dropped: "wrong_sender" });
  expect(await alice.decrypt(made, "audio", false, 1)).toEqual({ dropped: "wrong_sender" });
  const [first, second] = await Promise.all([1, 1].map((leaf) => bob.decrypt(made, "audio", false, leaf)));
  expect([first, second]).toContainEqual({ frame: frameOf(40) });
  expect([first, second]).toContainEqual({ dropped: "replayed" });
  expect(await bob.decrypt(made, "audio", false, 1)).toEqual({ dropped: "replayed" });
});

test("[ENC-2] without a key to send with no frame leaves", async () => {
  const keys = createFrameKeys({ random });
  const tried = () => keys.encrypt(frameOf(40), "vp8", true);
  expect(await tried()).toBeNull();
  keys.sendWith(4);
  expect(await tried()).toBeNull();
  await keys.add(keysOf(4, 1));
  expect(await tried()).not.toBeNull();
  expect(await keys.encrypt(new Uint8Array(0), "vp8", true)).toBeNull();
  const underWay = tried();
  keys.sendWith(null);
  expect(await underWay).toBeNull();
  keys.sendWith(4);
  keys.forgetBelow(5);
  expect(await tried()).toBeNull();
  await keys.add(keysOf(4, 1));
  expect(await tried()).toBeNull();
});

test("[ENC-2] what is forgotten opens nothing, and an epoch with the same low bits takes its place", async () => {
  const alice = await member(1, [4]);
  const late = await sealed(alice, frameOf(40), "vp8", false);
  const under = await sealed(alice, frameOf(40), "vp8", false);
  const bob = await member(2, [4, 5]);
  expect(await bob.decrypt(late, "vp8", false, 1)).toEqual({ frame: frameOf(40) });
  const beingOpened = bob.decrypt(under, "vp8", false, 1);
  bob.forgetBelow(5);
  expect(await beingOpened).toEqual({ dropped: "no_key" });
  expect(await bob.decrypt(under, "vp8", false, 1)).toEqual({ dropped: "no_key" });
  const carol = await member(3, [4, 260]);
  expect(await carol.decrypt(under, "vp8", false, 1)).toEqual({ dropped: "broken" });
});

test("[ENC-2] whoever has not followed into the next epoch opens nothing of it", async () => {
  const alice = await member(1, [4, 5]);
  const kicked = await member(2, [4]);
  for (let count = 0; count < 20; count += 1) {
    const made = await sealed(alice, frameOf(40), "vp8", false);
    expect(await kicked.decrypt(made, "vp8", false, 1)).toEqual({ dropped: "no_key" });
  }
  const guessed = await member(2, [4]);
  await guessed.add(keysOf(5, 2, { baseKey: new Uint8Array(32).fill(99) }));
  expect(await guessed.decrypt(await sealed(alice, frameOf(40), "vp8", false), "vp8", false, 1)).toEqual({
    dropped: "broken",
  });
});

test("[ENC-2] no nonce comes twice under a key: over tracks, epochs, additions and restarts", async () => {
  const action = fc.oneof(
    fc.record({ do: fc.constant("add" as const), epoch: fc.nat(3) }),
    fc.record({ do: fc.constant("send" as const), epoch: fc.nat(3) }),
    fc.record({ do: fc.constant("frames" as const), epoch: fc.nat(3) }),
    fc.record({ do: fc.constant("restart" as const), epoch: fc.nat(3) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(action, { maxLength: 40 }), async (actions) => {
      let keys = createFrameKeys({ random });
      const used = new Set<string>();
      for (const { do: what, epoch } of actions) {
        if (what === "add") await keys.add(keysOf(epoch, 1));
        else if (what === "send") keys.sendWith(epoch);
        else if (what === "restart") keys = createFrameKeys({ random });
        else {
          const made = await Promise.all(
            media.map(([medium, keyFrame]) => keys.encrypt(frameOf(20), medium, keyFrame)),
          );
          for (const frame of made) {
            if (frame === null) continue;
            const { keyId, counter } = headerOf(frame);
            expect(readKeyId(keyId).leaf).toBe(1);
            const nonce = `${keyId} ${counter}`;
            expect(used.has(nonce)).toBe(false);
            used.add(nonce);
          }
        }
      }
    }),
  );
});

test("[ENC-2] the window knows what has been, in whatever order it came", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.nat(40), fc.nat(30_000)), { maxLength: 200 }), (counters) => {
      const window = replayWindow();
      const been = new Set<number>();
      let top = -1;
      for (const counter of counters) {
        const fresh = !been.has(counter) && top - counter < 8192;
        expect(window.mark(BigInt(counter))).toBe(fresh);
        been.add(counter);
        top = Math.max(top, counter);
      }
    }),
  );
});

test("[ENC-2] the port takes three messages and nothing that comes near them", () => {
  const keys = keysOf(4, 1);
  expect(readKeysMessage({ type: "epoch", keys })).toEqual({ type: "epoch", keys });
  expect(readKeysMessage({ type: "send", epoch: null })).toEqual({ type: "send", epoch: null });
  expect(readKeysMessage({ type: "forgetBelow", epoch: 4 })).toEqual({ type: "forgetBelow", epoch: 4 });
  for (const wrong of [
    null,
    { type: "send" },
    { type: "forgetBelow", epoch: null },
    { type: "enable", enabled: false },
    { type: "epoch", keys: { ...keys, suite: "none" } },
    { type: "epoch", keys: { ...keys, baseKey: new Uint8Array(0) } },
    { type: "epoch", keys: { ...keys, selfLeaf: -1 } },
  ])
    expect(readKeysMessage(wrong)).toBeNull();
});
