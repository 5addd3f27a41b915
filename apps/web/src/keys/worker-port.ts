/** The page's side of the worker. A worker that is gone answers nothing: every question then fails. */
import { trustedAddress } from "../media/e2ee/unsafe.ts";
// oxlint-disable-next-line import/default -- what the bundler makes of it has one
import groupWorker from "./group-worker.ts?worker&url";
import { PortRefused, type GroupPort } from "./group-port.ts";
import { answered } from "./unsafe.ts";
import type { Answer, Ask, Operation } from "./worker-messages.ts";

export type WorkerPort = GroupPort & { close(): void };

type Waiting = { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void };

let address: string | null = null;

export function openWorkerPort(): WorkerPort {
  address ??= trustedAddress("sekisho-keys", groupWorker);
  const worker = new Worker(address, { type: "module" });
  const waiting = new Map<number, Waiting>();
  let last = 0;
  let gone = false;

  worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => {
    const one = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.ok) one?.resolve(data.value);
    else one?.reject(new PortRefused(data.reason));
  });
  worker.addEventListener("error", end);

  function end(): void {
    gone = true;
    for (const one of waiting.values()) one.reject(new PortRefused("failed"));
    waiting.clear();
  }

  function ask<O extends Operation>(
    operation: O,
    args: Parameters<GroupPort[O]>,
    transfer: Transferable[] = [],
  ) {
    return new Promise<Awaited<ReturnType<GroupPort[O]>>>((resolve, reject) => {
      if (gone) return reject(new PortRefused("failed"));
      last += 1;
      waiting.set(last, { resolve: (value) => resolve(answered(value)), reject });
      const message: Ask = { id: last, operation, args };
      worker.postMessage(message, transfer);
    });
  }

  return {
    offer: (...args) => ask("offer", args),
    found: (...args) => ask("found", args),
    join: (...args) => ask("join", args),
    receive: (...args) => ask("receive", args),
    commit: (...args) => ask("commit", args),
    confirm: (...args) => ask("confirm", args),
    discard: (...args) => ask("discard", args),
    read: (...args) => ask("read", args),
    seal: (...args) => ask("seal", args),
    open: (...args) => ask("open", args),
    feed: (group, port) => ask("feed", [group, port], [port]),
    // A worker that is gone has forgotten.
    forget: (...args) => ask("forget", args).catch(() => undefined),
    close() {
      worker.terminate();
      end();
    },
  };
}
