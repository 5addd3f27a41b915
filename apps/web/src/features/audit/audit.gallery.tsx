import type { AuditRecord } from "@sekisho/contract";
import type { ReactNode } from "react";
import { Frame } from "../../app-shell/frame.tsx";
import type { GalleryState } from "../../gallery/state.ts";
import { AuditView } from "./audit-view.tsx";
import { RecordDialog } from "./record-dialog.tsx";

const at = Date.UTC(2026, 10, 22, 6, 47);
const quiet = () => undefined;
const words = ["audit", "account", "shell"] as const;
const hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
const record = (seq: number, type: string, name: string | null): AuditRecord => ({
  ...{ seq, at: at - (60 - seq) * 60_000, type, hash },
  actor: { kind: name === null ? "server" : "account", name },
  data: '{"accountId":"00000000-0000-4000-8000-000000000002","actor":{"kind":"account"},"disabled":true}',
  personal: type === "account.changed" ? '{"displayName":"桐生 真帆"}' : null,
});
const records = [
  record(60, "audit.read", "佐久間 里奈"),
  record(59, "account.changed", "佐久間 里奈"),
  record(58, "instance.headsAnchored", null),
];
const view = {
  filter: { type: "", about: "", from: "", until: "" },
  ...{ records, more: true, loading: false, check: undefined, checking: false, problem: undefined },
  reports: [
    {
      ...{ instanceId: "i".repeat(22), meetingId: "00000000-0000-4000-8000-000000000009" },
      ...{ topic: "融資条件のご説明", host: "桐生 真帆", startsAt: at, endsAt: at + 3_600_000 },
    },
  ],
  files: { jsonl: "#", csv: "#" },
  ...{ onFilter: quiet, onMore: quiet, onCheck: quiet, onOpen: quiet },
} as const;
const head = { seq: 12_480, hash };
const good = { ok: true, at, records: 12_480, chains: 31, problems: [], head };
const bad = { ...good, ok: false, problems: [{ chain: "organisation", seq: 8211, kind: "changed" }] };

const page = (id: string, render: () => ReactNode): GalleryState => ({
  ...{ id: `audit/${id}`, words },
  render: () => (
    <Frame name="監査 太郎" organisation="みどり野銀行" isAdmin={false} hasBarriers isAuditor area="audit">
      {render()}
    </Frame>
  ),
});

export const states: readonly GalleryState[] = [
  page("log", () => <AuditView {...view} />),
  page("checked", () => <AuditView {...view} check={good} />),
  page("broken", () => <AuditView {...view} check={bad} />),
  page("empty", () => <AuditView {...view} records={[]} reports={[]} more={false} checking />),
  page("record", () => (
    <>
      <AuditView {...view} />
      <RecordDialog record={record(59, "account.changed", "佐久間 里奈")} onClose={quiet} />
    </>
  )),
];
