import { isIP } from "node:net";
import type { Config } from "../../config/config.ts";
import { firstAddress, isOfTheHouse, ownNames } from "./own-names.ts";

/** The origin to print, and all the server answers to; `port` is the one it really listens on. */
export function originsOf(config: Config, port: number): { origin: string; origins: readonly string[] } {
  const at = (scheme: string, name: string) =>
    new URL(`${scheme}://${isIP(name) === 6 ? `[${name}]` : name}:${port}`).origin;
  if (config.publicUrl !== undefined) {
    const origin = new URL(config.publicUrl).origin;
    return { origin, origins: [origin] };
  }
  if (config.exposure === "loopback") {
    const names = config.host === "::1" ? ["::1", "localhost"] : ["localhost", config.host];
    return { origin: at("http", config.host), origins: [...new Set(names.map((name) => at("http", name)))] };
  }
  if (config.domain !== undefined) {
    const origin = at("https", config.domain);
    return { origin, origins: [origin] };
  }
  const { names, addresses } = ownNames();
  const isEverywhere = config.host === "0.0.0.0" || config.host === "::";
  const first = isEverywhere ? firstAddress() : config.host;
  const shown = isOfTheHouse(first) || !isEverywhere ? first : "localhost";
  return {
    origin: at("https", shown),
    origins: [...new Set([at("https", shown), ...[...names, ...addresses].map((name) => at("https", name))])],
  };
}
