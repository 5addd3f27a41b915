/** Random lives of a meeting, with everything that must hold checked after each step. */
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  anyChoice,
  anyLife,
  broken,
  instanceSettings,
  Room,
  type Step,
  type Taken,
} from "../../../testkit/src/arbitraries/index.ts";
import { fold } from "./evolve.ts";
import type { EventType, RecordedEvent } from "./events.ts";

const runs = Number(process.env["FUZZ_RUNS"] ?? 1500);

function live(at: Room, steps: readonly Step[], look: (taken: Taken) => void): void {
  for (const step of steps) {
    at.now += step.ms;
    const command = step.command(at);
    if (command === null) continue;
    const before = at.state;
    const decision = at.do(command, step.actor);
    look({ before, after: at.state, command, actor: step.actor, decision, now: at.now });
  }
}

/** FUZZ_RUNS=50000 looks longer. A failure prints seed and path; put them into `fc.assert` to see it again. */
const long = { timeout: 20_000 + runs * 10 };

function anyMeeting(seen: Set<EventType>) {
  return fc.property(anyChoice, fc.integer({ min: 2, max: 6 }), anyLife, (choice, capacity, steps) => {
    const at = new Room(instanceSettings(choice));
    at.limits = { ...at.limits, capacity };
    live(at, steps, (taken) => {
      expect(broken(taken, capacity)).toEqual([]);
      if (taken.decision.kind === "accepted") for (const { type } of taken.decision.events) seen.add(type);
    });
  });
}

test(
  "[ADM-1] [ADM-5] [ADM-7] [ADM-8] [ADM-11] [ADM-13] [SEC-4] [SEC-7] no life of a meeting breaks an invariant",
  long,
  () => {
    fc.assert(anyMeeting(new Set()), { numRuns: runs });
  },
);

test("[ADM-1] those lives get everywhere, or they would prove nothing", long, () => {
  const seen = new Set<EventType>();
  fc.assert(anyMeeting(seen), { numRuns: 1500, seed: 20_200_419 });
  const everything: readonly EventType[] = [
    "admission.admitted",
    "admission.denied",
    "admission.refused",
    "admission.sentBack",
    "admission.withdrawn",
    "breakout.arranged",
    "breakout.assigned",
    "breakout.callEnded",
    "breakout.closed",
    "breakout.closing",
    "breakout.hostCalled",
    "breakout.moved",
    "breakout.opened",
    "breakout.timerSet",
    "ban.lifted",
    "instance.ended",
    "instance.hostsGone",
    "instance.reopened",
    "keys.committed",
    "keys.founded",
    "keys.missed",
    "keys.offered",
    "link.reopened",
    "meeting.resumed",
    "meeting.unlocked",
    "meeting.waitingRoomTurnedOn",
    "participant.dropped",
    "participant.left",
    "participant.removed",
    "participant.renamed",
    "participant.roleChanged",
    "verificationCall.asked",
    "verificationCall.begun",
    "verificationCall.connected",
    "verificationCall.dropped",
    "verificationCall.ended",
    "verificationCall.received",
  ];
  expect(everything.filter((type) => !seen.has(type))).toEqual([]);
});

test("[AUD-1] the log alone gives the state back: at once, one by one, and through JSON", long, () => {
  fc.assert(
    fc.property(anyChoice, anyLife, fc.nat(), (choice, steps, cut) => {
      const at = new Room(instanceSettings(choice));
      live(at, steps, () => undefined);
      expect(fold(at.history)).toEqual(at.state);
      const stored: readonly RecordedEvent[] = JSON.parse(JSON.stringify(at.history));
      const half = cut % stored.length;
      expect(fold(stored.slice(half), fold(stored.slice(0, half)))).toEqual(at.state);
    }),
    { numRuns: Math.ceil(runs / 4) },
  );
});

test("[AUD-1] folding changes nothing that somebody else holds", long, () => {
  fc.assert(
    fc.property(anyLife, anyLife, (first, second) => {
      const at = new Room(instanceSettings());
      live(at, first, () => undefined);
      const held = at.state;
      const copy = structuredClone(held);
      live(at, second, () => undefined);
      expect(held).toEqual(copy);
    }),
    { numRuns: Math.ceil(runs / 8) },
  );
});
