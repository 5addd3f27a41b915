import { useState, type ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Note } from "../../ui/note.tsx";
import { RoleRadios, type Role } from "./role-radios.tsx";

interface Person {
  readonly id: string;
  readonly name: string;
}

export type Decision =
  | (Person & { readonly kind: "disable" | "enable" | "revoke" })
  | (Person & { readonly kind: "role"; readonly role: Role });

export interface PersonDialogProps {
  decision: Decision;
  canMakeOwner: boolean;
  working: boolean;
  problem: string | undefined;
  onConfirm: (decision: Decision) => void;
  onClose: () => void;
}

export function PersonDialog(props: PersonDialogProps): ReactNode {
  const { decision } = props;
  return decision.kind === "role" ? (
    <RoleDialog {...props} role={decision.role} />
  ) : (
    <StopDialog {...props} kind={decision.kind === "revoke" ? "revoke" : "disable"} />
  );
}

function RoleDialog(props: PersonDialogProps & { role: Role }): ReactNode {
  const t = useWords("people");
  const [role, setRole] = useState(props.role);
  const { decision } = props;
  return (
    <Dialog
      title={t("role.title", { name: decision.name })}
      onClose={props.onClose}
      actions={
        <Actions
          {...props}
          label={t("role.submit")}
          onDo={() => props.onConfirm({ kind: "role", id: decision.id, name: decision.name, role })}
        />
      }
    >
      <RoleRadios value={role} onChange={setRole} canMakeOwner={props.canMakeOwner} />
      <Problem text={props.problem} />
    </Dialog>
  );
}

function StopDialog(props: PersonDialogProps & { kind: "disable" | "revoke" }): ReactNode {
  const t = useWords("people");
  const { kind, decision } = props;
  return (
    <Dialog
      title={t(`${kind}.title`, { name: decision.name })}
      onClose={props.onClose}
      actions={
        <Actions
          {...props}
          danger
          label={kind === "revoke" ? t("revoke") : t("disable.submit")}
          onDo={() => props.onConfirm(decision)}
        />
      }
    >
      <p>{t(`${kind}.text`)}</p>
      <Problem text={props.problem} />
    </Dialog>
  );
}

function Problem({ text }: { text: string | undefined }): ReactNode {
  if (text === undefined) return null;
  return (
    <Note tone="danger" role="alert">
      {text}
    </Note>
  );
}

interface ActionsProps {
  label: string;
  danger?: boolean;
  working: boolean;
  onDo: () => void;
  onClose: () => void;
}

function Actions({ label, danger, working, onDo, onClose }: ActionsProps): ReactNode {
  const common = useWords("common");
  return (
    <>
      <Button data-focus onClick={onClose}>
        {common("cancel")}
      </Button>
      <Button
        kind={danger === true ? "danger" : "primary"}
        busy={working ? common("saving") : undefined}
        onClick={onDo}
      >
        {label}
      </Button>
    </>
  );
}
