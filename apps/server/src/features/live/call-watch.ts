/**
 * How long an applicant's voice and picture have been sent on to the verifier of a call (ADM-4): measured here, by what
 * LiveKit says, and never told by a page. LiveKit lists a track once media of it has come in; it says "subscribed" once
 * the other side's connection is up and bound to it; and in this room there is one other side.
 */
import { callMediumMs, id, type CallMedium, type InstanceState, type MediaSource } from "@sekisho/domain";
import type { GateSeatHeld } from "../../sfu/gate-registry.ts";
import type { SfuGate } from "../../sfu/gate.ts";
import type { Sfu } from "../../sfu/sfu.ts";
import type { Runner } from "./runner.ts";

export type CallWatchDeps = {
  readonly gate: Pick<SfuGate, "connections">;
  readonly runner: Pick<Runner, "peek" | "run">;
  readonly sfu: Pick<Sfu, "listParticipants">;
  readonly onFailure: (error: unknown) => void;
};

const media = { voice: "microphone", face: "camera" } as const satisfies Record<CallMedium, MediaSource>;
const lookEveryMs = 500;

/** The process that holds the applicant's connection watches; where that is lost, the time begins anew. */
export function watchCalls(deps: CallWatchDeps): { stop(): Promise<void> } {
  /** Since when each stay's medium has been sent on without a break (ms of this process). */
  let since = new Map<string, number>();
  let running: Promise<void> | null = null;

  async function look(): Promise<void> {
    const next = new Map<string, number>();
    for (const held of deps.gate.connections())
      for (const medium of await flowing(deps, held)) {
        const key = `${held.connectionId} ${medium}`;
        const from = since.get(key) ?? performance.now();
        next.set(key, from);
        if (performance.now() - from >= callMediumMs) await note(held, medium);
      }
    since = next;
  }

  async function note({ instanceId, admissionId, sfuIdentity }: GateSeatHeld, medium: CallMedium) {
    const command = { type: "gate.mediumReceived", sfuIdentity, medium } as const;
    await deps.runner.run(instanceId, { ...command, admissionId: id.admission(admissionId) }, null);
  }

  const timer = setInterval(() => {
    running ??= look()
      .catch((error: unknown) => {
        since = new Map();
        deps.onFailure(error);
      })
      .finally(() => {
        running = null;
      });
  }, lookEveryMs);

  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}

/** What of an applicant, not yet known to have arrived, is being sent on at this moment. */
async function flowing(deps: CallWatchDeps, held: GateSeatHeld): Promise<readonly CallMedium[]> {
  const place = placeOf(deps.runner.peek(held.instanceId), held);
  if (place === null) return [];
  const people = await deps.sfu.listParticipants(place.sfuRoom);
  if (!people.some((one) => one.identity === place.verifier)) return [];
  const tracks = people.find((one) => one.identity === held.sfuIdentity)?.tracks ?? [];
  const sent = tracks.filter((track) => !track.muted && held.sentOn.includes(track.sid));
  return place.missing.filter((medium) => sent.some((track) => track.source === media[medium]));
}

function placeOf(state: InstanceState | null, held: GateSeatHeld) {
  const applicant = state?.admissions.get(id.admission(held.admissionId));
  const call = applicant === undefined ? undefined : state?.calls.get(applicant.id);
  const check = applicant?.callCheck ?? null;
  if (!call?.running || check === null || applicant?.sfuIdentity !== held.sfuIdentity) return null;
  const verifier = state?.admissions.get(call.verifierId)?.sfuIdentity ?? null;
  const missing = (["voice", "face"] as const).filter((medium) => !check[medium]);
  return verifier === null || missing.length === 0
    ? null
    : { sfuRoom: call.running.sfuRoom, verifier, missing };
}
