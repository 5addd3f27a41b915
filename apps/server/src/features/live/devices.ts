/** Sessions that ended: their streams end, and in every meeting their places are given up (IDN-5). */
import type { Principal } from "@sekisho/domain";
import type { Sessions } from "../../platform/http/sessions.ts";
import type { Hub } from "./hub.ts";
import type { Instances } from "./instances.ts";
import type { Runner } from "./runner.ts";

export type DevicesDeps = {
  readonly hub: Hub;
  readonly instances: Instances;
  readonly runner: Runner;
  readonly sessions: Sessions;
};

export type Devices = {
  end(devices: readonly string[]): Promise<void>;
  /** Of one meeting: whoever came by one of these registrations. */
  endRegistrations(meetingId: string, registrationIds: readonly string[]): Promise<void>;
  /** Sessions that ran out while a stream was open. */
  endExpired(): Promise<void>;
  /** Whether somebody of this account is barred from an instance of the meeting that is not over (ADM-8). */
  bars(meetingId: string, accountId: string): Promise<boolean>;
};

export function createDevices({ hub, instances, runner, sessions }: DevicesDeps): Devices {
  async function end(devices: readonly string[]): Promise<void> {
    hub.closeDevices(new Set(devices));
    for (const { instanceId } of await instances.unfinished()) {
      const state = await runner.read(instanceId);
      if (state === null) continue;
      const open = [...state.inside, ...state.waiting].map(
        (one) => state.admissions.get(one)?.principal.device,
      );
      for (const device of devices)
        if (open.includes(device)) await runner.run(instanceId, { type: "gate.deviceEnded", device }, null);
    }
  }

  return {
    end,
    async endRegistrations(meetingId, registrationIds) {
      for (const row of await instances.unfinished()) {
        const state = row.meetingId === meetingId ? await runner.read(row.instanceId) : null;
        if (state === null) continue;
        for (const one of [...state.inside, ...state.waiting]) {
          const { registration, device } = state.admissions.get(one)?.principal ?? {};
          if (registration !== undefined && device !== undefined && registrationIds.includes(registration))
            await runner.run(row.instanceId, { type: "gate.deviceEnded", device }, null);
        }
      }
    },
    async endExpired() {
      const over = await sessions.ended(hub.devices());
      if (over.length > 0) await end(over);
    },
    async bars(meetingId, accountId) {
      for (const row of await instances.unfinished()) {
        const state = row.meetingId === meetingId ? await runner.read(row.instanceId) : null;
        for (const ban of state?.bans.values() ?? []) if (isOf(ban.principal, accountId)) return true;
      }
      return false;
    },
  };
}

function isOf(principal: Principal, accountId: string): boolean {
  return principal.kind === "account" && principal.accountId === accountId;
}
