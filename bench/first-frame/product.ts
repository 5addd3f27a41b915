/** The whole product as `npm start` puts it together, on an address that a browser in another namespace can reach. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { startApp } from "../../apps/server/src/app.ts";
import { loadConfig } from "../../apps/server/src/config/load-config.ts";
import { freeTcpPort, freeUdpPort } from "../../apps/server/src/platform/embedded/free-port.ts";
import { buildPage } from "../../apps/server/src/platform/embedded/page-build.ts";
import { createProgress } from "../../apps/server/src/platform/embedded/progress.ts";
import { startParts } from "../../apps/server/src/platform/embedded/start-parts.ts";
import { createClient, type Client } from "../../packages/testkit/src/client.ts";
import { owner } from "../../packages/testkit/src/product.ts";

export type Reachable = AsyncDisposable & {
  readonly origin: string;
  readonly host: Client;
};

const plenty = { max: 1_000_000, windowSeconds: 60 };

export async function startReachable(address: string): Promise<Reachable> {
  const stack = new AsyncDisposableStack();
  const folder = mkdtempSync(join(tmpdir(), "sekisho-bench-"));
  stack.defer(() => rmSync(folder, { recursive: true, force: true }));
  const port = await freeTcpPort(address);
  const loaded = loadConfig({
    argv: ["--data", folder, "--host", address, "--port", String(port)],
    env: {
      SEKISHO_LOG_LEVEL: "error",
      SEKISHO_LIVEKIT_NODE_IP: address,
      SEKISHO_LIVEKIT_UDP_PORT: String(await freeUdpPort()),
      SEKISHO_LIVEKIT_TCP_PORT: "0",
    },
    root: folder,
  });
  const config = {
    ...loaded,
    rateLimits: { read: plenty, write: plenty, signIn: plenty, entry: plenty, command: plenty, chat: plenty },
  };
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const parts = await startParts(config, createProgress("en", silent), { stack, buildPage });
  const app = await startApp(parts);
  stack.defer(() => app.close());
  const host = createClient(parts.listener.origin);
  await host.ok("POST", `/api/setup/${app.setupUrl?.split("/").at(-1) ?? ""}`, owner);
  return {
    origin: parts.listener.origin,
    host,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}
