import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createRequire } from "node:module";
import { extname, join, normalize } from "node:path";
import type { MediaGrants } from "@sekisho/domain";
import {
  contentSecurityPolicy,
  notADocument,
} from "../../../../apps/server/src/platform/http/security-headers.ts";
import type { GateAuthority, GateEnd, GateSeat } from "../../../../apps/server/src/sfu/gate-authority.ts";
import { createSfuGate, type SfuGate, type SfuGateOptions } from "../../../../apps/server/src/sfu/gate.ts";
import type { Sfu } from "../../../../apps/server/src/sfu/sfu.ts";

/** An authority in memory, as small as can be: who is admitted, which tickets are good, and what was reported. */
export type MemoryAuthority = GateAuthority & {
  readonly ends: { readonly admissionId: string; readonly why: GateEnd }[];
  readonly asked: string[];
  /** Runs before each answer: a test changes its mind between two questions here. */
  onRedeem: (asked: number) => Promise<void> | void;
  admit(admissionId: string, seat?: Partial<GateSeat>): void;
  setGrants(admissionId: string, grants: MediaGrants): void;
  ticket(admissionId: string, binding: string): string;
  /** From here on every ticket of this admission is refused. */
  dismiss(admissionId: string): void;
};

export const everything: MediaGrants = {
  subscribe: true,
  sources: ["microphone", "camera", "screenShare", "screenShareAudio"],
};

export function createMemoryAuthority(): MemoryAuthority {
  const seats = new Map<string, GateSeat>();
  const tickets = new Map<string, { admissionId: string; binding: string }>();
  const asked: string[] = [];
  const ends: { admissionId: string; why: GateEnd }[] = [];
  const issue = (admissionId: string, binding: string) => {
    const ticket = randomBytes(32).toString("base64url");
    tickets.set(ticket, { admissionId, binding });
    return ticket;
  };
  const bindings = new Map<string, string>();
  const authority: MemoryAuthority = {
    ends,
    asked,
    onRedeem: () => {},
    admit(admissionId, seat = {}) {
      const base = { instanceId: "instance", admissionId, sfuRoom: "room", connectionEpoch: 1 };
      seats.set(admissionId, { ...base, sfuIdentity: `id-${admissionId}`, grants: everything, ...seat });
    },
    setGrants(admissionId, grants) {
      const seat = seats.get(admissionId);
      if (seat) seats.set(admissionId, { ...seat, grants });
    },
    ticket(admissionId, binding) {
      bindings.set(admissionId, binding);
      return issue(admissionId, binding);
    },
    dismiss: (admissionId) => void seats.delete(admissionId),
    async redeem(request) {
      asked.push(request.kind);
      await authority.onRedeem(asked.length);
      const ticket = tickets.get(request.ticket);
      const seat = ticket?.binding === request.binding ? seats.get(ticket.admissionId) : undefined;
      return seat ? { ok: true, seat } : { ok: false };
    },
    nextTicket: (seat) => Promise.resolve(issue(seat.admissionId, bindings.get(seat.admissionId) ?? "")),
    handedOver: (oldTicket) => void tickets.delete(oldTicket),
    opened() {},
    closed: (seat, _id, why) => void ends.push({ admissionId: seat.admissionId, why }),
  };
  return authority;
}

export type GateHarness = AsyncDisposable & {
  readonly origin: string;
  readonly gate: SfuGate;
  readonly authority: MemoryAuthority;
  readonly log: string[];
};

export type HarnessOptions = Partial<Pick<SfuGateOptions, "limits" | "preferAeadSrtp" | "clock">> & {
  /** Folder of a built page that is served under the product's own policy, in the place of the small one. */
  readonly page?: string;
};

/** An HTTP server with the gate on it, and a page that has livekit-client. A person is their cookie. */
export async function startGateHarness(
  sfu: Sfu,
  { page, ...options }: HarnessOptions = {},
): Promise<GateHarness> {
  const authority = createMemoryAuthority();
  const log: string[] = [];
  const note = (fields: Readonly<Record<string, unknown>>, message: string) =>
    void log.push(`${message} ${JSON.stringify(fields)}`);
  const origin = { value: "" };
  const gate = createSfuGate({
    authority,
    sfu,
    clock: { now: () => Date.now() },
    log: { info: note, warn: note },
    origins: (asked) => asked === origin.value,
    bindingOf,
    ipOf: (request) => request.socket.remoteAddress ?? "",
    ...options,
  });
  const client = readFileSync(createRequire(import.meta.url).resolve("livekit-client"));
  const server = createServer((request, response) => {
    const path = (request.url ?? "").split("?", 1)[0];
    if (path === "/sfu/rtc/v1/validate") return void gate.handleValidate(request, response);
    if (page !== undefined) return serveBuilt(page, path ?? "/", response);
    if (path === "/client.js") return void response.setHeader("content-type", "text/javascript").end(client);
    if (path !== "/") return void response.writeHead(404).end();
    response.setHeader("content-type", "text/html").end('<!doctype html><script src="/client.js"></script>');
  });
  server.on("upgrade", (request, socket, head) => {
    if (!gate.handleUpgrade(request, socket, head)) socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  origin.value = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
  return {
    origin: origin.value,
    gate,
    authority,
    log,
    async [Symbol.asyncDispose]() {
      gate.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const types: Readonly<Record<string, string>> = { ".js": "text/javascript", ".html": "text/html" };

function serveBuilt(folder: string, path: string, response: ServerResponse): void {
  const file = join(folder, normalize(path === "/" ? "/index.html" : path));
  if (!existsSync(file)) return void response.writeHead(404).end();
  const policy = file.endsWith(".html") ? contentSecurityPolicy : notADocument;
  response.setHeader("content-security-policy", policy);
  // By itself, so that the page's clock is fine enough to measure with.
  response.setHeader("cross-origin-opener-policy", "same-origin");
  response.setHeader("cross-origin-embedder-policy", "require-corp");
  response.setHeader("content-type", types[extname(file)] ?? "application/octet-stream");
  response.end(readFileSync(file));
}

function bindingOf(request: IncomingMessage): string {
  return /(?:^|; )person=([^;]*)/.exec(request.headers.cookie ?? "")?.[1] ?? "";
}
