import type { PersonView } from "@sekisho/contract";
import type { RoomState } from "../../api/live/meeting-state.ts";

/** Who becomes host when the host leaves: a co-host who is here, else somebody of the organisation who is here. */
export function successor({ people, meta }: Pick<RoomState, "people" | "meta">): PersonView | null {
  const here = people.filter((one) => one.connected && one.id !== meta.selfId && !one.external);
  return (
    here.find((one) => one.role === "coHost") ??
    here.find((one) => one.role === "verifier") ??
    here.find((one) => one.badge === "account") ??
    null
  );
}
