import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { StartProblem } from "../../config/start-problem.ts";
import { type FolderLock, tryLock } from "./folder-lock.ts";
import { freeTcpPort } from "./free-port.ts";
import { type EmbeddedLiveKit, type EmbeddedLiveKitOptions, startEmbeddedLiveKit } from "./livekit.ts";
import { keptLiveKitKeys } from "./livekit-config.ts";
import { engineAnswers } from "./livekit-process.ts";
import type { LiveKitPart } from "./livekit-part.ts";

const stateSchema = z.object({ signalPort: z.number(), udpPort: z.number() });
type State = z.output<typeof stateSchema>;

const pollMs = 250;
const joinLimitMs = 30_000;

/**
 * Several server processes of one data folder use one engine: whoever holds the lock runs it, and when that process
 * ends the next one starts it again on the same ports with the same keys, so that the others' addresses stay true.
 */
export async function shareLiveKit(dataDir: string, options: EmbeddedLiveKitOptions): Promise<LiveKitPart> {
  const files = { lock: join(dataDir, "engine.lock"), state: join(dataDir, "engine.json") };
  const lock = tryLock(files.lock);
  if (lock) return own(lock, files.state, await withFormerPort(files.state, options));
  return joinOther(files, options);
}

async function own(
  lock: FolderLock,
  stateFile: string,
  options: EmbeddedLiveKitOptions,
): Promise<EmbeddedLiveKit> {
  try {
    const engine = await startEmbeddedLiveKit(options);
    const state: State = { signalPort: Number(new URL(engine.url).port), udpPort: engine.udpPort };
    writeFileSync(`${stateFile}.new`, JSON.stringify(state));
    renameSync(`${stateFile}.new`, stateFile);
    return {
      ...engine,
      get pid() {
        return engine.pid;
      },
      async stop() {
        await engine.stop();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Somebody who joined the former engine expects it there; a stranger on that port is given way to. */
async function withFormerPort(
  stateFile: string,
  options: EmbeddedLiveKitOptions,
): Promise<EmbeddedLiveKitOptions> {
  const former = readState(stateFile);
  if (!former) return options;
  const signalPort = await freeTcpPort("127.0.0.1", former.signalPort).catch(() => undefined);
  return { ...options, signalPort };
}

async function joinOther(
  files: { lock: string; state: string },
  options: EmbeddedLiveKitOptions,
): Promise<LiveKitPart> {
  const state = await stateOf(files.state);
  const stopping = new AbortController();
  let owned: EmbeddedLiveKit | null = null;
  async function takeOver(): Promise<void> {
    while (!stopping.signal.aborted && owned === null) {
      await delay(pollMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      const lock = stopping.signal.aborted ? null : tryLock(files.lock);
      if (!lock) continue;
      // The former engine may not have let go of its ports yet: then once more.
      owned = await own(lock, files.state, { ...options, ...state }).catch(() => null);
      if (owned !== null && !stopping.signal.aborted) options.onRestart?.();
    }
  }
  const watching = takeOver();
  return {
    url: `http://127.0.0.1:${state.signalPort}`,
    ...keptLiveKitKeys(options.keysDir),
    async stop() {
      stopping.abort();
      await watching;
      await owned?.stop();
    },
  };
}

/** The engine of the process that holds the lock, as soon as it answers. Throws `engine_failed`. */
async function stateOf(stateFile: string): Promise<State> {
  const deadline = Date.now() + joinLimitMs;
  while (Date.now() < deadline) {
    const state = readState(stateFile);
    if (state && (await engineAnswers(state.signalPort))) return state;
    await delay(pollMs);
  }
  throw new StartProblem("engine_failed", { reason: "the engine of the other process does not answer." });
}

function readState(file: string): State | null {
  try {
    return stateSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return null;
  }
}
