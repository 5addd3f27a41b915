/**
 * Joins in a closed loop: so many people are always asking. On the way each meeting is locked, opened again, and filled
 * to its capacity, so that the checker has something to find.
 */
import { id, type Command, type Decision, type Principal } from "@sekisho/domain";
import { newId } from "../../apps/server/src/platform/random.ts";
import { requestOf } from "./meetings.ts";

export type Run = (instanceId: string, command: Command, actor: Principal | null) => Promise<Decision>;

export type Plan = {
  readonly instances: readonly string[];
  readonly joinsEach: number;
  readonly inFlight: number;
  readonly host: Principal;
};

export type Join = {
  readonly instanceId: string;
  readonly guest: string;
  readonly ms: number;
  readonly decision: Decision;
  /** Sent after the lock was acknowledged, and answered before the meeting was opened again. */
  readonly underLock: boolean;
};

export type Played = { readonly seconds: number; readonly joins: readonly Join[] };

type Door = { sent: number; locked: boolean; opened: boolean; locking: boolean };

export async function play(run: Run, plan: Plan): Promise<Played> {
  const doors = new Map<string, Door>(
    plan.instances.map((one) => [one, { sent: 0, locked: false, opened: false, locking: false }]),
  );
  const joins: Join[] = [];
  let next = 0;
  const total = plan.instances.length * plan.joinsEach;

  async function person(): Promise<void> {
    while (next < total) {
      const instanceId = plan.instances[next % plan.instances.length] ?? "";
      next += 1;
      const door = doors.get(instanceId);
      if (door === undefined) return;
      door.sent += 1;
      await turnKey(door, instanceId);
      await join(door, instanceId);
    }
  }

  async function join(door: Door, instanceId: string): Promise<void> {
    const device = newId();
    const principal = { kind: "guest", guestId: id.guest(device), device } as const;
    const before = door.locked;
    const started = performance.now();
    const decision = await run(instanceId, requestOf(principal, `Guest ${device.slice(0, 6)}`), principal);
    const ms = performance.now() - started;
    joins.push({ instanceId, guest: device, ms, decision, underLock: before && door.locked });
  }

  /** Locked when three tenths of the people have come, opened after four; whoever turns the key joins afterwards. */
  async function turnKey(door: Door, instanceId: string): Promise<void> {
    if (door.sent >= plan.joinsEach * 0.4 && door.locked && !door.opened) {
      door.opened = true;
      door.locked = false;
      await run(instanceId, { type: "meeting.lock", locked: false }, plan.host);
    } else if (door.sent >= plan.joinsEach * 0.3 && !door.locking) {
      door.locking = true;
      await run(instanceId, { type: "meeting.lock", locked: true }, plan.host);
      door.locked = true;
    }
  }

  const started = performance.now();
  await Promise.all(Array.from({ length: plan.inFlight }, person));
  return { seconds: (performance.now() - started) / 1000, joins };
}
