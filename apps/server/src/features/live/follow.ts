/** Ties streams to instances, and keeps what this process publishes in step with the database. */
import { fold, type InstanceState, type Principal } from "@sekisho/domain";
import type { Hub } from "./hub.ts";
import type { Committed, Runner } from "./runner.ts";
import type { EventStream } from "./stream.ts";

export type Follow = (state: InstanceState, principal: Principal, stream: EventStream) => Promise<void>;

export type Publisher = {
  readonly follow: Follow;
  /** After a commit of this process. */
  committed(committed: Committed): void;
  /** After a notice of another process, or when hearing again: reads what is missing. */
  catchUp(instanceId: string): Promise<void>;
};

export function createPublisher(hub: Hub, runner: Runner, onFailure: (error: unknown) => void): Publisher {
  const running = new Map<string, Promise<void>>();

  async function read(instanceId: string): Promise<void> {
    const published = hub.published(instanceId);
    if (published === null) return;
    const newest = await runner.read(instanceId);
    if (newest === null || newest.seq <= published.seq) return;
    const events = await runner.since(instanceId, published.seq);
    const current = hub.published(instanceId);
    if (current === null) return;
    const missing = events.filter((event) => event.seq > current.seq);
    const state = fold(missing, current);
    if (state !== null) hub.publish(state, missing);
  }

  /** One at a time for one instance, so that nobody publishes an older state over a newer one. */
  function catchUp(instanceId: string): Promise<void> {
    const before = running.get(instanceId) ?? Promise.resolve();
    const mine = before.then(() => read(instanceId));
    const quiet = mine.catch(onFailure);
    running.set(instanceId, quiet);
    void quiet.then(() => {
      if (running.get(instanceId) === quiet) running.delete(instanceId);
    });
    return mine;
  }

  return {
    catchUp,
    committed({ state, events }) {
      const published = hub.published(state.instanceId);
      if (published === null) return;
      // Another process committed in between and its notice is still on the way.
      if (events[0]?.seq === published.seq + 1) hub.publish(state, events);
      else catchUp(state.instanceId).catch(onFailure);
    },
    async follow(state, principal, stream) {
      const leave = await hub.follow(state, {
        principal,
        send: (message) => stream.send(message),
        gone: () => stream.gone(),
        end: () => stream.end(),
      });
      stream.onClose(leave);
      await catchUp(state.instanceId);
    },
  };
}
