/**
 * Ways through networks that block media: the servers of the settings and nobody else's. TURN passwords are made for
 * one person and twelve hours from a shared secret (coturn's `use-auth-secret`; draft-uberti-behave-turn-rest-00).
 */
import type { IceServer } from "@sekisho/contract";
import { createHmac } from "node:crypto";
import type { Config } from "../config/config.ts";

const goodSeconds = 12 * 3600;

type Settings = Pick<Config, "turnHost" | "turnPort" | "turnProtocol" | "turnSecret"> & {
  readonly stunServers: readonly string[];
};

/** `now`: ms since 1970 UTC. */
export function iceServersFor(settings: Settings, admissionId: string, now: number): readonly IceServer[] {
  const { stunServers, turnHost, turnPort, turnProtocol, turnSecret } = settings;
  const stun = stunServers.map((server) => ({ urls: [`stun:${server}`] }));
  if (turnHost === undefined || turnSecret === undefined) return stun;
  const scheme = turnProtocol === "tls" ? "turns" : "turn";
  const transport = turnProtocol === "udp" ? "udp" : "tcp";
  const username = `${Math.floor(now / 1000) + goodSeconds}:${admissionId}`;
  const credential = createHmac("sha1", turnSecret).update(username).digest("base64");
  return [
    ...stun,
    { urls: [`${scheme}:${turnHost}:${turnPort}?transport=${transport}`], username, credential },
  ];
}
