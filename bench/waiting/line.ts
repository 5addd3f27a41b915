/** One waiting person's connection, as cheap for the bench as can be: a socket that looks for two words. */
import { connect, type Socket } from "node:net";

export type Line = {
  /** Resolves when the first words of the stream have come. */
  readonly waiting: Promise<void>;
  /** Resolves when the person was told to be admitted: when (`performance.now()`), and whether a ticket came along. */
  readonly admitted: Promise<{ readonly at: number; readonly ticket: boolean }>;
  readonly bytes: () => number;
  close(): void;
};

const sseMark = Buffer.from('"state":"waiting"');
const admittedMark = Buffer.from('"state":"admitted"');
const ticketMark = Buffer.from(',"ticket":');

const quote = 0x22;

export function openLine(origin: string, request: string): Line {
  const { hostname, port } = new URL(origin);
  const socket: Socket = connect(Number(port), hostname);
  let bytes = 0;
  let state: "new" | "waiting" | "admitted" = "new";
  let kept: Buffer = Buffer.alloc(0);
  const waiting = Promise.withResolvers<void>();
  const admitted = Promise.withResolvers<{ at: number; ticket: boolean }>();
  socket.setNoDelay(true);
  socket.write(request);
  socket.on("data", (chunk) => {
    bytes += chunk.length;
    if (state === "admitted") return;
    kept = kept.length === 0 ? chunk : Buffer.concat([kept, chunk]);
    if (state === "new" && kept.includes(sseMark)) {
      state = "waiting";
      kept = Buffer.alloc(0);
      waiting.resolve();
    } else if (state === "waiting" && kept.includes(admittedMark) && kept.includes(ticketMark)) {
      state = "admitted";
      const ticket = kept[kept.indexOf(ticketMark) + ticketMark.length] === quote;
      kept = Buffer.alloc(0);
      admitted.resolve({ at: performance.now(), ticket });
    } else if (kept.length > 4096 && state === "waiting") kept = kept.subarray(-2048);
  });
  const fail = () => {
    waiting.reject(new Error("a line was cut"));
    admitted.reject(new Error("a line was cut"));
  };
  socket.on("error", fail);
  socket.on("close", fail);
  waiting.promise.catch(() => undefined);
  admitted.promise.catch(() => undefined);
  return {
    waiting: waiting.promise,
    admitted: admitted.promise,
    bytes: () => bytes,
    close: () => socket.destroy(),
  };
}

export function sseRequest(path: string, cookie: string): string {
  return `GET ${path} HTTP/1.1\r\nhost: bench\r\naccept: text/event-stream\r\n${cookie === "" ? "" : `cookie: ${cookie}\r\n`}\r\n`;
}

export const wsRequest =
  "GET / HTTP/1.1\r\nhost: bench\r\nconnection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
