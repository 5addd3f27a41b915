import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from "@playwright/test";
import { findChromium } from "./chromium.ts";

export type TestBrowser = AsyncDisposable & {
  /** Null when it runs with a profile folder: such a browser has one context only. */
  readonly browser: Browser | null;
  /** Another person on another device: own cookies, own storage. Rejects for a browser with a profile folder. */
  newContext(options?: BrowserContextOptions): Promise<BrowserContext>;
  /** The context of the profile folder, or the first one. */
  readonly context: BrowserContext;
  stop(): Promise<void>;
};

export type TestBrowserOptions = {
  /** Folder whose cookies and storage outlive the browser, like a person's own computer. */
  readonly profile?: string;
  /** For the first context. */
  readonly context?: BrowserContextOptions;
  readonly args?: readonly string[];
};

const flags = [
  "--headless=new",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--use-fake-device-for-media-stream",
  "--use-fake-ui-for-media-stream",
  "--allow-loopback-in-peer-connection",
  "--autoplay-policy=no-user-gesture-required",
  "--disable-background-timer-throttling",
  "--disable-renderer-backgrounding",
  "--disable-backgrounding-occluded-windows",
];

/**
 * A real browser with a fake camera and microphone that asks nobody: `await using guest = await launchBrowser()`.
 * In tests that reconnect give each participant a browser of its own, since contexts share one fake camera.
 */
export async function launchBrowser(options: TestBrowserOptions = {}): Promise<TestBrowser> {
  const program = await findChromium();
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) env[name] = value;
  const launch = {
    executablePath: program.path,
    env: { ...env, ...program.env },
    args: [...flags, ...(options.args ?? [])],
    headless: true,
  };
  if (options.profile !== undefined) {
    const context = await chromium.launchPersistentContext(options.profile, {
      ...launch,
      ...options.context,
    });
    return {
      browser: null,
      context,
      newContext: () => Promise.reject(new Error("a browser with a profile folder has one context")),
      stop: () => context.close(),
      [Symbol.asyncDispose]: () => context.close(),
    };
  }
  const browser = await chromium.launch(launch);
  return {
    browser,
    context: await browser.newContext(options.context),
    newContext: (contextOptions) => browser.newContext(contextOptions),
    stop: () => browser.close(),
    [Symbol.asyncDispose]: () => browser.close(),
  };
}
