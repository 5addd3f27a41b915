/**
 * Hands each epoch's base key to the worker that protects frames: receivers first, then senders. After a removal sending
 * changes at once; after a join a moment later, so that nobody who is a little late loses a picture (ENC-2).
 */
import type { EpochKeys, KeysMessage, MeetingGroup } from "@sekisho/e2ee";
import type { GroupName } from "./group-port.ts";

export type FrameFeed = {
  epoch(
    name: GroupName,
    group: MeetingGroup,
    at: { readonly generation: number; readonly removal: boolean },
  ): Promise<void>;
  /** One port for each group; a later one takes the place of the one before. */
  attach(name: GroupName, port: FramePort): void;
  forget(name: GroupName): void;
};

export type FramePort = { postMessage(message: KeysMessage): void };

/** How long others may take to hear of a join before this device sends with the new keys (ms). */
const joinGraceMs = 300;
/** How long frames of an old epoch may still be under way (ms). */
const oldKeysMs = 5000;
/** Epochs of one generation; the next begins above them, so that no number of an epoch comes twice. */
const epochsEach = 0x1_0000;

type Line = { readonly port: FramePort; sending: boolean };

export function createFrameFeed(timers: { after(ms: number, what: () => void): void }): FrameFeed {
  const lines = new Map<GroupName, Line>();
  /** The newest of each group, for a port that comes later. */
  const newest = new Map<GroupName, EpochKeys>();

  /** A copy: the other side overwrites what it was given. */
  function give({ port }: Line, keys: EpochKeys): void {
    port.postMessage({ type: "epoch", keys: { ...keys, baseKey: Uint8Array.from(keys.baseKey) } });
  }

  function send(line: Line, epoch: number): void {
    line.sending = true;
    line.port.postMessage({ type: "send", epoch });
  }

  return {
    async epoch(name, group, { generation, removal }) {
      const epoch = generation * epochsEach + group.epoch;
      const baseKey = await group.mediaBaseKey();
      const keys = { suite: group.suite, epoch, baseKey, selfLeaf: group.self.leaf };
      newest.get(name)?.baseKey.fill(0);
      newest.set(name, keys);
      const line = lines.get(name);
      if (line === undefined) return;
      give(line, keys);
      const stands = () => lines.get(name) === line;
      if (removal || !line.sending) send(line, epoch);
      else
        timers.after(joinGraceMs, () => {
          // The newest there is by then: who commits without end keeps nobody from moving on.
          if (stands()) send(line, newest.get(name)?.epoch ?? epoch);
        });
      timers.after(oldKeysMs, () => {
        if (stands()) line.port.postMessage({ type: "forgetBelow", epoch });
      });
    },
    attach(name, port) {
      const line = { port, sending: false };
      lines.set(name, line);
      const keys = newest.get(name);
      if (keys === undefined) return;
      give(line, keys);
      send(line, keys.epoch);
    },
    forget(name) {
      newest.get(name)?.baseKey.fill(0);
      newest.delete(name);
      lines.get(name)?.port.postMessage({ type: "send", epoch: null });
      lines.delete(name);
    },
  };
}
