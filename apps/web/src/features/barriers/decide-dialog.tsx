import type { BarrierPending } from "@sekisho/contract";
import { useState, type ReactNode } from "react";
import { useChecks } from "../../app-shell/use-checks.ts";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Form, FormEnd } from "../../ui/form.tsx";
import { Note } from "../../ui/note.tsx";
import { Stack } from "../../ui/page.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { ChangeList } from "./change-list.tsx";

/** `withdraw`: the own request is turned down by who made it. */
export type PendingAct = "approve" | "reject" | "withdraw";

export interface DecideDialogProps {
  act: PendingAct;
  pending: BarrierPending;
  working: boolean;
  problem: string | undefined;
  onConfirm: (reason: string) => void;
  onClose: () => void;
}

export function DecideDialog({
  act,
  pending,
  working,
  problem,
  onConfirm,
  onClose,
}: DecideDialogProps): ReactNode {
  const s = useWords("barriers-sync");
  const t = useWords("barriers");
  const common = useWords("common");
  const [reason, setReason] = useState("");
  const checks = useChecks<"reason">(reason.trim() === "" ? { reason: t("check.reason") } : {});
  const submit = () => {
    if (checks.pass() && !working) onConfirm(reason.trim());
  };
  return (
    <Dialog title={s(`${act}.title`)} onClose={onClose}>
      <Form onSubmit={submit}>
        <Stack gap="field">
          <p>{s(`${act}.text`)}</p>
          <ChangeList lines={pending.waiting} more={pending.more} />
          <TextField
            label={t("reason")}
            hint={t("reason.hint")}
            required
            maxLength={500}
            autoComplete="off"
            value={reason}
            onChange={setReason}
            onBlur={checks.leave("reason")}
            error={checks.errorOf("reason")}
          />
          {problem !== undefined && (
            <Note tone="danger" role="alert">
              {problem}
            </Note>
          )}
          <FormEnd>
            <Button data-focus onClick={onClose}>
              {common("cancel")}
            </Button>
            <Button type="submit" kind="primary" busy={working ? t("saving") : undefined}>
              {s(`${act}.confirm`)}
            </Button>
          </FormEnd>
        </Stack>
      </Form>
    </Dialog>
  );
}
