/** Server-sent events over one HTTP answer. A reader that cannot keep up is let go, and comes back for a fresh view. */
import type { StreamMessage } from "@sekisho/contract";
import type { FastifyReply } from "fastify";

export type EventStream = {
  send(message: StreamMessage): void;
  /** Tells the page not to come back, and ends. */
  gone(): void;
  /** Ends without a word: the page comes back by itself. */
  end(): void;
  onClose(listener: () => void): void;
};

const mostBuffered = 8 * 1024 * 1024;

export function openEventStream(reply: FastifyReply): EventStream {
  const listeners: (() => void)[] = [];
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-store",
    "x-accel-buffering": "no",
    "x-content-type-options": "nosniff",
  });
  raw.write("retry: 1000\n\n");
  raw.on("close", () => {
    for (const listener of listeners) listener();
  });
  raw.on("error", () => raw.destroy());
  return {
    send(message) {
      if (raw.destroyed) return;
      raw.write(`data: ${JSON.stringify(message)}\n\n`);
      if (raw.writableLength > mostBuffered) raw.destroy();
    },
    gone() {
      if (!raw.destroyed) raw.end("event: gone\ndata: {}\n\n");
    },
    end() {
      if (!raw.destroyed) raw.end();
    },
    onClose(listener) {
      if (raw.destroyed) listener();
      else listeners.push(listener);
    },
  };
}
