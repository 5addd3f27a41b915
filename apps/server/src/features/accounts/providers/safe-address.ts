import { isLoopbackHost } from "../../../platform/http/outbound-address.ts";

/** HTTPS; plain HTTP to this machine itself, where that is allowed. */
export function isSafeAddress(address: string, loopbackAllowed: boolean): boolean {
  const url = URL.parse(address);
  if (url === null || url.username !== "" || url.password !== "") return false;
  if (url.protocol === "https:") return true;
  return url.protocol === "http:" && loopbackAllowed && isLoopbackHost(url.hostname);
}
