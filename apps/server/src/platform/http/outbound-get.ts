/**
 * One question to a server that somebody named: a policy server, a list. What it answers is nobody's word yet: time, size,
 * origin and address are limited here, and whatever goes wrong is a code (BAR-10, OPS-1, Q82).
 */
import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { systemErrorCode } from "../../config/start-problem.ts";
import { addressesOf, pinnedTo } from "./outbound-address.ts";

export const fetchProblems = [
  "address_refused",
  "unreachable",
  "timed_out",
  "tls_failed",
  "redirected",
  "unauthorised",
  "http_error",
  "too_large",
] as const;
export type FetchProblem = (typeof fetchProblems)[number];

export type Fetched =
  | { readonly kind: "document"; readonly text: string; readonly etag: string | null }
  | { readonly kind: "unchanged" }
  | { readonly kind: "failed"; readonly problem: FetchProblem };

export type Question = {
  readonly url: string;
  /** Absent: JSON. */
  readonly accept?: string;
  readonly token: string | null;
  /** Of what was taken last; null: all of it is wanted. */
  readonly etag: string | null;
  readonly loopbackAllowed: boolean;
  /** ms for everything together. */
  readonly timeoutMs?: number;
  /** Bytes. */
  readonly maxBytes?: number;
};

const tenSeconds = 10_000;
const largest = 64 * 1024 * 1024;
const mostRedirects = 3;

class Failed extends Error {
  readonly problem: FetchProblem;
  constructor(problem: FetchProblem) {
    super(problem);
    this.problem = problem;
  }
}

export async function fetchDocument(question: Question): Promise<Fetched> {
  const signal = AbortSignal.timeout(question.timeoutMs ?? tenSeconds);
  // The name's resolution cannot be called off, so nobody waits for it longer.
  const late = new Promise<never>((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(new Failed("timed_out")), { once: true });
  });
  try {
    return await Promise.race([follow(question, signal), late]);
  } catch (error) {
    return { kind: "failed", problem: signal.aborted ? "timed_out" : problemOf(error) };
  }
}

async function follow(question: Question, signal: AbortSignal): Promise<Fetched> {
  let url = new URL(question.url);
  for (let hop = 0; hop <= mostRedirects; hop += 1) {
    const response = await get(url, question, signal);
    const { statusCode: status = 0, headers } = response;
    if (status >= 300 && status < 400 && status !== 304) {
      response.destroy();
      const next = URL.parse(headers.location ?? "", url);
      // Another origin would be handed the token.
      if (next === null || next.origin !== url.origin) throw new Failed("redirected");
      url = next;
      continue;
    }
    return read(response, question.maxBytes ?? largest);
  }
  throw new Failed("redirected");
}

async function get(url: URL, question: Question, signal: AbortSignal): Promise<IncomingMessage> {
  const addresses = await addressesOf(url.hostname, question.loopbackAllowed);
  if (addresses === null || addresses.length === 0) throw new Failed("address_refused");
  const send = url.protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const options = { signal, lookup: pinnedTo(addresses), headers: headersOf(question), agent: false };
    send(url, options, resolve).on("error", reject).end();
  });
}

function headersOf({ accept, token, etag }: Question): Record<string, string> {
  return {
    accept: accept ?? "application/json",
    "accept-encoding": "identity",
    "user-agent": "Sekisho",
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    ...(etag === null ? {} : { "if-none-match": etag }),
  };
}

async function read(response: IncomingMessage, maxBytes: number): Promise<Fetched> {
  const { statusCode: status = 0, headers } = response;
  if (status !== 200) response.destroy();
  if (status === 304) return { kind: "unchanged" };
  if (status === 401 || status === 403) throw new Failed("unauthorised");
  const encoding = headers["content-encoding"] ?? "identity";
  if (status !== 200 || encoding !== "identity") throw new Failed("http_error");
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    const bytes: unknown = chunk;
    if (!Buffer.isBuffer(bytes)) continue;
    size += bytes.length;
    if (size > maxBytes) {
      response.destroy();
      throw new Failed("too_large");
    }
    chunks.push(bytes);
  }
  if (!response.complete) throw new Failed("unreachable");
  return { kind: "document", text: Buffer.concat(chunks).toString("utf8"), etag: headers.etag ?? null };
}

const tlsCodes = /^(?:ERR_TLS|ERR_SSL|CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_|HOSTNAME_MISMATCH|EPROTO)/u;

function problemOf(error: unknown): FetchProblem {
  if (error instanceof Failed) return error.problem;
  return tlsCodes.test(systemErrorCode(error) ?? "") ? "tls_failed" : "unreachable";
}
