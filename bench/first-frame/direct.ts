/**
 * LiveKit with nothing of ours between: a bare page of its client, signalling straight to it behind TLS. It is a second
 * engine of the same kind, because the product throws everybody out of its own whom it has not admitted.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:https";
import { connect } from "node:net";
import { join } from "node:path";
import { AccessToken, RoomServiceClient } from "livekit-server-sdk";
import { openHouseAuthority } from "../../apps/server/src/platform/tls/house-authority.ts";
import { ownNames } from "../../apps/server/src/platform/tls/own-names.ts";
import { resolveEngine } from "../../apps/server/src/platform/embedded/engine.ts";
import { startEmbeddedLiveKit } from "../../apps/server/src/platform/embedded/livekit.ts";
import { tmpdir } from "node:os";

export type Direct = AsyncDisposable & {
  readonly origin: string;
  readonly room: string;
  token(): Promise<string>;
};

export async function startDirect(address: string): Promise<Direct> {
  const folder = mkdtempSync(join(tmpdir(), "sekisho-direct-"));
  const keys = join(folder, "keys");
  mkdirSync(keys, { recursive: true, mode: 0o700 });
  const livekit = await startEmbeddedLiveKit({
    binary: await resolveEngine({ binary: process.env["SEKISHO_LIVEKIT_BIN"] || undefined }),
    keysDir: keys,
    logDir: folder,
    udpPort: 0,
    tcpPort: 0,
    nodeIp: address,
    loopbackOnly: false,
  });
  const authority = await openHouseAuthority(folder, keys, ownNames());
  const leaf = await authority.issue(ownNames(), new Date());
  const page = join(folder, "page");
  await buildDirectPage(page);
  const server = createServer(leaf, (request, response) => {
    const path = new URL(request.url ?? "/", "https://bench").pathname;
    const isCode = path === "/page.js";
    response.writeHead(200, { "content-type": isCode ? "text/javascript" : "text/html; charset=utf-8" });
    response.end(isCode ? readFileSync(join(page, "page.js")) : html);
  });
  const upstream = new URL(livekit.url);
  server.on("upgrade", (request, socket, head) => {
    const lines = [`GET ${request.url ?? "/"} HTTP/1.1`];
    for (let at = 0; at < request.rawHeaders.length; at += 2)
      lines.push(`${request.rawHeaders[at]}: ${request.rawHeaders[at + 1]}`);
    const far = connect(Number(upstream.port), upstream.hostname, () => {
      far.write(`${lines.join("\r\n")}\r\n\r\n`);
      far.write(head);
      far.pipe(socket).pipe(far);
    });
    far.setNoDelay(true);
    far.on("error", () => socket.destroy());
    socket.on("error", () => far.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new Error("no port");
  const room = `direct-${crypto.randomUUID()}`;
  await new RoomServiceClient(livekit.url, livekit.apiKey, livekit.apiSecret).createRoom({ name: room });
  return {
    origin: `https://${address}:${bound.port}`,
    room,
    token() {
      const token = new AccessToken(livekit.apiKey, livekit.apiSecret, { identity: crypto.randomUUID() });
      token.addGrant({ room, roomJoin: true, canPublish: true, canSubscribe: true });
      return token.toJwt();
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await livekit.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const html = `<!doctype html><title>direct</title><body><script type="module" src="/page.js"></script>`;

async function buildDirectPage(outDir: string): Promise<void> {
  const { build } = await import("vite");
  await build({
    configFile: false,
    logLevel: "error",
    build: {
      outDir,
      emptyOutDir: true,
      lib: {
        entry: join(import.meta.dirname, "page", "main.ts"),
        formats: ["es"],
        fileName: () => "page.js",
      },
    },
    define: { "process.env.NODE_ENV": JSON.stringify("production") },
  });
}
