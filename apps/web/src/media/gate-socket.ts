/**
 * The media library reports that its socket closed, not why. The gate says why by its close code, and that decides
 * whether another try makes sense; so every socket to the gate is watched as it is made.
 */
import { GATE_CLOSE, type GateCloseReason } from "@sekisho/contract";

const reasons = new Map<number, GateCloseReason>([
  [GATE_CLOSE.replaced, "replaced"],
  [GATE_CLOSE.removed, "removed"],
  [GATE_CLOSE.paused, "paused"],
  [GATE_CLOSE.ended, "ended"],
  [GATE_CLOSE.refused, "refused"],
  [GATE_CLOSE.unreachable, "unreachable"],
  [GATE_CLOSE.silent, "silent"],
  [GATE_CLOSE.moved, "moved"],
]);

export function closeReason(code: number): GateCloseReason | null {
  return reasons.get(code) ?? null;
}

/** After these the seat is gone or elsewhere: trying again by itself would fight the other tab or knock for nothing. */
export function isFinal(reason: GateCloseReason | null): boolean {
  return reason === "replaced" || reason === "removed" || reason === "ended" || reason === "refused";
}

let watching: ((reason: GateCloseReason | null) => void) | undefined;
let made = 0;

export function watchGate(onClose: (reason: GateCloseReason | null) => void): void {
  const installed = watching !== undefined;
  watching = onClose;
  if (installed) return;
  const Native = globalThis.WebSocket;
  globalThis.WebSocket = class extends Native {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      made += 1;
      const number = made;
      // Added first, so it runs before the library's own listeners decide about a retry.
      this.addEventListener("close", (event) => {
        // What ended a connection that the page has exchanged for a newer one says nothing of the newer one.
        if (number !== made) return;
        watching?.(closeReason(event.code));
      });
    }
  };
}
