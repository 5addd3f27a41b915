import { isIP } from "node:net";
import { isAbsolute, join, resolve } from "node:path";
import type { Language } from "./start-problem.ts";
import type { Settings } from "./settings.ts";

/** Who can reach the server, and so how it speaks. */
export type Exposure =
  /** This machine only: plain HTTP. */
  | "loopback"
  /** Other machines in the house: HTTPS by our own authority. */
  | "house"
  /** A public name: HTTPS by ACME. */
  | "domain"
  /** HTTPS with a certificate from the settings. */
  | "ownCertificate"
  /** A reverse proxy speaks HTTPS in front of us. */
  | "proxy";

export type RateLimit = { readonly max: number; readonly windowSeconds: number };
export type RateLimitName = "read" | "write" | "signIn" | "entry" | "command" | "chat";

/** The settings, with everything worked out that depends on others. Folders are absolute. */
export type Config = Settings & {
  readonly dataDir: string;
  readonly keysDir: string;
  readonly language: Language;
  readonly port: number;
  readonly exposure: Exposure;
  /** The server's own address as browsers see it, without a slash at the end. */
  readonly publicOrigin: string;
  readonly rateLimits: Readonly<Record<RateLimitName, RateLimit>>;
  readonly sessionLimits: { readonly idleSeconds: number; readonly absoluteSeconds: number };
  readonly gateLimits: {
    readonly capacity: number;
    readonly waitingCapacity: number;
    readonly dropGraceMs: number;
    readonly hostsAwayMs: number;
    readonly emptyAfterEndMs: number;
  };
};

/** @param root what a relative data folder is relative to */
export function completeConfig(settings: Settings, root: string, language: Language): Config {
  const dataDir = isAbsolute(settings.dataDir) ? settings.dataDir : resolve(root, settings.dataDir);
  const host = settings.domain !== undefined && settings.host === "127.0.0.1" ? "0.0.0.0" : settings.host;
  const port = settings.port ?? (settings.domain === undefined ? 7700 : 443);
  const exposure = exposureOf(settings, host);
  return {
    ...settings,
    dataDir,
    host,
    port,
    language,
    exposure,
    keysDir: settings.keysDir === undefined ? join(dataDir, "keys") : resolve(root, settings.keysDir),
    publicOrigin: originOf(settings, { host, port, exposure }),
    rateLimits: {
      read: { max: settings.rateRead, windowSeconds: 60 },
      write: { max: settings.rateWrite, windowSeconds: 60 },
      signIn: { max: settings.rateSignIn, windowSeconds: 900 },
      entry: { max: settings.rateEntry, windowSeconds: 300 },
      command: { max: settings.rateCommand, windowSeconds: 60 },
      chat: { max: settings.rateChat, windowSeconds: 60 },
    },
    sessionLimits: {
      idleSeconds: settings.sessionIdleMinutes * 60,
      absoluteSeconds: settings.sessionAbsoluteHours * 3_600,
    },
    gateLimits: {
      capacity: settings.meetingCapacity,
      waitingCapacity: settings.waitingCapacity,
      dropGraceMs: settings.dropGraceSeconds * 1_000,
      hostsAwayMs: settings.hostAwayMinutes * 60_000,
      emptyAfterEndMs: settings.emptyAfterEndMinutes * 60_000,
    },
  };
}

/** Whether only this machine can reach the address. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}

function exposureOf(settings: Settings, host: string): Exposure {
  if (settings.tls === "off" || (isLoopback(host) && settings.publicUrl !== undefined)) return "proxy";
  if (settings.tlsCertFile !== undefined) return "ownCertificate";
  if (settings.domain !== undefined) return "domain";
  return isLoopback(host) ? "loopback" : "house";
}

function originOf(settings: Settings, at: { host: string; port: number; exposure: Exposure }): string {
  if (settings.publicUrl !== undefined) return new URL(settings.publicUrl).origin;
  const scheme = at.exposure === "loopback" || at.exposure === "proxy" ? "http" : "https";
  const name = settings.domain ?? (at.exposure === "loopback" ? at.host : nameInTheHouse(at.host));
  const bracketed = isIP(name) === 6 ? `[${name}]` : name;
  return new URL(`${scheme}://${bracketed}:${at.port}`).origin;
}

/** Everybody's address is nobody's name: the listener puts a real address in its place. */
function nameInTheHouse(host: string): string {
  return host === "0.0.0.0" || host === "::" ? "localhost" : host;
}
