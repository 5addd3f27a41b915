/**
 * SMS by a provider that is asked as Twilio's Messages API is: a form with `To`, `From` and `Body` over HTTPS, with HTTP
 * Basic (https://www.twilio.com/docs/messaging/api/message-resource). Off unless it is set up: a third party then learns
 * numbers and texts, which is the organisation's decision.
 */
import { readFileSync } from "node:fs";
import type { Config } from "../../config/config.ts";
import { StartProblem } from "../../config/start-problem.ts";
import { post, type OutboundAnswer } from "../http/outbound.ts";
import type { DeliveryResult, Transport } from "../mail/transport.ts";

export type SmsSettings = Pick<Config, "smsUrl" | "smsCredentialFile" | "smsFrom" | "exposure">;

const patienceMs = 20_000;

/** Null where no provider is set. Throws `sms_settings` when its file cannot be read. */
export function createSmsTransport(config: SmsSettings): Transport | null {
  const { smsUrl: url, smsFrom: from, smsCredentialFile: file } = config;
  if (url === undefined || from === undefined || file === undefined) return null;
  const authorization = `Basic ${Buffer.from(credentialIn(file)).toString("base64")}`;
  // A provider on this machine is one for trying out: nobody beyond it is served then.
  const loopbackAllowed = config.exposure === "loopback";
  return {
    async deliver({ to, text }) {
      const body = new URLSearchParams({ To: to, From: from, Body: text }).toString();
      const headers = { "content-type": "application/x-www-form-urlencoded", authorization };
      return resultOf(await post({ url, body, headers, loopbackAllowed, timeoutMs: patienceMs }));
    },
    close: () => undefined,
  };
}

function credentialIn(path: string): string {
  try {
    return readFileSync(path, "utf8").trim();
  } catch (error) {
    throw new StartProblem("sms_settings", { path }, error);
  }
}

/** What the provider answers is never kept: it may hold the number and the text. */
function resultOf(answer: OutboundAnswer): DeliveryResult {
  if (answer.kind === "failed") return { kind: "temporary", problem: `sms_${answer.problem}` };
  const { status } = answer;
  if (status >= 200 && status < 300) return { kind: "sent" };
  // Signing in and haste are put right; a number that is refused stays refused.
  const passing = status >= 500 || [401, 403, 408, 425, 429].includes(status);
  return { kind: passing ? "temporary" : "permanent", problem: `sms_${status}` };
}
