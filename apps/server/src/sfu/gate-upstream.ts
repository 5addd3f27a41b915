import { WebSocket } from "ws";
import type { GateLimits } from "./gate-limits.ts";

/** An open connection to LiveKit. What LiveKit says before somebody listens is kept, within bounds. */
export type Upstream = {
  readonly socket: WebSocket;
  /** Once: hands over what was kept, then everything that comes. */
  listen(onFrame: (data: Uint8Array, isBinary: boolean) => void, onClose: () => void): void;
  terminate(): void;
};

export type UpstreamOptions = {
  readonly signalUrl: string;
  readonly token: string;
  /** As the gate wrote it, never as the page sent it. */
  readonly joinRequest: string;
  readonly limits: GateLimits;
};

/** Rejects without any text of LiveKit's: its refusals can quote the whole token. */
export function openUpstream(options: UpstreamOptions): Promise<Upstream> {
  const { limits } = options;
  const url = `${options.signalUrl}/rtc/v1?join_request=${encodeURIComponent(options.joinRequest)}`;
  const socket = new WebSocket(url, {
    headers: { authorization: `Bearer ${options.token}` },
    perMessageDeflate: false,
    followRedirects: false,
    maxPayload: limits.serverFrameBytes,
    handshakeTimeout: limits.stepMs,
  });
  const { promise, resolve, reject } = Promise.withResolvers<Upstream>();
  const upstream = buffered(socket, limits.bufferedBytes);
  socket.on("open", () => resolve(upstream));
  socket.on("unexpected-response", (_request, response) => {
    response.destroy();
    socket.terminate();
    reject(new Error(`media server answered ${response.statusCode}`));
  });
  socket.on("error", () => reject(new Error("media server unreachable")));
  return promise;
}

function buffered(socket: WebSocket, maxBytes: number): Upstream {
  let early: { data: Uint8Array; isBinary: boolean }[] | undefined = [];
  let bytes = 0;
  let closed = false;
  let frame = (data: Uint8Array, isBinary: boolean) => {
    bytes += data.length;
    early?.push({ data, isBinary });
    if (bytes > maxBytes) socket.terminate();
  };
  let close = () => {};
  socket.on("message", (data, isBinary) => {
    // With the default binaryType every message is one Buffer.
    if (Buffer.isBuffer(data)) frame(data, isBinary);
  });
  socket.on("close", () => {
    closed = true;
    close();
  });
  return {
    socket,
    listen(onFrame, onClose) {
      frame = onFrame;
      close = onClose;
      const kept = early ?? [];
      early = undefined;
      for (const each of kept) onFrame(each.data, each.isBinary);
      if (closed) onClose();
    },
    terminate: () => socket.terminate(),
  };
}
