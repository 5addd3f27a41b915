/** Which screen `/m/:link` shows. The state decides, so a reload or a dropped line comes back to the right one. */
import type { AdmissionView, EntryView } from "@sekisho/contract";

export type Stop =
  | { readonly kind: "refused" | "removed"; readonly reference: string }
  | {
      readonly kind:
        | "ended"
        | "left"
        | "absent"
        | "withdrawn"
        | "elsewhere"
        | "unreachable"
        | "old"
        | "unsupported"
        /** Cannot protect frames, at a meeting with end-to-end encryption (ENC-1). */
        | "unprotected"
        | "insecure";
    };

export type Screen =
  | { readonly kind: "opening" }
  | { readonly kind: "entry" }
  | { readonly kind: "waiting"; readonly view: Extract<AdmissionView, { state: "waiting" }> }
  /** Admitted; the room is being fetched. `was`: how the person waited until now, if they did. */
  | { readonly kind: "entering" }
  | { readonly kind: "room" }
  | { readonly kind: "stop"; readonly stop: Stop };

export type FlowInput = {
  readonly device: "fine" | "unsupported" | "insecure";
  /** This browser can protect frames. */
  readonly protects: boolean;
  readonly entry: EntryView | null;
  readonly build: number;
  /** From the stream, or from the answer that was last given. */
  readonly admission: AdmissionView | null;
  readonly failure: "unreachable" | "old" | null;
  /** This tab was in before, or the person chose to switch to it. */
  readonly mayTakeSeat: boolean;
  /** Another tab or device has taken the seat while this page was in. */
  readonly evicted: boolean;
  /** The person asked to see the form again after an end. */
  readonly again: boolean;
  /** Something other than `left` was seen since the page was opened. */
  readonly wasHere: boolean;
  readonly roomThere: boolean;
};

export function screenOf(input: FlowInput): Screen {
  const before = beforeAdmission(input);
  if (before !== null) return before;
  const admission = input.admission ?? { state: "none" };
  switch (admission.state) {
    case "none":
      return { kind: "entry" };
    case "waiting":
      return { kind: "waiting", view: admission };
    case "admitted":
      if (takenElsewhere(input)) return stop({ kind: "elsewhere" });
      return input.roomThere ? { kind: "room" } : { kind: "entering" };
    case "left":
      // Opening the link anew after an earlier visit is a new beginning.
      if (!input.wasHere || input.again) return { kind: "entry" };
      return stop({ kind: admission.reason === "own" ? "left" : admission.reason });
    case "replaced":
      return input.again ? { kind: "entry" } : stop({ kind: "elsewhere" });
    case "refused":
    case "removed":
      return stop({ kind: admission.state, reference: admission.reference });
    case "ended":
      return stop({ kind: "ended" });
  }
}

function beforeAdmission({ device, failure, entry, build, protects }: FlowInput): Screen | null {
  if (device !== "fine") return stop({ kind: device });
  if (failure !== null) return stop({ kind: failure });
  if (entry === null) return { kind: "opening" };
  if (isTooOld(entry, build)) return stop({ kind: "old" });
  return entry.meeting?.encryption === "e2ee" && !protects ? stop({ kind: "unprotected" }) : null;
}

/** OPS-1: the server refuses this page at every entrance, so nothing is tried again before it is updated. */
function isTooOld(entry: EntryView, build: number): boolean {
  return entry.minimumBuild > build;
}

export function takenElsewhere(
  input: Pick<FlowInput, "admission" | "evicted" | "mayTakeSeat" | "wasHere">,
): boolean {
  if (input.evicted) return true;
  const { admission } = input;
  return admission?.state === "admitted" && admission.connected && !input.mayTakeSeat;
}

function stop(stopped: Stop): Screen {
  return { kind: "stop", stop: stopped };
}

/** The stream is open while there is something to wait for, and never to look over another tab's shoulder. */
export function needsStream(input: FlowInput): boolean {
  if (input.entry === null || input.failure === "old" || isTooOld(input.entry, input.build)) return false;
  const state = input.admission?.state;
  return state === "waiting" || (state === "admitted" && !takenElsewhere(input));
}
