/** Whether a caller may use a route of the meeting: found from link and session at this moment, never from the request. */
import type { Access } from "@sekisho/contract";
import { capabilitiesOf, type Admission, type InstanceState, type Principal } from "@sekisho/domain";
import { principalOf, type Caller } from "../../platform/http/caller.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import type { Instances } from "./instances.ts";
import { ownAdmission } from "./own-view.ts";
import type { MeetingDescription, MeetingDirectory } from "./ports.ts";
import type { Runner } from "./runner.ts";

export type LiveFound = {
  readonly instanceId: string;
  readonly meeting: MeetingDescription;
  readonly state: InstanceState;
  readonly admission: Admission;
  readonly principal: Principal;
};

export type LiveGuardDeps = {
  readonly directory: MeetingDirectory;
  readonly instances: Instances;
  readonly runner: Runner;
  readonly clock: { now(): number };
};

export type LiveGuard = (
  access: Extract<Access, { kind: "lobby" | "live" }>,
  caller: Caller,
  link: string,
) => Promise<LiveFound>;

/** Unknown link, no instance, no admission: the same answer, `not_in_meeting`. */
export function createLiveGuard(deps: LiveGuardDeps): LiveGuard {
  return async (access, caller, link) => {
    const principal = principalOf(caller);
    const found = principal === null ? null : await deps.directory.find(link);
    const row = found === null ? null : await deps.instances.current(found.meeting, deps.clock.now());
    const state = row === null ? null : await deps.runner.read(row.instanceId);
    const admission = state === null || principal === null ? null : ownAdmission(state, principal);
    if (found === null || row === null || state === null || principal === null || admission === null)
      throw new HttpError("not_in_meeting");
    const result = { instanceId: row.instanceId, meeting: found.meeting, state, admission, principal };
    if (access.kind === "lobby") return result;
    if (admission.status.kind !== "admitted") throw new HttpError("not_in_meeting");
    if (state.phase !== "live") throw new HttpError("meeting_not_live");
    if (access.capability !== "participant" && !capabilitiesOf(state, admission).has(access.capability))
      throw new HttpError("not_allowed");
    return result;
  };
}
