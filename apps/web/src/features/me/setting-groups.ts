import type { SettingRowView } from "@sekisho/contract";

type Id = SettingRowView["id"];
export const SERVER_GROUPS = ["recording", "meeting", "entry", "data"] as const;
export type ServerGroup = (typeof SERVER_GROUPS)[number];

const OTHERS: Partial<Record<Id, ServerGroup>> = {
  recordingAutomatic: "recording",
  recordingOnShare: "recording",
  recordingCloud: "recording",
  passcodeRequired: "entry",
  waitingRoom: "entry",
  joinBeforeHost: "entry",
  whoMayJoin: "entry",
  encryption: "data",
  files: "data",
  region: "data",
};

export function groupOf(id: Id): ServerGroup {
  return OTHERS[id] ?? "meeting";
}
