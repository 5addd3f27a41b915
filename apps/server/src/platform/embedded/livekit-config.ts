import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { z } from "zod";
import { StartProblem } from "../../config/start-problem.ts";
import { keptSecret } from "./secret-file.ts";

export type LiveKitKeys = { readonly apiKey: string; readonly apiSecret: string };

export type LiveKitNetwork = {
  /** Signalling, on loopback only: browsers reach it through the gate and in no other way. */
  readonly signalPort: number;
  /** One port for all media. */
  readonly udpPort: number;
  /** Media over TCP where UDP is blocked; 0 is off. It cannot be bound to one address. */
  readonly tcpPort: number;
  /** The address browsers send media to. */
  readonly nodeIp: string;
  /** Media on this machine only: no address of the house is offered. */
  readonly loopbackOnly: boolean;
  /** `host:port`. Empty: browsers are told of no server but ours. */
  readonly stunServers: readonly string[];
};

export type TurnServer = {
  readonly host: string;
  readonly port: number;
  readonly protocol: "udp" | "tcp" | "tls";
  readonly secret: string;
};

const keysSchema = z.strictObject({ apiKey: z.string().min(8), apiSecret: z.string().min(32) });

/** LiveKit's key and secret: made at the first start, kept in the keys folder, never shown. */
export function keptLiveKitKeys(keysDir: string): LiveKitKeys {
  const path = join(keysDir, "livekit.json");
  const text = keptSecret(path, () =>
    JSON.stringify({
      apiKey: `sk${randomBytes(8).toString("hex")}`,
      apiSecret: randomBytes(32).toString("base64url"),
    }),
  );
  try {
    return keysSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new StartProblem("secret_damaged", { path }, error);
  }
}

/**
 * LiveKit's configuration as text (JSON is YAML). Handed over in the environment, so that no secret lies on disk or
 * in the list of processes.
 *
 * Without `stun_servers` LiveKit tells every browser to contact servers of other companies (`DefaultStunServers`
 * in livekit/mediatransportutil), so there is always an entry; our own pages ignore it and pass their own list.
 */
export function liveKitConfig(
  keys: LiveKitKeys,
  network: LiveKitNetwork,
  extras: { webhookUrl?: string | undefined; turn?: TurnServer | undefined; region?: string | undefined },
): string {
  const stun =
    network.stunServers.length > 0 ? network.stunServers : [`${network.nodeIp}:${network.udpPort}`];
  return JSON.stringify({
    port: network.signalPort,
    bind_addresses: ["127.0.0.1"],
    log_level: "warn",
    rtc: {
      udp_port: network.udpPort,
      tcp_port: network.tcpPort,
      node_ip: network.nodeIp,
      use_external_ip: false,
      stun_servers: stun,
      enable_loopback_candidate: network.loopbackOnly,
      ...(network.loopbackOnly ? { ips: { includes: ["127.0.0.1/32"] } } : {}),
      ...(extras.turn ? { turn_servers: [extras.turn] } : {}),
    },
    room: { auto_create: false, empty_timeout: 30, departure_timeout: 20 },
    keys: { [keys.apiKey]: keys.apiSecret },
    ...(extras.region ? { region: extras.region } : {}),
    ...(extras.webhookUrl ? { webhook: { api_key: keys.apiKey, urls: [extras.webhookUrl] } } : {}),
  });
}
