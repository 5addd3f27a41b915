/**
 * Limits of sign-in (IDN-6), taken before a password is hashed. The limit of an address alone stops guesses that come
 * from many places; a browser in which that address has signed in before is never subject to it, so that nobody can
 * lock out another by failing on purpose.
 */
import type { FastifyReply, FastifyRequest } from "fastify";
import { addressKey } from "../../platform/http/client-address.ts";
import { readCookie, setCookie } from "../../platform/http/cookies.ts";
import type { Limit, RateLimits } from "../../platform/http/rate-limits.ts";
import { equalBytes, type Keys } from "../../platform/keys/keys.ts";
import { hashToken, newId } from "../../platform/random.ts";

export const signInLimits = {
  fromOnePlace: { max: 30, windowSeconds: 900 },
  onePlaceOneAddress: { max: 10, windowSeconds: 900 },
  oneAddress: { max: 30, windowSeconds: 3600 },
  knownBrowser: { max: 20, windowSeconds: 900 },
  ownPassword: { max: 10, windowSeconds: 900 },
} as const satisfies Record<string, Limit>;

const knownSeconds = 400 * 24 * 3600;

type Bucket = readonly [string, Limit];

/** Throws `too_many_tries`. Call `giveBack` of the answer when the password was right: it was no guess. */
export async function takeSignInLimits(
  limits: RateLimits,
  keys: Keys,
  request: FastifyRequest,
  address: string,
): Promise<{ giveBack(): Promise<void> }> {
  const target = hashToken(address).toString("base64url");
  const device = knownDeviceOf(keys, request.headers.cookie, address);
  const buckets: readonly Bucket[] = [
    [`signIn:ip:${addressKey(request.ip)}`, signInLimits.fromOnePlace],
    [`signIn:ip:${addressKey(request.ip)}:${target}`, signInLimits.onePlaceOneAddress],
    device === null
      ? [`signIn:address:${target}`, signInLimits.oneAddress]
      : [`signIn:known:${device}:${target}`, signInLimits.knownBrowser],
  ];
  for (const [bucket, limit] of buckets) await limits.take(bucket, limit);
  return {
    async giveBack() {
      for (const [bucket, limit] of buckets) await limits.giveBack(bucket, limit);
    },
  };
}

/** The cookie says "this address has signed in here", to us alone: it names nobody. */
export function setKnownDevice(keys: Keys, reply: FastifyReply, address: string): void {
  const device = newId();
  const proof = keys.mac("known-device", `${device}:${address}`).toString("base64url");
  setCookie(reply, "known", `${device}.${proof}`, knownSeconds);
}

/** Null where this address has not signed in at this browser before. `address`: in lower case. */
export function knownDeviceOf(keys: Keys, cookies: string | undefined, address: string): string | null {
  const [device = "", proof = ""] = (readCookie(cookies, "known") ?? "").split(".");
  const right = keys.mac("known-device", `${device}:${address}`);
  return equalBytes(right, Buffer.from(proof, "base64url")) ? device : null;
}
