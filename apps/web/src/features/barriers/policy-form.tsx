import type { BarrierStatus } from "@sekisho/contract";
import { useMemo, useState, type ReactNode } from "react";
import { navigate } from "../../app-shell/location.ts";
import { useChecks } from "../../app-shell/use-checks.ts";
import { useLeaveGuard } from "../../app-shell/use-leave-guard.ts";
import { useWords } from "../../i18n/words.ts";
import { Form } from "../../ui/form.tsx";
import styles from "./editor.module.css";
import { ImpactDialog } from "./impact-dialog.tsx";
import { LeaveDialog } from "./leave-dialog.tsx";
import { DraftMatrix } from "./draft-matrix.tsx";
import { editOf, isSameDraft, problemsOf, type PolicyDraft } from "./policy-draft.ts";
import { PolicyEditor } from "./policy-editor.tsx";
import { PrimaryOnce } from "./primary-note.tsx";
import { ReviewDialog } from "./review-dialog.tsx";
import { SaveCard } from "./save-card.tsx";
import { useProblem } from "./use-problem.ts";
import { useSaidSaved } from "./use-said-saved.ts";
import { useGroupSearch, usePair, type Edits } from "./use-barriers.ts";
import { usePreview } from "./use-preview.ts";
import { useSave } from "./use-save.ts";

type Field = "pair" | "flags" | "reason";

export interface PolicyFormProps {
  status: BarrierStatus;
  start: PolicyDraft;
  isNew: boolean;
}

const LIST = "/barriers";

export function PolicyForm({ status, start, isNew }: PolicyFormProps): ReactNode {
  // Kept from the first drawing: a new draft has an id of its own.
  const [first] = useState(start);
  const [draft, setDraft] = useState(first);
  const [reason, setReason] = useState("");
  const [open, setOpen] = useState<"list" | "remove" | undefined>(undefined);
  const unchanged = !isNew && isSameDraft(draft, first);
  const edits = useMemo(() => (unchanged ? [] : editsOf(draft)), [draft, unchanged]);
  const preview = usePreview(edits);
  const said = useSaidSaved();
  const [done, setDone] = useState(false);
  const guard = useLeaveGuard(!done && (!unchanged || reason !== "") && (!isNew || draft !== first));
  const save = useSave({
    edits,
    version: status.version,
    preview,
    onSaved: (saved) => {
      setDone(true);
      said(saved);
      navigate(LIST);
    },
  });
  const pair = usePair(isNew ? draft.a?.id : undefined, draft.b?.id);
  const existing = pair.data?.find(({ id }) => id !== draft.policyId)?.id;
  const checks = useDraftChecks(draft, reason);
  const problem = useProblem();
  const submit = () => {
    if (checks.pass() && !unchanged) save.submit(reason);
  };
  const discard = () => (draft === first && reason === "" ? navigate(LIST) : guard.ask(LIST));
  return (
    <div className={styles["layout"]}>
      <PrimaryOnce />
      <Form onSubmit={submit} className={styles["pair"]}>
        <PolicyEditor
          draft={draft}
          onChange={setDraft}
          reason={reason}
          onReason={setReason}
          isNew={isNew}
          groupsOfA={useGroupSearch()}
          groupsOfB={useGroupSearch()}
          otherGroupsMatter={preview.impact?.otherGroupsMatter ?? 0}
          onOtherGroups={() => setOpen("list")}
          errorOf={checks.errorOf}
          onLeave={(field) => checks.leave(field)()}
          existing={existing}
        />
        <div className={styles["side"]}>
          <SaveCard
            impact={preview.impact}
            checking={preview.checking}
            again={save.again}
            working={save.working}
            problem={problem(preview.error ?? save.error)}
            unchanged={unchanged}
            onSave={submit}
            onDiscard={discard}
            onList={() => setOpen("list")}
            onRemove={isNew ? undefined : () => setOpen("remove")}
          />
        </div>
      </Form>
      <DraftMatrix status={status} edits={edits} />
      {open === "list" && <ImpactDialog edits={edits} onClose={() => setOpen(undefined)} />}
      {open === "remove" && (
        <RemovePolicy
          status={status}
          policy={first}
          onClose={() => setOpen(undefined)}
          onRemoved={() => {
            setDone(true);
            navigate(LIST);
          }}
        />
      )}
      {guard.wanted !== undefined && (
        <LeaveDialog
          onStay={guard.stay}
          onDiscard={() => {
            const to = guard.wanted ?? LIST;
            setDone(true);
            navigate(to);
          }}
        />
      )}
    </div>
  );
}

function editsOf(draft: PolicyDraft): Edits {
  const edit = editOf(draft);
  return edit === undefined || draft.flags.length === 0 ? [] : [edit];
}

function useDraftChecks(draft: PolicyDraft, reason: string) {
  const t = useWords("barriers");
  const wrong = problemsOf(draft, reason);
  return useChecks<Field>({
    ...(wrong["check.pair"] === true ? { pair: t("check.pair") } : {}),
    ...(wrong["check.flags"] === true ? { flags: t("check.flags") } : {}),
    ...(wrong["check.reason"] === true ? { reason: t("check.reason") } : {}),
  });
}

interface RemoveProps {
  status: BarrierStatus;
  policy: PolicyDraft;
  onClose: () => void;
  onRemoved: () => void;
}

function RemovePolicy({ status, policy, onClose, onRemoved }: RemoveProps): ReactNode {
  const t = useWords("barriers");
  const edits = useMemo<Edits>(() => [{ type: "policy.remove", policyId: policy.policyId }], [policy]);
  return (
    <ReviewDialog
      title={t("remove.title", { a: policy.a?.name ?? "", b: policy.b?.name ?? "" })}
      edits={edits}
      version={status.version}
      confirm={t("remove.confirm")}
      danger
      onClose={onClose}
      onSaved={onRemoved}
    >
      <p>{t("remove.text")}</p>
    </ReviewDialog>
  );
}
