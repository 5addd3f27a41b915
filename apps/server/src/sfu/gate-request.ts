import type { IncomingMessage } from "node:http";
import { readJoinRequest } from "./join-request.ts";
import type { JoinRequest } from "./join-request.ts";

/** The two addresses there are. livekit-client 2.23 asks for these when told `wss://host/sfu`, and for no other. */
const connectPath = "/sfu/rtc/v1";
const validatePath = "/sfu/rtc/v1/validate";

export type Origins = readonly string[] | ((origin: string) => boolean);

/** 404 is not among them: livekit-client takes it as leave to fall back to an older, wider protocol. */
export type GateStatus = 400 | 403 | 405 | 426 | 503;

export type GateRequest =
  | { readonly ok: true; readonly ticket: string; readonly join: JoinRequest }
  | { readonly ok: false; readonly status: GateStatus };

export type GateRequestOptions = {
  readonly origins: Origins;
  readonly preferAeadSrtp: boolean;
  readonly joinRequestBytes: number;
};

const ticketCharset = /^[A-Za-z0-9_-]{16,128}$/;
const maxUrlLength = 15_000;

const no = (status: GateStatus) => ({ ok: false, status }) as const;

/** Whether the gate answers for this address: everything below `/sfu`, however it is spelt. */
export function isGatePath(url: string | undefined): boolean {
  return /^\/+sfu(?:[/?#;%\\.]|$)/i.test(url ?? "");
}

export function readUpgrade(request: IncomingMessage, options: GateRequestOptions): GateRequest {
  const { origin, upgrade } = request.headers;
  if (request.method !== "GET") return no(405);
  // Browsers always send one with a WebSocket; without it this is no page.
  if (origin === undefined || !allowed(origin, options.origins)) return no(403);
  if (!isWebSocketUpgrade(request) || upgrade?.toLowerCase() !== "websocket") return no(426);
  return readUrl(request.url ?? "", connectPath, options);
}

export function readValidate(request: IncomingMessage, options: GateRequestOptions): GateRequest {
  const { origin } = request.headers;
  const site = request.headers["sec-fetch-site"];
  if (request.method !== "GET") return no(405);
  // A same-origin GET has no Origin; one from elsewhere says so.
  if (origin !== undefined && !allowed(origin, options.origins)) return no(403);
  if (origin === undefined && site !== undefined && site !== "same-origin") return no(403);
  return readUrl(request.url ?? "", validatePath, options);
}

function allowed(origin: string, origins: Origins): boolean {
  return typeof origins === "function" ? origins(origin) : origins.includes(origin);
}

function isWebSocketUpgrade(request: IncomingMessage): boolean {
  const key = request.headers["sec-websocket-key"];
  return (
    request.headers["sec-websocket-version"] === "13" &&
    key !== undefined &&
    /^[+/0-9A-Za-z]{22}==$/.test(key)
  );
}

function readUrl(url: string, path: string, options: GateRequestOptions): GateRequest {
  if (url.length > maxUrlLength) return no(400);
  const [before = "", query = ""] = url.split("?", 2);
  // Compared as it was sent: what would have to be normalised first is refused.
  if (before !== path) return no(403);
  const parameters = new URLSearchParams(query);
  const names = [...parameters.keys()].toSorted().join();
  if (names !== "access_token,join_request") return no(400);
  const ticket = parameters.get("access_token") ?? "";
  if (!ticketCharset.test(ticket)) return no(403);
  const join = readJoinRequest(parameters.get("join_request") ?? "", {
    preferAeadSrtp: options.preferAeadSrtp,
    maxBytes: options.joinRequestBytes,
  });
  return join === undefined ? no(400) : { ok: true, ticket, join };
}
