import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { resolveEngine } from "../../../apps/server/src/platform/embedded/engine.ts";
import { startEmbeddedLiveKit } from "../../../apps/server/src/platform/embedded/livekit.ts";

export type TestLiveKit = AsyncDisposable & {
  /** Signalling and API on loopback, `http://127.0.0.1:…`; the same after a restart. */
  readonly url: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  /** Of the engine, also after a restart: for tests that kill it. */
  readonly pid: number;
  /** Times it came back after it had ended by itself. */
  readonly restarts: number;
  stop(): Promise<void>;
};

export type TestLiveKitOptions = { readonly webhookUrl?: string; readonly onRestart?: () => void };

/**
 * A real LiveKit with media on loopback only: `await using livekit = await startLiveKit()`. The first call on a
 * machine builds it, which takes minutes; give the hook that calls it a time limit of its own.
 */
export async function startLiveKit(options: TestLiveKitOptions = {}): Promise<TestLiveKit> {
  const binary = await resolveEngine({ binary: process.env["SEKISHO_LIVEKIT_BIN"] || undefined });
  const folder = mkdtempSync(join(tmpdir(), "sekisho-lk-"));
  let restarts = 0;
  const engine = await startEmbeddedLiveKit({
    binary,
    keysDir: join(folder, "keys"),
    logDir: folder,
    udpPort: 0,
    tcpPort: 0,
    nodeIp: "127.0.0.1",
    loopbackOnly: true,
    webhookUrl: options.webhookUrl,
    onRestart() {
      restarts += 1;
      options.onRestart?.();
    },
  });
  async function stop(): Promise<void> {
    await engine.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  return {
    url: engine.url,
    apiKey: engine.apiKey,
    apiSecret: engine.apiSecret,
    get pid() {
      return engine.pid;
    },
    get restarts() {
      return restarts;
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
