/** How often links are asked for and tried (IDN-6). Buckets name addresses by a hash alone. */
import type { FastifyRequest } from "fastify";
import { addressKey } from "../../../platform/http/client-address.ts";
import { HttpError } from "../../../platform/http/http-error.ts";
import type { Limit } from "../../../platform/http/rate-limits.ts";
import { hashToken } from "../../../platform/random.ts";
import type { AccountsDeps } from "../accounts-deps.ts";
import { knownDeviceOf } from "../sign-in-limits.ts";

const hour = 3600;
export const recoveryLimits = {
  fromOnePlace: { max: 20, windowSeconds: 900 },
  mailFromOnePlace: { max: 4, windowSeconds: hour },
  mail: { max: 12, windowSeconds: hour },
  mailByDay: { max: 30, windowSeconds: 24 * hour },
  /** A browser in which the address has signed in before: strangers who ask cannot use up its messages. */
  knownBrowser: { max: 5, windowSeconds: hour },
  tries: { max: 60, windowSeconds: 900 },
} as const satisfies Record<string, Limit>;

type Deps = Pick<AccountsDeps, "limits" | "keys">;

/** Whether one more message may go there; counted for every address alike. Throws `too_many_tries` for the place alone. */
export async function takeAskLimits(deps: Deps, request: FastifyRequest, address: string): Promise<boolean> {
  const place = addressKey(request.ip);
  await deps.limits.take(`recovery:ip:${place}`, recoveryLimits.fromOnePlace);
  const target = hashToken(address).toString("base64url");
  const device = knownDeviceOf(deps.keys, request.headers.cookie, address);
  if (device !== null) return isLeft(deps, `recovery:known:${device}:${target}`, recoveryLimits.knownBrowser);
  return (
    (await isLeft(deps, `recovery:ip:${place}:${target}`, recoveryLimits.mailFromOnePlace)) &&
    (await isLeft(deps, `recovery:mail:${target}`, recoveryLimits.mail)) &&
    (await isLeft(deps, `recovery:day:${target}`, recoveryLimits.mailByDay))
  );
}

/** Throws `too_many_tries`. */
export async function takeTryLimit(deps: Deps, request: FastifyRequest): Promise<void> {
  await deps.limits.take(`recovery:try:${addressKey(request.ip)}`, recoveryLimits.tries);
}

async function isLeft({ limits }: Deps, bucket: string, limit: Limit): Promise<boolean> {
  try {
    await limits.take(bucket, limit);
    return true;
  } catch (error) {
    if (error instanceof HttpError && error.code === "too_many_tries") return false;
    throw error;
  }
}
