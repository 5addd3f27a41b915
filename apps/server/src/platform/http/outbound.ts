/**
 * One POST to an address that somebody typed in. The connection goes to an address that was looked at, redirects are
 * not followed, and time and size are limited: nobody reaches through this server what only this server can (SSRF).
 */
import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { addressesOf, pinnedTo } from "./outbound-address.ts";

export type Outbound = {
  readonly url: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly loopbackAllowed: boolean;
  /** ms for everything together. */
  readonly timeoutMs: number;
};

export type OutboundAnswer =
  | { readonly kind: "answered"; readonly status: number; readonly text: string }
  | { readonly kind: "failed"; readonly problem: "not_allowed" | "unreachable" | "timeout" };

/** Bytes of an answer that anybody reads. */
const largest = 64 * 1024;

export async function post(wish: Outbound): Promise<OutboundAnswer> {
  const signal = AbortSignal.timeout(wish.timeoutMs);
  // The name's resolution cannot be called off, so nobody waits for it longer.
  const late = new Promise<OutboundAnswer>((resolve) => {
    signal.addEventListener("abort", () => resolve({ kind: "failed", problem: "timeout" }), { once: true });
  });
  const sent = send(wish, signal).catch((): OutboundAnswer => {
    return { kind: "failed", problem: signal.aborted ? "timeout" : "unreachable" };
  });
  return Promise.race([sent, late]);
}

async function send(wish: Outbound, signal: AbortSignal): Promise<OutboundAnswer> {
  const url = new URL(wish.url);
  const addresses = await addressesOf(url.hostname, wish.loopbackAllowed);
  if (addresses === null || addresses.length === 0) return { kind: "failed", problem: "not_allowed" };
  const open = url.protocol === "https:" ? httpsRequest : httpRequest;
  const headers = {
    "content-type": "application/json; charset=utf-8",
    "content-length": String(Buffer.byteLength(wish.body)),
    "accept-encoding": "identity",
    ...wish.headers,
  };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    open(url, { method: "POST", signal, headers, lookup: pinnedTo(addresses), agent: false }, resolve)
      .on("error", reject)
      .end(wish.body);
  });
  return { kind: "answered", status: response.statusCode ?? 0, text: await readSome(response) };
}

async function readSome(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    const bytes: unknown = chunk;
    if (!Buffer.isBuffer(bytes)) continue;
    size += bytes.length;
    if (size > largest) {
      response.destroy();
      break;
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString("utf8");
}
