import { lookup } from "node:dns/promises";
import { join } from "node:path";
import type { Config } from "../../config/config.ts";
import { firstAddress } from "../tls/own-names.ts";
import { shareLiveKit } from "./livekit-shared.ts";
import type { TurnServer } from "./livekit-config.ts";

/** The media engine the server works with, wherever it runs. */
export type LiveKitPart = {
  readonly url: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  stop(): Promise<void>;
};

const defaultUdpPort = 7882;
const defaultTcpPort = 7881;

/** Starts the engine with what the settings say, or joins the one of another process of this data folder. Throws `engine_udp_taken` or `engine_failed`. */
export async function startEngine(
  config: Config,
  binary: string,
  callbacks: { webhookUrl: string; onRestart: () => void },
): Promise<LiveKitPart> {
  const loopbackOnly = config.exposure === "loopback";
  return shareLiveKit(config.dataDir, {
    binary,
    keysDir: config.keysDir,
    logDir: join(config.dataDir, "log"),
    webhookUrl: callbacks.webhookUrl,
    udpPort: config.livekitUdpPort ?? (loopbackOnly ? 0 : defaultUdpPort),
    tcpPort: config.livekitTcpPort ?? (loopbackOnly ? 0 : defaultTcpPort),
    nodeIp: loopbackOnly ? "127.0.0.1" : await nodeIp(config),
    loopbackOnly,
    stunServers: config.stunServers,
    turn: turnServer(config),
    region: config.regionLabel,
    onRestart: callbacks.onRestart,
  });
}

/** The LiveKit of the settings, if there is one. The key and the secret were checked with the configuration. */
export function outsideEngine(config: Config): LiveKitPart | null {
  const { livekitUrl, livekitKey, livekitSecret } = config;
  if (livekitUrl === undefined || livekitKey === undefined || livekitSecret === undefined) return null;
  const url = livekitUrl.replace(/^ws/, "http").replace(/\/$/, "");
  return { url, apiKey: livekitKey, apiSecret: livekitSecret, stop: () => Promise.resolve() };
}

/** Media goes straight to the engine, so it needs the address people's browsers can reach. */
async function nodeIp(config: Config): Promise<string> {
  if (config.livekitNodeIp !== undefined) return config.livekitNodeIp;
  if (config.domain === undefined) return firstAddress();
  return lookup(config.domain, { family: 4 }).then(
    ({ address }) => address,
    () => firstAddress(),
  );
}

function turnServer(config: Config): TurnServer | undefined {
  const { turnHost, turnSecret, turnPort, turnProtocol } = config;
  if (turnHost === undefined || turnSecret === undefined) return undefined;
  return { host: turnHost, port: turnPort, protocol: turnProtocol, secret: turnSecret };
}
