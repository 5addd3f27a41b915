import type {
  BarrierExplanation,
  BarrierPending,
  BarrierSyncRow,
  BarrierVersionRow,
} from "@sekisho/contract";
import type { ReactNode } from "react";
import { CsvView, ImportProblems } from "../../features/barriers/csv-view.tsx";
import { DecideDialog } from "../../features/barriers/decide-dialog.tsx";
import { ExplainAnswer } from "../../features/barriers/explain-answer.tsx";
import { ExplainView } from "../../features/barriers/explain-view.tsx";
import { GroupView, type GroupViewProps } from "../../features/barriers/group-view.tsx";
import { GroupsView } from "../../features/barriers/groups-view.tsx";
import { PendingCards } from "../../features/barriers/pending-cards.tsx";
import { HistoryTable, SyncTable } from "../../features/barriers/sync-tables.tsx";
import { UpstreamDialog } from "../../features/barriers/upstream-dialog.tsx";
import { UpstreamView } from "../../features/barriers/upstream-view.tsx";
import { Stack } from "../../ui/page.tsx";
import { sample } from "../sample.ts";
import type { GalleryState } from "../state.ts";
import { inFrame } from "./barriers.tsx";
import { groups, id, members, names, now, policies, status } from "./barriers-samples.ts";

const nothing = () => undefined;
const words = [
  "barriers",
  "barriers-groups",
  "barriers-sync",
  "barriers-explain",
  "shell",
  "account",
] as const;

function state(name: string, render: () => ReactNode): GalleryState {
  return { id: `barriers/${name}`, words, render };
}

const more = { shown: 3, total: 3, hasMore: false, loading: false, onMore: nothing };

const byHand = () => status({ rules: { ...status().rules, manualGroupEdits: true } });

function groupList(now_ = status()): ReactNode {
  return (
    <GroupsView
      status={now_}
      groups={groups()}
      search=""
      onSearch={nothing}
      onMake={nothing}
      more={{ ...more, total: 5 }}
    />
  );
}

function group(change: Partial<GroupViewProps> = {}): ReactNode {
  return (
    <GroupView
      status={byHand()}
      group={groups()[2] ?? null}
      members={members()}
      search=""
      onSearch={nothing}
      onEdit={nothing}
      onRemove={nothing}
      onAdd={nothing}
      onMember={nothing}
      more={more}
      {...change}
    />
  );
}

const sync = (at: number, change: Partial<BarrierSyncRow>): BarrierSyncRow => ({
  id: `s${at}`,
  at: now - at * 3_600_000,
  source: "push",
  by: sample("人事システム", "HR system"),
  reason: "",
  result: "applied",
  problem: null,
  version: 128 - at,
  changes: 3,
  pendingId: null,
  ...change,
});

const syncs = () => [
  sync(0, {}),
  sync(1, {
    source: "portal",
    by: "佐久間 里奈",
    reason: sample("案件 2026-118 の公表まで", "Until case 2026-118 is published"),
    changes: 1,
  }),
  sync(2, { result: "quarantined", source: "pull", by: "", changes: 214 }),
  sync(3, { result: "failed", source: "pull", by: "", problem: "tls_failed", version: null, changes: 0 }),
  sync(4, { result: "unchanged", source: "pull", by: "", changes: 0 }),
];

const rules: BarrierVersionRow["changes"][number]["rules"] = [];
const line = (
  kind: BarrierVersionRow["changes"][number]["kind"],
  names_: readonly string[],
  flags: BarrierVersionRow["changes"][number]["flags"] = [],
): BarrierVersionRow["changes"][number] => ({
  kind,
  names: [...names_],
  flags: [...flags],
  enabled: kind === "policy.put" ? true : null,
  rules,
});

const versions = (): readonly BarrierVersionRow[] => {
  const [bank = "", research = "", sales = ""] = names();
  return [
    {
      version: 128,
      at: now,
      source: "push",
      by: sample("人事システム", "HR system"),
      approvedBy: null,
      reason: "",
      changes: [line("person.put", ["鷲尾 悠人", sales, bank]), line("group.put", [research])],
      more: 12,
    },
    {
      version: 127,
      at: now - 7_200_000,
      source: "portal",
      by: "佐久間 里奈",
      approvedBy: "桐生 真帆",
      reason: sample("案件 2026-118 の公表まで", "Until case 2026-118 is published"),
      changes: [
        line("policy.put", [bank, research], ["meeting", "im"]),
        { ...line("rules.put", []), rules: ["secondPerson"] },
      ],
      more: 0,
    },
  ];
};

const pending = (change: Partial<BarrierPending> = {}): BarrierPending => {
  const [bank = "", research = "", sales = ""] = names();
  return {
    id: id("pending"),
    at: now,
    source: "push",
    by: sample("人事システム", "HR system"),
    mine: false,
    reason: "",
    why: ["many_ungrouped", "policy_removed"],
    inForce: [line("policy.put", [bank, sales], ["meeting"])],
    waiting: [line("policy.remove", [bank, research]), line("person.put", ["鷲尾 悠人"])],
    more: 41,
    ...change,
  };
};

