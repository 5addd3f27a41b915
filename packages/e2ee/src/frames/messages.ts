/**
 * What the worker that holds the group tells the worker that protects frames, over a port between the two: the page,
 * which hands the port on, never sees a key. There is no message that lets a clear frame through.
 */
import type { EpochKeys } from "./frames.ts";

export type KeysMessage =
  /** Receive with these from now on. Answered by `ready`. */
  | { readonly type: "epoch"; readonly keys: EpochKeys }
  /** Send with this epoch; null: send nothing. */
  | { readonly type: "send"; readonly epoch: number | null }
  | { readonly type: "forgetBelow"; readonly epoch: number };

/** The other way: frames of this epoch can be opened, so that others may begin to send with it. */
export type KeysAnswer = { readonly type: "ready"; readonly epoch: number };

/** Null where it is none: whoever reads it then sends nothing, rather than go on with keys that may be over. */
export function readKeysMessage(data: unknown): KeysMessage | null {
  const type = field(data, "type");
  const epoch = field(data, "epoch");
  if (type === "send" && (epoch === null || isEpoch(epoch))) return { type, epoch };
  if (type === "forgetBelow" && isEpoch(epoch)) return { type, epoch };
  const keys = type === "epoch" ? readEpochKeys(field(data, "keys")) : null;
  return keys === null ? null : { type: "epoch", keys };
}

function readEpochKeys(data: unknown): EpochKeys | null {
  const suite = field(data, "suite");
  const epoch = field(data, "epoch");
  const baseKey = field(data, "baseKey");
  const selfLeaf = field(data, "selfLeaf");
  if (suite !== "p256" && suite !== "p384") return null;
  if (!isEpoch(epoch) || !isEpoch(selfLeaf) || selfLeaf > 65_535) return null;
  if (!(baseKey instanceof Uint8Array) || baseKey.length < 16) return null;
  return { suite, epoch, baseKey, selfLeaf };
}

function isEpoch(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function field(of: unknown, key: string): unknown {
  return typeof of === "object" && of !== null ? Reflect.get(of, key) : undefined;
}
