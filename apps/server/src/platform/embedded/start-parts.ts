import { routes } from "@sekisho/contract";
import type { Config } from "../../config/config.ts";
import { type Listener, openListener } from "../tls/listener.ts";
import { type DatabasePart, startDatabase } from "./database-part.ts";
import { resolveEngine } from "./engine.ts";
import type { BuildProgress } from "./engine-build.ts";
import { type LiveKitPart, outsideEngine, startEngine } from "./livekit-part.ts";
import { makeDataFolder } from "./postgres-folders.ts";
import type { Progress } from "./progress.ts";

/** Everything the server stands on, running. */
export type ServerParts = {
  readonly config: Config;
  readonly listener: Listener;
  readonly database: DatabasePart;
  readonly livekit: LiveKitPart;
  /** Folder with the built pages. */
  readonly pageDir: string;
  /** The engine came back after a crash, without its rooms. */
  onEngineRestart(callback: () => void): void;
};

/** The one path the engine's own loopback port passes on. */
export const webhookPath = routes.system.sfuWebhook.path;

/**
 * Starts the parts in an order that fails early: port, database, engine, pages. What was started is put on the
 * stack and ends in the reverse order, also when a later part fails.
 */
export async function startParts(
  config: Config,
  progress: Progress,
  tools: { readonly stack: AsyncDisposableStack; readonly buildPage: () => Promise<string> },
): Promise<ServerParts> {
  const { stack } = tools;
  makeDataFolder(config.dataDir);
  const listener = await progress.step(
    "address",
    () =>
      openListener(config, {
        onRenewalError: () => progress.say("renewalFailed"),
      }),
    { address: `${config.host}:${config.port}` },
  );
  stack.defer(() => listener.close());
  const database = await progress.step(
    config.databaseUrl === undefined ? "database" : "databaseOutside",
    () => startDatabase(config, () => progress.say("databaseBack")),
  );
  stack.defer(() => database.stop());
  const restartCallbacks: (() => void)[] = [];
  const livekit = await engineFor(config, progress, {
    webhookUrl: `${listener.internalOrigin}${webhookPath}`,
    onRestart() {
      progress.say("engineBack");
      for (const callback of restartCallbacks) callback();
    },
  });
  stack.defer(() => livekit.stop());
  const pageDir = await progress.step("page", tools.buildPage);
  return {
    config,
    listener,
    database,
    livekit,
    pageDir,
    onEngineRestart: (callback) => void restartCallbacks.push(callback),
  };
}

async function engineFor(
  config: Config,
  progress: Progress,
  callbacks: { webhookUrl: string; onRestart: () => void },
): Promise<LiveKitPart> {
  const outside = outsideEngine(config);
  if (outside) return progress.step("engineOutside", () => Promise.resolve(outside));
  const onProgress = (build: BuildProgress) => tellBuild(progress, build);
  const binary = await progress.step("engineBuild", () =>
    resolveEngine({ binary: config.livekitBin, onProgress }),
  );
  return progress.step("engine", () => startEngine(config, binary, callbacks));
}

function tellBuild(progress: Progress, build: BuildProgress): void {
  if (build.phase === "begin") progress.say("engineBuildBegin");
  else if (build.phase === "fetching") progress.say("engineBuildFetch");
  else if (build.phase === "waiting") progress.moving("engineBuildWait", {});
  else {
    const { modules, packages, seconds } = build;
    progress.moving("engineBuildMove", {
      modules: String(modules),
      packages: String(packages),
      seconds: String(seconds),
    });
  }
}
