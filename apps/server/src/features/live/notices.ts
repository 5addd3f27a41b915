/** What other processes did, as PostgreSQL tells it: the same duties here, from what the log says. */
import { reactions } from "@sekisho/contract";
import { isMasked, type InstanceState } from "@sekisho/domain";
import type { SfuGate } from "../../sfu/gate.ts";
import { chatChannel, type Chat } from "./chat.ts";
import { reactionChannel } from "./chat-routes.ts";
import { signalChannel } from "./key-routes.ts";
import type { Devices } from "./devices.ts";
import { effectsOf } from "./effects-of.ts";
import { enforce } from "./enforcement.ts";
import type { Publisher } from "./follow.ts";
import { hears, isNear } from "./chat-readers.ts";
import type { Hub } from "./hub.ts";
import type { Committed, Runner } from "./runner.ts";
import type { Walls } from "./walls.ts";
import { instanceChannel } from "./write-batch.ts";

export const sessionChannel = "sekisho_session";
/** Payload: the version, told in the transaction that makes it. */
export const barrierChannel = "sekisho_barrier";
export const channels = [
  ...[barrierChannel, instanceChannel, chatChannel, reactionChannel, signalChannel, sessionChannel],
];

export type NoticeDeps = {
  readonly processId: string;
  readonly runner: Runner;
  readonly hub: Hub;
  readonly publisher: Publisher;
  readonly gate: () => SfuGate;
  readonly chat: Chat;
  readonly devices: Devices;
  readonly walls: Walls;
};

export type OnNotice = (channel: string, payload: string) => Promise<void>;

export function createNotices(deps: NoticeDeps): OnNotice {
  const { runner, hub, chat } = deps;

  async function elsewhere(instanceId: string): Promise<void> {
    const before = runner.peek(instanceId);
    if (before === null && hub.published(instanceId) === null) return;
    const state = await runner.read(instanceId);
    if (state === null) return;
    if (before !== null) {
      const events = await runner.since(instanceId, before.seq);
      enforce(deps.gate(), state, effectsOf(before, state, events));
      tellMuted(hub, state, events);
    }
    await deps.publisher.catchUp(instanceId);
  }

  async function deliver(instanceId: string, messageId: string): Promise<void> {
    if (hub.published(instanceId) === null) return;
    const [state, message] = await Promise.all([runner.read(instanceId), chat.one(instanceId, messageId)]);
    // BAR-4 at delivery too: sent a moment before a soft block, it does not arrive after it.
    if (state === null || message === null || isMasked(state, "chat")) return;
    hub.tell(instanceId, (one) => hears(state, message, one), { type: "chat", message });
  }

  return async (channel, payload) => {
    const [first = "", second = "", third = ""] = payload.split(" ");
    if (channel === barrierChannel) return deps.walls.changed(Number(first));
    if (channel === sessionChannel) return deps.devices.end([first]);
    if (channel === instanceChannel) return first === deps.processId ? undefined : elsewhere(second);
    if (channel === chatChannel) return deliver(first, second);
    const state = hub.published(first);
    if (channel === signalChannel) {
      if (state !== null)
        hub.tell(first, (one) => isNear(state, second, one), {
          type: "sealed",
          fromId: second,
          sealed: third,
        });
      return;
    }
    const reaction = reactions.find((one) => one === third);
    if (reaction !== undefined && state !== null)
      hub.tell(first, (one) => isNear(state, second, one), { type: "reaction", fromId: second, reaction });
  };
}

/** SEC-3: the page of whoever was muted stops sending, besides what the SFU does. */
export function tellMuted(hub: Hub, state: InstanceState, events: Committed["events"]): void {
  for (const { event } of events) {
    if (event.type !== "participant.muted") continue;
    const muted = new Set<string>(event.admissionIds);
    hub.tell(state.instanceId, (one) => muted.has(one), { type: "muted", source: event.source });
  }
}
