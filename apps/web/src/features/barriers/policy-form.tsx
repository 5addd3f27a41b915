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
import { useSave, type Saved } from "./use-save.ts";

type Field = "pair" | "flags" | "reason";

export interface PolicyFormProps {
  status: BarrierStatus;
  start: PolicyDraft;
  isNew: boolean;
}

const LIST = "/barriers";

export function PolicyForm(props: PolicyFormProps): ReactNode {
  const { status, isNew } = props;
  const problem = useProblem();
  const form = usePolicyForm(props);
  const { draft, edits, preview, save, checks, guard } = form;
  const [open, setOpen] = useState<"list" | "remove" | undefined>(undefined);
  const groups = { groupsOfA: useGroupSearch(), groupsOfB: useGroupSearch() };
  const onList = () => setOpen("list");
  return (
    <div className={styles["layout"]}>
      <PrimaryOnce />
      <Form onSubmit={form.submit} className={styles["pair"]}>
        <PolicyEditor
          {...groups}
          draft={draft}
          onChange={form.setDraft}
          reason={form.reason}
          onReason={form.setReason}
          isNew={isNew}
          otherGroupsMatter={preview.impact?.otherGroupsMatter ?? 0}
          onOtherGroups={onList}
          existing={form.existing}
          errorOf={checks.errorOf}
          onLeave={(field) => checks.leave(field)()}
        />
        <div className={styles["side"]}>
          <SaveCard
            {...preview}
            again={save.again}
            working={save.working}
            problem={problem(preview.error ?? save.error)}
            unchanged={form.unchanged}
            onSave={form.submit}
            onDiscard={form.discard}
            onList={onList}
            onRemove={isNew ? undefined : () => setOpen("remove")}
          />
        </div>
      </Form>
      <DraftMatrix status={status} edits={edits} />
      {open === "list" && <ImpactDialog edits={edits} onClose={() => setOpen(undefined)} />}
      {open === "remove" && (
        <RemovePolicy
          status={status}
          policy={draft}
          onClose={() => setOpen(undefined)}
          onRemoved={() => form.leave(LIST)}
        />
      )}
      {guard.wanted !== undefined && (
        <LeaveDialog onStay={guard.stay} onDiscard={() => form.leave(guard.wanted ?? LIST)} />
      )}
    </div>
  );
}

function usePolicyForm({ status, start, isNew }: PolicyFormProps) {
  // Kept from the first drawing: a new draft has an id of its own.
  const [first] = useState(start);
  const [draft, setDraft] = useState(first);
  const [reason, setReason] = useState("");
  const [done, setDone] = useState(false);
  const unchanged = !isNew && isSameDraft(draft, first);
  const edits = useMemo(() => (unchanged ? [] : editsOf(draft)), [draft, unchanged]);
  const preview = usePreview(edits);
  const touched = reason !== "" || (isNew ? draft !== first : !unchanged);
  const guard = useLeaveGuard(touched && !done);
  const leave = (to: string) => {
    setDone(true);
    navigate(to);
  };
  const said = useSaidSaved();
  const onSaved = (saved: Saved) => {
    said(saved);
    leave(LIST);
  };
  const save = useSave({ edits, version: status.version, preview, onSaved });
  const checks = useDraftChecks(draft, reason);
  const pair = usePair(isNew ? draft.a?.id : undefined, draft.b?.id);
  return {
    ...{ draft, setDraft, reason, setReason, unchanged, edits, preview, guard, save, checks, leave },
    existing: pair.data?.find(({ id }) => id !== draft.policyId)?.id,
    submit: () => {
      if (checks.pass() && !unchanged) save.submit(reason);
    },
    discard: () => (touched ? guard.ask(LIST) : navigate(LIST)),
  };
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
