/**
 * One server in a process of its own, so that its memory and time are its own: the product, or a bare server of the
 * same kind. Started by the bench with an IPC channel and `--expose-gc`.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocketServer } from "ws";
import { loadConfig } from "../../apps/server/src/config/load-config.ts";
import { asked, schedule } from "../../packages/testkit/src/meetings.ts";
import { startProduct } from "../../packages/testkit/src/product.ts";

export type Ready = {
  readonly origin: string;
  readonly meetings: readonly { readonly link: string }[];
  readonly hostCookie: string;
};
export type Usage = { readonly rss: number; readonly held: number; readonly cpuMs: number };

/** As long as the product's own first words to somebody who waits, and as often. */
const first = `data: ${JSON.stringify({ type: "admission", admission: { state: "waiting", text: "x".repeat(440) } })}\n\n`;
const beat = () => `data: ${JSON.stringify({ type: "alive", at: Date.now() })}\n\n`;
const beatMs = 2000;

async function startBareSse(): Promise<Ready> {
  const open = new Set<{ write(text: string): void }>();
  const server = createServer((_request, response) => {
    response.writeHead(200, {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store",
    });
    response.write(first);
    open.add(response);
    response.on("close", () => open.delete(response));
  });
  setInterval(() => {
    const text = beat();
    for (const response of open) response.write(text);
  }, beatMs);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return bare(server.address());
}

async function startBareWs(): Promise<Ready> {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false });
  server.on("connection", (socket) => socket.send(first));
  setInterval(() => {
    const text = beat();
    for (const socket of server.clients) socket.send(text);
  }, beatMs);
  await new Promise((resolve) => server.once("listening", resolve));
  return bare(server.address());
}

function bare(address: AddressInfo | string | null): Ready {
  if (address === null || typeof address === "string") throw new Error("no port");
  return { origin: `http://127.0.0.1:${address.port}`, meetings: [], hostCookie: "" };
}

async function startOurs(meetings: number): Promise<Ready> {
  const { gateLimits } = loadConfig({ argv: [], env: {}, root: "/" });
  const product = await startProduct({
    page: false,
    postgres: { durable: true },
    config: { gateLimits: { ...gateLimits, capacity: 10_000, dropGraceMs: 3_600_000 } },
  });
  stops.push(async () => {
    await product[Symbol.asyncDispose]();
  });
  const host = await product.setUp();
  const opened: { link: string }[] = [];
  for (let index = 0; index < meetings; index += 1) {
    const meeting = await schedule(host, { passcodeRequired: false });
    await asked(host, meeting);
    opened.push({ link: meeting.link });
  }
  return { origin: product.origin, meetings: opened, hostCookie: host.cookieHeader() };
}

const stops: (() => Promise<void>)[] = [];

function usage(): Usage {
  for (let turn = 0; turn < 3; turn += 1) global.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  return { rss, held: heapUsed + external, cpuMs: (user + system) / 1000 };
}

const [kind = "", meetings = "1"] = process.argv.slice(2);
process.on("message", (message) => {
  if (message === "usage") process.send?.({ type: "usage", usage: usage() });
  else
    void Promise.all(stops.map((stop) => stop())).finally(() => {
      process.exit(0);
    });
});
process.on("disconnect", () => process.exit(1));
const kinds: Readonly<Record<string, () => Promise<Ready>>> = {
  ours: () => startOurs(Number(meetings)),
  sse: startBareSse,
  ws: startBareWs,
};
const start = kinds[kind];
if (start === undefined) throw new Error(`no such server: ${kind}`);
process.send?.({ type: "ready", ready: await start() });
