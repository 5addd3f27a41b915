/** A browser with core-crypto in it. */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, extname, join, normalize } from "node:path";
import { z } from "zod";
import { launchBrowser } from "../../packages/testkit/src/index.ts";
import { peersManifest } from "../lib/peers.ts";

const folder = join(dirname(peersManifest), "node_modules", "@wireapp", "core-crypto", "dist", "browser");

export type Peer = AsyncDisposable & {
  ask(what: string, ...given: readonly (string | number)[]): Promise<string>;
};

function fileOf(path: string): string {
  if (path === "/page.mjs") return join(import.meta.dirname, "page.mjs");
  return join(folder, normalize(path.replace(/^\/core-crypto/u, "")));
}

export async function openPeer(): Promise<Peer> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://bench").pathname;
    const wasm = extname(path) === ".wasm";
    response.setHeader(
      "content-type",
      path === "/" ? "text/html" : wasm ? "application/wasm" : "text/javascript",
    );
    response.end(path === "/" ? "<!doctype html><title>peer</title>" : readFileSync(fileOf(path)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const browser = await launchBrowser();
  const page = await browser.context.newPage();
  await page.goto(`http://127.0.0.1:${address.port}/`);
  return {
    ask: async (what, ...given) => {
      const call = `import("/page.mjs").then((page) => page[${JSON.stringify(what)}](...${JSON.stringify(given)}))`;
      return z.string().parse(await page.evaluate(call));
    },
    async [Symbol.asyncDispose]() {
      await browser.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
