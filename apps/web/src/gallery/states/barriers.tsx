import type { BarrierStatus } from "@sekisho/contract";
import type { ReactNode } from "react";
import { Frame } from "../../app-shell/frame.tsx";
import { BarriersLayout, type BarrierTab } from "../../features/barriers/barriers-layout.tsx";
import { DraftMatrixView } from "../../features/barriers/draft-matrix.tsx";
import { ImpactListDialog } from "../../features/barriers/impact-dialog.tsx";
import { LeaveDialog } from "../../features/barriers/leave-dialog.tsx";
import { MatrixView } from "../../features/barriers/matrix-view.tsx";
import { PairView } from "../../features/barriers/pair-dialog.tsx";
import { PoliciesView, type PoliciesViewProps } from "../../features/barriers/policies-view.tsx";
import { draftOf, newDraft, type PolicyDraft } from "../../features/barriers/policy-draft.ts";
import { PolicyEditor, type PolicyEditorProps } from "../../features/barriers/policy-editor.tsx";
import { PolicyReading } from "../../features/barriers/policy-reading.tsx";
import { PrimaryDialog } from "../../features/barriers/primary-note.tsx";
import { ReviewView } from "../../features/barriers/review-view.tsx";
import { SaveCard, type SaveCardProps } from "../../features/barriers/save-card.tsx";
import styles from "../../features/barriers/editor.module.css";
import { currentLanguage, wordsOf } from "../../i18n/words.ts";
import { sample } from "../sample.ts";
import type { GalleryState } from "../state.ts";
import { groups, impact, largeMatrix, matrix, now, policies, preview, status } from "./barriers-samples.ts";

const nothing = () => undefined;
const words = ["barriers", "shell", "account"] as const;

export function inFrame(
  tab: BarrierTab,
  children: ReactNode,
  change: Partial<BarrierStatus> = {},
): ReactNode {
  return (
    <Frame name="佐久間 里奈" organisation="みどり野銀行" isAdmin hasBarriers area="barriers">
      <BarriersLayout tab={tab} status={status(change)}>
        {children}
      </BarriersLayout>
    </Frame>
  );
}

function state(name: string, render: () => ReactNode): GalleryState {
  return { id: `barriers/${name}`, words, render };
}

const more = { shown: 4, total: 4, hasMore: false, loading: false, onMore: nothing };

function list(change: Partial<PoliciesViewProps> = {}): ReactNode {
  return (
    <PoliciesView
      status={status()}
      policies={policies()}
      search=""
      onSearch={nothing}
      more={more}
      {...change}
    />
  );
}

const search = () => ({
  found: groups().map(({ id, name }) => ({ id, name })),
  more: 4950,
  onSearch: nothing,
});

interface EditorChange {
  readonly draft?: PolicyDraft;
  readonly editor?: Partial<PolicyEditorProps>;
  readonly card?: Partial<SaveCardProps>;
}

function editor({ draft, editor: words_, card }: EditorChange = {}): ReactNode {
  const [a, b] = groups();
  const base = {
    ...newDraft(a, b),
    flags: ["meeting", "im", "complete_phone_calls", "message_via_sms"],
  } satisfies PolicyDraft;
  return (
    <div className={styles["layout"]}>
      <div className={styles["pair"]}>
        <PolicyEditor
          draft={draft ?? base}
          onChange={nothing}
          reason={sample("案件 2026-118 の公表まで", "Until case 2026-118 is published")}
          onReason={nothing}
          isNew
          groupsOfA={search()}
          groupsOfB={search()}
          otherGroupsMatter={2}
          onOtherGroups={nothing}
          existing={undefined}
          errorOf={nothing}
          onLeave={nothing}
          {...words_}
        />
        <div className={styles["side"]}>
          <SaveCard
            {...preview()}
            again={undefined}
            working={false}
            problem={undefined}
            unchanged={false}
            onList={nothing}
            onSave={nothing}
            onDiscard={nothing}
            {...card}
          />
        </div>
      </div>
      <DraftMatrixView source={matrix(true)} many={false} onWindow={nothing} onOpen={nothing} />
    </div>
  );
}

const t = () => wordsOf(currentLanguage(), "barriers");
const soft = (): PolicyDraft => ({
  ...newDraft(groups()[1], groups()[1]),
  flags: ["in_meeting_chat", "recording"],
});

const lists: readonly GalleryState[] = [
  state("policies", () => inFrame("policies", list())),
  state("policies-empty", () => inFrame("policies", list({ status: status({ policies: 0 }) }))),
  state("policies-search", () =>
    inFrame("policies", list({ policies: [], search: "xyz", more: { ...more, total: 0 } })),
  ),
  state("policies-many", () =>
    inFrame("policies", list({ more: { ...more, shown: 50, total: 212, hasMore: true } })),
  ),
  state("policies-off", () =>
    inFrame("policies", list(), {
      version: 0,
      lastSync: null,
      rules: { ...status().rules, on: false },
    }),
  ),
  state("policies-read", () =>
    inFrame("policies", list({ status: status({ mayEdit: false }) }), { mayEdit: false, pending: 2 }),
  ),
  state("policy-read", () => inFrame("policies", <PolicyReading policy={policies()[0] ?? fail()} />)),
];

