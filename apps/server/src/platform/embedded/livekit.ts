import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { StartProblem, systemErrorCode } from "../../config/start-problem.ts";
import { freeTcpPort, freeUdpPort } from "./free-port.ts";
import { keptLiveKitKeys, liveKitConfig, type LiveKitNetwork, type TurnServer } from "./livekit-config.ts";
import { launchLiveKit } from "./livekit-process.ts";
import { supervise } from "./supervise.ts";

export type EmbeddedLiveKitOptions = {
  readonly binary: string;
  readonly keysDir: string;
  readonly logDir: string;
  /** Our own loopback address that LiveKit tells who joined and left. */
  readonly webhookUrl?: string | undefined;
  /** 0: any free port. */
  readonly udpPort: number;
  /** Signalling on the same port as another process expects it; without it any free one. */
  readonly signalPort?: number | undefined;
  readonly tcpPort: number;
  readonly nodeIp: string;
  readonly loopbackOnly: boolean;
  readonly stunServers?: readonly string[];
  readonly turn?: TurnServer | undefined;
  readonly region?: string | undefined;
  /** Called when the engine is back after a crash: its rooms are gone, the caller makes them again. */
  readonly onRestart?: () => void;
};

export type EmbeddedLiveKit = {
  /** Signalling and API, `http://127.0.0.1:…`. */
  readonly url: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly udpPort: number;
  readonly pid: number;
  stop(): Promise<void>;
};

/** Starts LiveKit as our child. Throws `engine_udp_taken` or `engine_failed`. */
export async function startEmbeddedLiveKit(options: EmbeddedLiveKitOptions): Promise<EmbeddedLiveKit> {
  const keys = keptLiveKitKeys(options.keysDir);
  mkdirSync(options.logDir, { recursive: true, mode: 0o700 });
  const logFile = join(options.logDir, "livekit.log");
  for (let attempt = 1; ; attempt += 1) {
    const network = await chooseNetwork(options);
    const config = liveKitConfig(keys, network, options);
    const launch = () => launchLiveKit(options.binary, config, network.signalPort, logFile);
    const first = await launch();
    if (first) {
      const supervised = supervise(launch, first, options.onRestart);
      const { signalPort, udpPort } = network;
      return {
        url: `http://127.0.0.1:${signalPort}`,
        ...keys,
        udpPort,
        get pid() {
          return supervised.current().pid;
        },
        stop: () => supervised.stop(),
      };
    }
    // A free port may have been taken in the meantime by somebody else.
    if (attempt === 3) throw new StartProblem("engine_failed", { reason: lastLine(logFile) || logFile });
  }
}

async function chooseNetwork(options: EmbeddedLiveKitOptions): Promise<LiveKitNetwork> {
  try {
    const udpPort = await freeUdpPort(options.udpPort);
    const signalPort = await freeTcpPort("127.0.0.1", options.signalPort);
    return { ...options, udpPort, signalPort, stunServers: options.stunServers ?? [] };
  } catch (error) {
    if (systemErrorCode(error) !== "EADDRINUSE") throw error;
    throw new StartProblem("engine_udp_taken", { port: String(options.udpPort) }, error);
  }
}

function lastLine(file: string): string {
  return readFileSync(file, "utf8").trimEnd().split("\n").at(-1) ?? "";
}
