/** The address of the person, not of a proxy: `X-Forwarded-For` is believed only from addresses that are named. */
import ipaddr from "ipaddr.js";
import type { IncomingMessage } from "node:http";

export type AddressReader = {
  readonly isTrusted: (address: string) => boolean;
  /** The last address that no trusted proxy vouches for. */
  readonly of: (request: IncomingMessage) => string;
};

/** `trusted`: addresses or networks in CIDR form. */
export function createAddressReader(trusted: readonly string[]): AddressReader {
  const ranges = trusted.map((one) => (one.includes("/") ? ipaddr.parseCIDR(one) : wholeAddress(one)));
  function isTrusted(address: string): boolean {
    if (!ipaddr.isValid(address)) return false;
    const parsed = ipaddr.process(address);
    return ranges.some(([range, bits]) => parsed.kind() === range.kind() && parsed.match(range, bits));
  }
  return {
    isTrusted,
    of(request) {
      const chain = String(request.headers["x-forwarded-for"] ?? "")
        .split(",")
        .map((part) => part.trim())
        .filter((part) => ipaddr.isValid(part));
      let address = request.socket.remoteAddress ?? "";
      while (isTrusted(address) && chain.length > 0) address = chain.pop() ?? address;
      return ipaddr.isValid(address) ? ipaddr.process(address).toString() : address;
    },
  };
}

function wholeAddress(address: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  const parsed = ipaddr.process(address);
  return [parsed, parsed.kind() === "ipv4" ? 32 : 128];
}

/** What limits count as one place: an IPv4 address, or the /64 that one IPv6 household or office has to itself. */
export function addressKey(ip: string): string {
  if (!ipaddr.isValid(ip)) return "unknown";
  const parsed = ipaddr.process(ip);
  if (parsed.kind() === "ipv4") return parsed.toString();
  return parsed.toNormalizedString().split(":").slice(0, 4).join(":");
}
