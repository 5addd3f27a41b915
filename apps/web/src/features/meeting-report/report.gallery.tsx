import type { MeetingReport } from "@sekisho/contract";
import { Frame } from "../../app-shell/frame.tsx";
import type { GalleryState } from "../../gallery/state.ts";
import { ReportView } from "./report-view.tsx";

const at = Date.UTC(2026, 10, 20, 6, 0);
const minute = 60_000;
const person: MeetingReport["people"][number] = {
  displayName: "大庭 修一郎",
  affiliation: "常磐木製作所",
  external: true,
  role: "participant",
  requestedAt: at - 2 * minute,
  admittedAt: at,
  admittedBy: "桐生 真帆",
  method: "knownPerson",
  registered: false,
  nameProved: false,
  standInReason: null,
  agreed: { version: 1, at: at - 2 * minute },
  deviceDeclaredAt: null,
  outcome: "left",
  until: at + 50 * minute,
  endedBy: null,
};
const report: MeetingReport = {
  instanceId: "i".repeat(22),
  topic: "融資条件のご説明",
  startedAt: at,
  endedAt: at + 52 * minute,
  confidentiality: "medium",
  people: [
    {
      ...person,
      displayName: "佐久間 里奈",
      affiliation: "みどり野銀行",
      role: "host",
      method: null,
      admittedBy: null,
      agreed: null,
    },
    person,
    { ...person, displayName: "外山 恵", outcome: "removed", endedBy: "佐久間 里奈", method: "document" },
    {
      ...person,
      displayName: "見知らぬ人",
      outcome: "denied",
      admittedAt: null,
      admittedBy: null,
      method: null,
    },
  ],
  refusals: [{ at, displayName: "外山 恵", affiliation: "", reference: "7K4M-2QXA", reason: null }],
  acts: [
    { at, type: "instance.started", by: "佐久間 里奈", about: null },
    { at: at + 5 * minute, type: "meeting.locked", by: "佐久間 里奈", about: null },
    { at: at + 9 * minute, type: "participant.roleChanged", by: "佐久間 里奈", about: "桐生 真帆" },
  ],
  settings: [
    { field: "encryption", value: "transport", reasons: ["meeting"] },
    { field: "waitingRoom", value: true, reasons: ["organisation", "preset"] },
    { field: "recording", value: "off", reasons: ["server"] },
  ],
  erased: { at: at + 52 * minute, messages: 12 },
  checkedAt: Date.UTC(2026, 10, 24, 6, 47),
  chain: { records: 42, head: "0f".repeat(32), anchored: 42 },
};

const state = (id: string, change: Partial<MeetingReport>): GalleryState => ({
  id,
  words: ["meeting-detail", "rules", "account", "shell"],
  render: () => (
    <Frame name="佐久間 里奈" organisation="みどり野銀行" isAdmin area="meetings">
      <ReportView report={{ ...report, ...change }} back="/meetings/x" csv="#" onPrint={() => undefined} />
    </Frame>
  ),
});

export const states: readonly GalleryState[] = [
  state("report/full", {}),
  state("report/quiet", { refusals: [], confidentiality: "high", erased: { at, messages: 0 } }),
  state("report/fresh", { erased: null }),
];