const upstream = {
  url: "https://hr.midorino.example/barriers/v1/export",
  intervalMinutes: 60,
  enabled: true,
  hasToken: true,
  lastContactAt: now - 720_000,
  lastProblem: "tls_failed",
};

function upstreamView(): ReactNode {
  return (
    <UpstreamView
      upstream={upstream}
      mayEdit
      pulling={false}
      pulled={undefined}
      problem={undefined}
      onEdit={nothing}
      onPull={nothing}
    />
  );
}

function syncPage(): ReactNode {
  return (
    <Stack>
      <PendingCards
        pending={[pending(), pending({ id: id("mine"), mine: true, source: "portal", by: "佐久間 里奈" })]}
        mayEdit
        onDecide={nothing}
      />
      <SyncTable rows={syncs()} hasMore loading={false} onMore={nothing} />
      {upstreamView()}
      <CsvView mayEdit working={false} nothing={false} problem={undefined} onFile={nothing} />
      <HistoryTable rows={versions()} hasMore={false} loading={false} onMore={nothing} />
    </Stack>
  );
}

function emptySyncPage(): ReactNode {
  return (
    <Stack>
      <SyncTable rows={[]} hasMore={false} loading={false} onMore={nothing} />
      <UpstreamView
        upstream={null}
        mayEdit
        pulling={false}
        pulled={sync(0, { result: "failed", problem: "unreachable" })}
        problem={undefined}
        onEdit={nothing}
        onPull={nothing}
      />
      <CsvView mayEdit={false} working={false} nothing problem={undefined} onFile={nothing} />
      <HistoryTable rows={[]} hasMore={false} loading={false} onMore={nothing} />
    </Stack>
  );
}

const answer = (change: Partial<BarrierExplanation> = {}): BarrierExplanation => {
  const [bank = "", research = "", sales = ""] = names();
  const person = (displayName: string, own: string[], others: string[]) => ({
    accountId: "6f2f5c2e-3d6a-4a5c-9d2b-0a1b2c3d4e5f",
    displayName,
    groups: own,
    otherGroups: others,
  });
  return {
    version: 128,
    since: now,
    freshness: "fresh",
    on: true,
    a: person("佐久間 里奈", [bank], []),
    b: person("鷲尾 悠人", [research], [sales]),
    flags: ["meeting", "im"],
    why: "pair",
    policies: policies()
      .slice(0, 1)
      .map(({ id: policyId, flags }) => ({
        id: policyId,
        name: `${bank} × ${research}`,
        flags: [...flags],
        version: 121,
        since: now - 172_800_000,
      })),
    ...change,
  };
};

function explain(found: BarrierExplanation | undefined): ReactNode {
  const search = { found: [], more: 0, onSearch: nothing };
  return (
    <ExplainView
      people={search}
      others={search}
      working={false}
      problem={undefined}
      answer={found}
      onAsk={nothing}
      onChange={nothing}
    />
  );
}

export const states: readonly GalleryState[] = [
  state("groups", () => inFrame("groups", groupList())),
  state("groups-by-hand", () => inFrame("groups", groupList(byHand()))),
  state("groups-empty", () =>
    inFrame("groups", groupList(status({ groups: 0, rules: { ...status().rules, on: false } }))),
  ),
  state("group", () => inFrame("groups", group())),
  state("group-fixed", () => inFrame("groups", group({ status: status() }))),
  state("group-ungrouped", () => inFrame("groups", group({ group: null }))),
  state("group-nobody", () => inFrame("groups", group({ members: [] }))),
  state("sync", () => inFrame("sync", syncPage(), { pending: 2 })),
  state("sync-empty", () => inFrame("sync", emptySyncPage())),
  state("sync-approve", () =>
    inFrame(
      "sync",
      <DecideDialog
        act="approve"
        pending={pending()}
        working={false}
        problem={undefined}
        onConfirm={nothing}
        onClose={nothing}
      />,
    ),
  ),
  state("sync-upstream", () =>
    inFrame(
      "sync",
      <UpstreamDialog
        upstream={upstream}
        working={false}
        problem={undefined}
        onSave={nothing}
        onClose={nothing}
      />,
    ),
  ),
  state("sync-import-problems", () =>
    inFrame(
      "sync",
      <ImportProblems
        problems={[
          { line: 2, column: "group", code: "unknown_group" },
          { line: 14, column: "email", code: "unknown_person" },
          { line: 14, column: "primary", code: "two_primaries" },
        ]}
        onClose={nothing}
      />,
    ),
  ),
  state("explain", () => inFrame("explain", explain(undefined))),
  state("explain-blocked", () => inFrame("explain", explain(answer()))),
  state("explain-others", () =>
    inFrame(
      "explain",
      <Stack gap="field">
        <ExplainAnswer
          answer={answer({
            flags: ["in_meeting_chat"],
            why: "ungrouped",
            freshness: "stale",
            a: { ...answer().a, groups: [] },
          })}
        />
        <ExplainAnswer answer={answer({ flags: [], why: "none", policies: [] })} />
        <ExplainAnswer answer={answer({ flags: [], why: "off", on: false, policies: [] })} />
        <ExplainAnswer answer={answer({ flags: [], why: "samePerson", policies: [] })} />
      </Stack>,
    ),
  ),
];
