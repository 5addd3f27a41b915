/** A webhook on its way: signed as existing receivers check it, and the challenge before the first (BAR-12). */
import { createHmac } from "node:crypto";
import type { WebhookView } from "@sekisho/contract";
import { post } from "../../platform/http/outbound.ts";
import { equalBytes } from "../../platform/keys/keys.ts";
import { newToken } from "../../platform/random.ts";

export type WebhookProblem = NonNullable<WebhookView["lastProblem"]>;

export type Target = { readonly url: string; readonly secret: string };

export type SendOptions = { readonly loopbackAllowed: boolean; readonly timeoutMs?: number };

const usualTimeoutMs = 5000;

/** HMAC-SHA256 in hex of `v0:{timestamp}:{body}`. */
export function signatureOf(secret: string, timestamp: string, body: string): string {
  return `v0=${createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex")}`;
}

/** Null: it arrived. */
export async function deliver(
  target: Target,
  body: string,
  options: SendOptions,
): Promise<WebhookProblem | null> {
  const answer = await postSigned(target, body, options);
  if (answer.kind === "failed") return answer.problem;
  return answer.status >= 200 && answer.status < 300 ? null : "status";
}

/** Whoever has the address proves that the secret is theirs. Null: proved. */
export async function challenge(target: Target, options: SendOptions): Promise<WebhookProblem | null> {
  const plainToken = newToken();
  const body = JSON.stringify({
    event: "endpoint.url_validation",
    payload: { plainToken },
    event_ts: Date.now(),
  });
  const answer = await postSigned(target, body, options);
  if (answer.kind === "failed") return answer.problem;
  if (answer.status < 200 || answer.status >= 300) return "status";
  const expected = createHmac("sha256", target.secret).update(plainToken).digest("hex");
  const { plainToken: same, encryptedToken } = fieldsOf(answer.text);
  const proved = equalBytes(Buffer.from(encryptedToken), Buffer.from(expected));
  return same === plainToken && proved ? null : "challenge";
}

function postSigned({ url, secret }: Target, body: string, options: SendOptions) {
  const timestamp = String(Math.floor(Date.now() / 1000));
  return post({
    url,
    body,
    headers: {
      "x-zm-request-timestamp": timestamp,
      "x-zm-signature": signatureOf(secret, timestamp, body),
      "user-agent": "Sekisho",
    },
    loopbackAllowed: options.loopbackAllowed,
    timeoutMs: options.timeoutMs ?? usualTimeoutMs,
  });
}

function fieldsOf(text: string): { readonly plainToken: string; readonly encryptedToken: string } {
  let value: unknown = null;
  try {
    value = JSON.parse(text);
  } catch {
    // Not JSON: no token in it.
  }
  const field = (name: string): string => {
    const found: unknown = typeof value === "object" && value !== null ? Reflect.get(value, name) : "";
    return typeof found === "string" ? found : "";
  };
  return { plainToken: field("plainToken"), encryptedToken: field("encryptedToken") };
}
