/** How often codes are sent and tried (IDN-6). Buckets name addresses by their keyed hash alone. */
import { addressKey } from "../../platform/http/client-address.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import type { Limit, RateLimits } from "../../platform/http/rate-limits.ts";

const tenMinutes = 600;
const hour = 3600;

export type CodeLimits = {
  /** Throws `too_many_tries`: depends on who asks and on the link alone, never on the address. */
  takeAsk(asker: { readonly guestId: string; readonly ip: string; readonly link: string }): Promise<void>;
  /**
   * Whether one more message may go to this mailbox; counted whether one goes or not. Most of an hour's messages cannot
   * be used up from one network, so that nobody keeps another one's codes away alone.
   */
  takeMail(mailboxKey: string, ip: string): Promise<boolean>;
  /** Throws `too_many_tries`. */
  takeTry(asker: { readonly guestId: string; readonly ip: string }): Promise<void>;
};

const numbers = {
  askByGuest: { max: 5, windowSeconds: tenMinutes },
  askByNetwork: { max: 30, windowSeconds: tenMinutes },
  askByLink: { max: 300, windowSeconds: tenMinutes },
  mailFromNetwork: { max: 4, windowSeconds: hour },
  mail: { max: 12, windowSeconds: hour },
  mailByDay: { max: 40, windowSeconds: 24 * hour },
  tryByGuest: { max: 20, windowSeconds: tenMinutes },
  tryByNetwork: { max: 120, windowSeconds: tenMinutes },
} as const satisfies Record<string, Limit>;

export function createCodeLimits(limits: RateLimits): CodeLimits {
  return {
    async takeAsk({ guestId, ip, link }) {
      await limits.take(`addressCode:who:${guestId}`, numbers.askByGuest);
      await limits.take(`addressCode:ip:${addressKey(ip)}`, numbers.askByNetwork);
      await limits.take(`addressCode:link:${link}`, numbers.askByLink);
    },
    async takeMail(mailboxKey, ip) {
      const network = `addressCode:mail:${mailboxKey}:${addressKey(ip)}`;
      if (!(await taken(limits, network, numbers.mailFromNetwork))) return false;
      const inAll = await taken(limits, `addressCode:mail:${mailboxKey}`, numbers.mail);
      return (await taken(limits, `addressCode:mail:${mailboxKey}:day`, numbers.mailByDay)) && inAll;
    },
    async takeTry({ guestId, ip }) {
      await limits.take(`addressTry:who:${guestId}`, numbers.tryByGuest);
      await limits.take(`addressTry:ip:${addressKey(ip)}`, numbers.tryByNetwork);
    },
  };
}

async function taken(limits: RateLimits, bucket: string, limit: Limit): Promise<boolean> {
  try {
    await limits.take(bucket, limit);
    return true;
  } catch (error) {
    if (error instanceof HttpError && error.code === "too_many_tries") return false;
    throw error;
  }
}
