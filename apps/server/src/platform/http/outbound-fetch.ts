/**
 * `fetch` for libraries that ask addresses somebody typed in: the connection goes to an address that was looked at, no
 * redirect is followed, time and size are limited (SSRF; as in outbound.ts).
 */
import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { addressesOf, isLoopbackHost, pinnedTo } from "./outbound-address.ts";

/** Thrown where the address is none that this server lets itself be sent to. */
export class AddressRefused extends Error {}

export type GuardedFetch = (url: string, options?: GuardedOptions) => Promise<Response>;

export type GuardedOptions = {
  readonly method?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
};

export type GuardedLimits = {
  readonly loopbackAllowed: boolean;
  /** ms for everything together. */
  readonly timeoutMs: number;
  /** Bytes of an answer. */
  readonly maxBytes: number;
};

/** HTTPS only; plain HTTP to this machine itself, where that is allowed. */
export function guardedFetch(limits: GuardedLimits): GuardedFetch {
  return async (address, options = {}) => {
    const url = new URL(address);
    const plain = url.protocol === "http:" && limits.loopbackAllowed && isLoopbackHost(url.hostname);
    if (url.protocol !== "https:" && !plain) throw new AddressRefused("not HTTPS");
    const late = AbortSignal.timeout(limits.timeoutMs);
    const signal = options.signal === undefined ? late : AbortSignal.any([late, options.signal]);
    // The name's resolution cannot be called off, so nobody waits for it longer.
    const overdue = new Promise<never>((_resolve, reject) => {
      signal.addEventListener("abort", () => reject(new Error("timed out")), { once: true });
    });
    return Promise.race([ask(url, options, limits, signal), overdue]);
  };
}

async function ask(
  url: URL,
  { method = "GET", headers = {}, body }: GuardedOptions,
  { loopbackAllowed, maxBytes }: GuardedLimits,
  signal: AbortSignal,
): Promise<Response> {
  const addresses = await addressesOf(url.hostname, loopbackAllowed);
  if (addresses === null || addresses.length === 0) throw new AddressRefused("not an address to ask");
  const open = url.protocol === "https:" ? httpsRequest : httpRequest;
  const payload = textOf(body);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = {
      ...headers,
      "accept-encoding": "identity",
      ...(payload === undefined ? {} : { "content-length": String(Buffer.byteLength(payload)) }),
    };
    open(url, { method, headers: sent, signal, lookup: pinnedTo(addresses), agent: false }, resolve)
      .on("error", reject)
      .end(payload);
  });
  const bytes = await readAll(response, maxBytes);
  const status = response.statusCode ?? 502;
  const bare = status === 204 || status === 304;
  return new Response(bare ? null : new Uint8Array(bytes), { status, headers: headersOf(response) });
}

function textOf(body: unknown): string | undefined {
  if (body === undefined || body === null) return undefined;
  if (typeof body === "string") return body;
  if (body instanceof URLSearchParams) return body.toString();
  throw new TypeError("only text is sent");
}

async function readAll(response: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    const bytes: unknown = chunk;
    if (!Buffer.isBuffer(bytes)) continue;
    size += bytes.length;
    if (size > maxBytes) {
      response.destroy();
      throw new Error("too large");
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function headersOf(response: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(response.headers))
    if (typeof value === "string") headers.set(name, value);
  return headers;
}
