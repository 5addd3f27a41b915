import { GATE_CLOSE } from "@sekisho/contract";
import type { MediaGrants } from "@sekisho/domain";
import type { WebSocket } from "ws";
import { judgeClientFrame } from "./client-frames.ts";
import type { GateAuthority, GateEnd, GateSeat } from "./gate-authority.ts";
import type { GateLimits } from "./gate-limits.ts";
import type { Upstream } from "./gate-upstream.ts";
import { fenceFrame } from "./fence.ts";
import { judgeServerFrame, ticketFrame } from "./server-frames.ts";
import type { TrackLedger } from "./track-ledger.ts";

/** One page's signalling, from the upgrade to its end. */
export type GateConnection = {
  readonly id: string;
  readonly seat: GateSeat;
  /** Of the tracks that LiveKit sends on to somebody, the sids. */
  readonly sentOn: () => readonly string[];
  /** Lets LiveKit's frames through, those first that it sent before the upgrade. */
  start(): void;
  setGrants(grants: MediaGrants): void;
  /** Who may receive this person's media at all; null: everybody in the room. */
  setFence(allowed: readonly string[] | null): void;
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

type State = GateConnectionOptions & {
  grants: MediaGrants;
  dead: boolean;
  leaving: boolean;
  /** From the page, since the last sweep. */
  frames: number;
  readonly heard: { browser: number; upstream: number };
};

export function createGateConnection(options: GateConnectionOptions): GateConnection {
  const now = options.clock.now();
  const state: State = {
    ...options,
    grants: options.seat.grants,
    dead: false,
    leaving: false,
    frames: 0,
    heard: { browser: now, upstream: now },
  };
  const { browser, upstream } = options;
  const renew = renewal(state);
  browser.on("message", (data, isBinary) => {
    if (!state.dead && Buffer.isBuffer(data)) fromBrowser(state, data, isBinary);
  });
  browser.on("pong", () => {
    state.heard.browser = options.clock.now();
  });
  // ws reports an oversized or malformed frame as an error, then closes with the fitting code.
  browser.on("error", () => end(state, "refused"));
  browser.on("close", () => end(state, state.leaving ? "left" : "lost"));
  upstream.socket.on("pong", () => {
    state.heard.upstream = options.clock.now();
  });
  return {
    id: options.id,
    seat: options.seat,
    sentOn: options.tracks.sentOn,
    start: () =>
      upstream.listen(
        (data, isBinary) => {
          if (!state.dead) fromUpstream(state, data, isBinary, renew);
        },
        () => end(state, state.leaving ? "left" : "unreachable"),
      ),
    setGrants(next) {
      state.grants = next;
    },
    setFence(allowed) {
      if (!state.dead) send(state, upstream.socket, fenceFrame(allowed), "unreachable");
    },
    end: (why) => end(state, why),
    sweep: (at) => sweep(state, at),
  };
}

function end(state: State, why: GateEnd): void {
  const { browser, upstream } = state;
  if (state.dead) return;
  state.dead = true;
  if (why === "left") upstream.socket.close(1000);
  else upstream.terminate();
  browser.close(why === "left" || why === "lost" ? 1000 : GATE_CLOSE[why], why);
  const cut = setTimeout(() => {
    browser.terminate();
    upstream.terminate();
  }, closeGraceMs);
  cut.unref();
  state.onEnd(why);
}

/** @param tooSlow how the connection ends when the reader does not keep up. */
function send(state: State, to: WebSocket, frame: Uint8Array, tooSlow: GateEnd): void {
  if (to.bufferedAmount + frame.length > state.limits.bufferedBytes) end(state, tooSlow);
  else to.send(frame, { binary: true });
}

function fromBrowser(state: State, data: Uint8Array, isBinary: boolean): void {
  const { grants, tracks, preferAeadSrtp, browser, upstream } = state;
  state.heard.browser = state.clock.now();
  state.frames += 1;
  // One text frame would switch LiveKit to JSON, and its next token would come as text.
  if (!isBinary || state.frames > state.limits.clientFramesPerSweep) return end(state, "refused");
  const verdict = judgeClientFrame(data, { grants, tracks, preferAeadSrtp });
  if (verdict.do === "refuse") return end(state, "refused");
  if (verdict.do === "answer") return send(state, browser, verdict.frame, "silent");
  if (verdict.do === "drop") return;
  state.leaving ||= verdict.leaving;
  send(state, upstream.socket, verdict.frame, "unreachable");
}

function fromUpstream(state: State, data: Uint8Array, isBinary: boolean, renew: () => void): void {
  state.heard.upstream = state.clock.now();
  if (!isBinary) return end(state, "unreachable");
  const verdict = judgeServerFrame(data, state.tracks);
  if (verdict.do === "renew") return renew();
  if (verdict.do === "drop") return;
  if (verdict.participantSid !== undefined) state.onJoined(verdict.participantSid);
  send(state, state.browser, verdict.frame, "silent");
}

function sweep(state: State, now: number): void {
  state.frames = 0;
  if (now - state.heard.browser > state.limits.silentMs) return end(state, "silent");
  if (now - state.heard.upstream > state.limits.silentMs) return end(state, "unreachable");
  state.browser.ping();
  state.upstream.socket.ping();
}

/** Gives the page a fresh ticket for each fresh token of LiveKit. One at a time; a failed one leaves the old in force. */
function renewal(state: State): () => void {
  const { authority, browser, seat } = state;
  let current = state.ticket;
  let busy = false;

  async function renew(): Promise<void> {
    const next = await authority.nextTicket(seat);
    if (state.dead) return;
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
      .catch(state.onFailure)
      .finally(() => {
        busy = false;
      });
  };
}
