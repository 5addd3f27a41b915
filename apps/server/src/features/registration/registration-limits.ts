/** How often somebody registers, and how many messages go to one mailbox (IDN-6). Names addresses by keyed hash alone. */
import { addressKey } from "../../platform/http/client-address.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import type { Limit, RateLimits } from "../../platform/http/rate-limits.ts";

const tenMinutes = 600;
const hour = 3600;

/** A whole office registers from one address; a mailbox gets a handful of messages, whoever asks for them. */
const numbers = {
  submitByNetwork: { max: 60, windowSeconds: tenMinutes },
  submitByForm: { max: 900, windowSeconds: tenMinutes },
  mailFromNetwork: { max: 4, windowSeconds: hour },
  mail: { max: 10, windowSeconds: hour },
  ownByNetwork: { max: 240, windowSeconds: tenMinutes },
  resend: { max: 5, windowSeconds: hour },
} as const satisfies Record<string, Limit>;

export type RegistrationLimits = {
  /** Throws `too_many_tries`: depends on who asks and on the form alone, never on the address. */
  takeSubmit(formId: string, ip: string): Promise<void>;
  /** Whether one more message may go to this mailbox; counted whether one goes or not. */
  takeMail(mailboxKey: string, ip: string): Promise<boolean>;
  /** Throws `too_many_tries`. */
  takeOwn(ip: string): Promise<void>;
  takeResend(registrationId: string): Promise<void>;
};

export function createRegistrationLimits(limits: RateLimits): RegistrationLimits {
  return {
    async takeSubmit(formId, ip) {
      await limits.take(`registration:ip:${addressKey(ip)}`, numbers.submitByNetwork);
      await limits.take(`registration:form:${formId}`, numbers.submitByForm);
    },
    async takeMail(mailboxKey, ip) {
      const network = `registration:mail:${mailboxKey}:${addressKey(ip)}`;
      if (!(await taken(limits, network, numbers.mailFromNetwork))) return false;
      return taken(limits, `registration:mail:${mailboxKey}`, numbers.mail);
    },
    takeOwn: (ip) => limits.take(`registration:own:${addressKey(ip)}`, numbers.ownByNetwork),
    takeResend: (id) => limits.take(`registration:resend:${id}`, numbers.resend),
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