const heads: readonly GalleryState[] = [
  state("spreading", () =>
    inFrame("policies", list(), {
      version: 129,
      applied: false,
      committedAt: Date.now() - 4000,
      nodes: status().nodes.map((node, at) => ({ ...node, version: at < 2 ? 129 : 128 })),
    }),
  ),
  state("sweeping", () => inFrame("policies", list(), { applied: false })),
  state("stale", () => inFrame("policies", list(), { freshness: "stale", ageMinutes: 12, pending: 2 })),
  state("expired", () => inFrame("policies", list(), { freshness: "expired", ageMinutes: 75 })),
  state("no-copy", () => inFrame("policies", list(), { freshness: "none" })),
];

const editors: readonly GalleryState[] = [
  state("editor", () => inFrame("policies", editor())),
  state("editor-existing", () =>
    inFrame(
      "policies",
      editor({
        draft: draftOf(policies()[0] ?? fail()),
        editor: { isNew: false },
        card: { unchanged: true, impact: undefined, onRemove: nothing },
      }),
    ),
  ),
  state("editor-soft", () =>
    inFrame(
      "policies",
      editor({
        draft: soft(),
        editor: { otherGroupsMatter: 0 },
        card: {
          impact: impact({
            live: { meetings: 1, removed: 0, restricted: 9 },
            upcoming: { meetings: 0, people: 0 },
          }),
        },
      }),
    ),
  ),
  state("editor-checking", () => inFrame("policies", editor({ card: { checking: true } }))),
  state("editor-moved", () =>
    inFrame(
      "policies",
      editor({
        card: {
          impact: impact({ live: { meetings: 1, removed: 3, restricted: 0 } }),
          again: { kind: "moved", moved: { key: "moved.removed", before: 2, now: 3 } },
        },
      }),
    ),
  ),
  state("editor-version", () => inFrame("policies", editor({ card: { again: { kind: "version" } } }))),
  state("editor-approval", () =>
    inFrame("policies", editor({ card: { impact: impact({ loosens: true, needsSecondPerson: true }) } })),
  ),
  state("editor-wrong", () =>
    inFrame(
      "policies",
      editor({
        draft: { ...newDraft(), flags: [] },
        editor: {
          reason: "",
          errorOf: (field) => t()(`check.${field}`),
        },
        card: { impact: undefined },
      }),
    ),
  ),
  state("editor-exists", () =>
    inFrame(
      "policies",
      editor({ editor: { existing: "x" }, card: { impact: impact({ problems: ["policy_exists"] }) } }),
    ),
  ),
  state("editor-failed", () =>
    inFrame(
      "policies",
      editor({ card: { problem: wordsOf(currentLanguage(), "account")("error.unreachable") } }),
    ),
  ),
];

const dialogs: readonly GalleryState[] = [
  state("primary-dialog", () =>
    inFrame("policies", <PrimaryDialog onClose={nothing} close={t()("primary.close")} />),
  ),
  state("leave-dialog", () => inFrame("policies", <LeaveDialog onStay={nothing} onDiscard={nothing} />)),
  state("impact-dialog", () =>
    inFrame(
      "policies",
      <ImpactListDialog
        items={[
          {
            kind: "removed",
            meetingId: null,
            topic: sample("決算説明の打ち合わせ", "Results meeting"),
            at: now,
            people: ["鷲尾 悠人", "三枝 小百合"],
          },
          {
            kind: "upcoming",
            meetingId: null,
            topic: sample("定例", "Weekly"),
            at: now + 86_400_000,
            people: ["大庭 修一郎", "桐生 真帆"],
          },
          {
            kind: "otherGroup",
            meetingId: null,
            topic: null,
            at: null,
            people: ["勅使河原 万里江", "桐生 真帆"],
          },
        ]}
        more={12}
        problem={undefined}
        onClose={nothing}
      />,
    ),
  ),
  state("remove-dialog", () =>
    inFrame(
      "policies",
      <ReviewView
        title={t()("remove.title", { a: groups()[0]?.name ?? "", b: groups()[1]?.name ?? "" })}
        confirm={t()("remove.confirm")}
        danger
        ready
        {...preview({ needsSecondPerson: true, live: { meetings: 0, removed: 0, restricted: 0 } })}
        again={undefined}
        working={false}
        problem={undefined}
        reason=""
        onReason={nothing}
        onList={nothing}
        onConfirm={nothing}
        onClose={nothing}
      >
        <p>{t()("remove.text")}</p>
      </ReviewView>,
    ),
  ),
  state("pair-dialog", () =>
    inFrame("matrix", <PairView {...pair()} mayEdit policies={policies().slice(0, 1)} onClose={nothing} />),
  ),
  state("pair-dialog-none", () =>
    inFrame("matrix", <PairView {...pair()} mayEdit policies={[]} onClose={nothing} />),
  ),
];

function pair() {
  const [a, b] = groups();
  return { a: a ?? fail(), b: b ?? fail() };
}

function fail(): never {
  throw new Error("a sample is missing");
}

function grid(large: boolean, change: { groups?: number; rows?: string } = {}): ReactNode {
  return (
    <MatrixView
      source={large ? largeMatrix() : matrix(false)}
      rows=""
      columns=""
      only={large}
      groups={5}
      onWindow={nothing}
      onOpen={nothing}
      onRows={nothing}
      onColumns={nothing}
      onOnly={nothing}
      {...change}
    />
  );
}

export const states: readonly GalleryState[] = [
  ...lists,
  ...heads,
  ...editors,
  ...dialogs,
  state("matrix", () => inFrame("matrix", grid(false))),
  state("matrix-large", () => inFrame("matrix", grid(true))),
  state("matrix-empty", () => inFrame("matrix", grid(false, { groups: 0 }))),
];
