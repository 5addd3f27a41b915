import { GATE_CLOSE } from "@sekisho/contract";
import type { MediaGrants } from "@sekisho/domain";
import type { WebSocket } from "ws";
import { judgeClientFrame } from "./client-frames.ts";
import type { GateAuthority, GateEnd, GateSeat } from "./gate-authority.ts";
import type { GateLimits } from "./gate-limits.ts";
import type { Upstream } from "./gate-upstream.ts";
import { judgeServerFrame, ticketFrame } from "./server-frames.ts";
import type { TrackLedger } from "./track-ledger.ts";

/** One page's signalling, from the upgrade to its end. */
export type GateConnection = {
  readonly id: string;
  readonly seat: GateSeat;
  /** Lets LiveKit's frames through, those first that it sent before the upgrade. */
  start(): void;
  setGrants(grants: MediaGrants): void;
  /** Synchronous: from here on no byte passes in either direction. */
  end(why: GateEnd): void;
  /** Asks both sides for a sign of life, and ends what has given none. */
  sweep(now: number): void;
};

export type GateConnectionOptions = {
  readonly id: string;
  readonly seat: GateSeat;
  readonly ticket: string;
  readonly browser: WebSocket;
  readonly upstream: Upstream;
  readonly tracks: TrackLedger;
  readonly authority: GateAuthority;
  readonly limits: GateLimits;
  readonly preferAeadSrtp: boolean;
  readonly clock: { now(): number };
  readonly onJoined: (participantSid: string) => void;
  readonly onEnd: (why: GateEnd) => void;
  readonly onFailure: (error: unknown) => void;
};

/** How long a page has to read its close code before its socket is cut. Nothing else is sent in that time. */
const closeGraceMs = 200;

export function createGateConnection(options: GateConnectionOptions): GateConnection {
  const { browser, upstream, limits, clock } = options;
  let grants = options.seat.grants;
  let dead = false;
  let leaving = false;
  let frames = 0;
  const heard = { browser: clock.now(), upstream: clock.now() };
  const renew = renewal(options, () => dead);

  function end(why: GateEnd): void {
    if (dead) return;
    dead = true;
    if (why === "left") upstream.socket.close(1000);
    else upstream.terminate();
    browser.close(why === "left" || why === "lost" ? 1000 : GATE_CLOSE[why], why);
    const cut = setTimeout(() => {
      browser.terminate();
      upstream.terminate();
    }, closeGraceMs);
    cut.unref();
    options.onEnd(why);
  }

  function send(to: WebSocket, frame: Uint8Array, tooSlow: GateEnd): void {
    if (to.bufferedAmount + frame.length > limits.bufferedBytes) end(tooSlow);
    else to.send(frame, { binary: true });
  }

  function fromBrowser(data: Uint8Array, isBinary: boolean): void {
    heard.browser = clock.now();
    frames += 1;
    // One text frame would switch LiveKit to JSON, and its next token would come as text.
    if (!isBinary || frames > limits.clientFramesPerSweep) return end("refused");
    const verdict = judgeClientFrame(data, {
      grants,
      tracks: options.tracks,
      preferAeadSrtp: options.preferAeadSrtp,
    });
    if (verdict.do === "refuse") return end("refused");
    if (verdict.do === "answer") return send(browser, verdict.frame, "silent");
    if (verdict.do === "drop") return;
    leaving ||= verdict.leaving;
    send(upstream.socket, verdict.frame, "unreachable");
  }

  function fromUpstream(data: Uint8Array, isBinary: boolean): void {
    if (dead) return;
    heard.upstream = clock.now();
    if (!isBinary) return end("unreachable");
    const verdict = judgeServerFrame(data, options.tracks);
    if (verdict.do === "renew") return renew();
    if (verdict.do === "drop") return;
    if (verdict.participantSid !== undefined) options.onJoined(verdict.participantSid);
    send(browser, verdict.frame, "silent");
  }

  browser.on("message", (data, isBinary) => {
    if (!dead && Buffer.isBuffer(data)) fromBrowser(data, isBinary);
  });
  browser.on("pong", () => {
    heard.browser = clock.now();
  });
  // ws reports an oversized or malformed frame as an error, then closes with the fitting code.
  browser.on("error", () => end("refused"));
  browser.on("close", () => end(leaving ? "left" : "lost"));
  upstream.socket.on("pong", () => {
    heard.upstream = clock.now();
  });

  return {
    id: options.id,
    seat: options.seat,
    start: () => upstream.listen(fromUpstream, () => end(leaving ? "left" : "unreachable")),
    setGrants(next) {
      grants = next;
    },
    end,
    sweep(now) {
      frames = 0;
      if (now - heard.browser > limits.silentMs) return end("silent");
      if (now - heard.upstream > limits.silentMs) return end("unreachable");
      browser.ping();
      upstream.socket.ping();
    },
  };
}

/** Gives the page a fresh ticket for each fresh token of LiveKit. One at a time; a failed one leaves the old in force. */
function renewal(options: GateConnectionOptions, isDead: () => boolean): () => void {
  const { authority, browser, seat } = options;
  let current = options.ticket;
  let busy = false;

  async function renew(): Promise<void> {
    const next = await authority.nextTicket(seat);
    if (isDead()) return;
    const old = current;
    current = next;
    browser.send(ticketFrame(next), { binary: true }, (error) => {
      if (!error) authority.handedOver(old);
    });
  }

  return () => {
    if (busy) return;
    busy = true;
    renew()
      .catch(options.onFailure)
      .finally(() => {
        busy = false;
      });
  };
}
