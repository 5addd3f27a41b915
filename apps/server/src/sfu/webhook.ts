import { WebhookReceiver } from "livekit-server-sdk";

/** What is kept of a webhook: a hint where to look. The rest of the body can hold secrets and is never logged. */
export type SfuHint = {
  readonly event: string;
  readonly sfuRoom: string;
  readonly identity: string | undefined;
};

export type WebhookResult =
  | { readonly ok: true; readonly hint: SfuHint }
  | { readonly ok: false; readonly reason: "oversized" | "unsigned" | "forged" | "stale" };

export type WebhookHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

export type WebhookParser = (headers: WebhookHeaders, rawBody: Uint8Array) => Promise<WebhookResult>;

const maxBytes = 64 * 1024;
const maxAgeMs = 5 * 60_000;

/**
 * Checks LiveKit's signature (a token over the body's SHA-256, made with our key) and age. A replay within five
 * minutes is harmless: a webhook changes nothing, it only makes the reconciler look.
 */
export function createWebhookParser(options: {
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly clock: { now(): number };
}): WebhookParser {
  const receiver = new WebhookReceiver(options.apiKey, options.apiSecret);
  return async (headers, rawBody) => {
    if (rawBody.length > maxBytes) return { ok: false, reason: "oversized" };
    const signature = headers["authorization"];
    if (typeof signature !== "string" || signature === "") return { ok: false, reason: "unsigned" };
    const event = await receiver.receive(new TextDecoder().decode(rawBody), signature).catch(() => undefined);
    if (event === undefined) return { ok: false, reason: "forged" };
    const age = options.clock.now() - Number(event.createdAt) * 1000;
    if (Math.abs(age) > maxAgeMs) return { ok: false, reason: "stale" };
    return {
      ok: true,
      hint: { event: event.event, sfuRoom: event.room?.name ?? "", identity: event.participant?.identity },
    };
  };
}
