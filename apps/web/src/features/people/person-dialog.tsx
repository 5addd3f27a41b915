import type { AccountDuty as Duty } from "@sekisho/contract";
import { useState, type ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { Checkbox } from "../../ui/choice.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Note } from "../../ui/note.tsx";
import { RoleRadios, type Role } from "./role-radios.tsx";

interface Person {
  readonly id: string;
  readonly name: string;
}

export type Decision =
  | (Person & { readonly kind: "disable" | "enable" | "revoke" | "reset" | "link" })
  | (Person & { readonly kind: "role"; readonly role: Role })
  | (Person & { readonly kind: "duties"; readonly duties: readonly Duty[] });

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
  if (decision.kind === "role") return <RoleDialog {...props} role={decision.role} />;
  if (decision.kind === "duties") return <DutiesDialog {...props} duties={decision.duties} />;
  if (decision.kind === "enable") return null;
  return <StopDialog {...props} kind={decision.kind} />;
}

const DUTIES = ["compliance", "auditor"] as const satisfies readonly Duty[];

/** BAR-6: a duty is given besides the role, and is no exemption from the walls. */
function DutiesDialog(props: PersonDialogProps & { duties: readonly Duty[] }): ReactNode {
  const t = useWords("people");
  const [duties, setDuties] = useState(props.duties);
  const { decision } = props;
  return (
    <Dialog
      title={t("duties.title", { name: decision.name })}
      onClose={props.onClose}
      actions={
        <Actions
          {...props}
          label={t("duties.submit")}
          onDo={() => props.onConfirm({ kind: "duties", id: decision.id, name: decision.name, duties })}
        />
      }
    >
      <div>
        {DUTIES.map((duty) => (
          <Checkbox
            key={duty}
            checked={duties.includes(duty)}
            hint={t(`duty.${duty}.hint`)}
            onChange={(on) => setDuties(DUTIES.filter((one) => (one === duty ? on : duties.includes(one))))}
          >
            {t(`duty.${duty}`)}
          </Checkbox>
        ))}
      </div>
      {duties.some((duty) => !props.duties.includes(duty)) && <Note>{t("raise")}</Note>}
      <Problem text={props.problem} />
    </Dialog>
  );
}

const RANKS = { member: 0, admin: 1, owner: 2 } as const satisfies Record<Role, number>;

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
      {RANKS[role] > RANKS[props.role] && <Note>{t("raise")}</Note>}
      <Problem text={props.problem} />
    </Dialog>
  );
}

const stopLabels = {
  disable: "disable.submit",
  revoke: "revoke",
  reset: "reset.submit",
  link: "link.submit",
} as const;

function StopDialog(props: PersonDialogProps & { kind: keyof typeof stopLabels }): ReactNode {
  const t = useWords("people");
  const { kind, decision } = props;
  return (
    <Dialog
      title={t(`${kind}.title`, { name: decision.name })}
      onClose={props.onClose}
      actions={
        <Actions
          {...props}
          danger={kind !== "link"}
          label={t(stopLabels[kind])}
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
