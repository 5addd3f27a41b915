/** Whether the server of this configuration answers that it is ready. */
import { get as getPlain } from "node:http";
import { get as getSecure } from "node:https";
import type { Config } from "../config/config.ts";

const patienceMs = 5000;

/** Asked on this machine, so the certificate's name does not matter and is not checked. */
export function serverIsReady(config: Config): Promise<boolean> {
  const plain = config.exposure === "loopback" || config.exposure === "proxy";
  const host = config.host === "0.0.0.0" || config.host === "::" ? "127.0.0.1" : config.host;
  const address = { host, port: config.port, path: "/readyz", timeout: patienceMs };
  return new Promise((resolve) => {
    const request = plain ? getPlain(address) : getSecure({ ...address, rejectUnauthorized: false });
    request.on("response", (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    });
    request.on("timeout", () => request.destroy());
    request.on("error", () => resolve(false));
    request.on("close", () => resolve(false));
  });
}
