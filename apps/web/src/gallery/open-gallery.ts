import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "vite";
import { launchBrowser, type TestBrowser } from "../../../../packages/testkit/src/browser.ts";
import { serveGallery } from "./serve.ts";

const ROOT = resolve(import.meta.dirname, "../..");

export interface OpenGallery extends AsyncDisposable {
  readonly origin: string;
  readonly browser: TestBrowser;
  readonly urlOf: (state: string, lang?: string, theme?: string) => string;
}

/** Builds the gallery into a folder of its own, serves it and opens a browser. */
export async function openGallery(): Promise<OpenGallery> {
  const stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "sekisho-gallery-"));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const configFile = join(ROOT, "vite.config.ts");
  await build({ root: ROOT, configFile, mode: "gallery", logLevel: "error", build: { outDir: folder } });
  const server = stack.use(await serveGallery(folder));
  const browser = stack.use(await launchBrowser({ context: { reducedMotion: "reduce" } }));
  return {
    origin: server.origin,
    browser,
    urlOf: (state, lang = "ja", theme = "light") =>
      `${server.origin}/?${new URLSearchParams({ state, lang, theme })}`,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}
