import type { PersonView } from "@sekisho/contract";
import { useState, type ReactNode } from "react";
import { useCommands } from "../../api/live/meeting-context.ts";
import { useCommand } from "../../api/live/use-command.ts";
import { useWords } from "../../i18n/words.ts";
import { PersonBadge } from "../../meeting-shell/person-badge.tsx";
import { ProblemNote } from "../../meeting-shell/problem-note.tsx";
import { Button } from "../../ui/button.tsx";
import { Checkbox } from "../../ui/choice.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Avatar, PersonName } from "../../ui/person-name.tsx";
import { TextField } from "../../ui/text-field.tsx";
import styles from "./host.module.css";

export interface PersonDialogProps {
  person: PersonView;
  onClose: () => void;
}

function Subject({ person }: { person: PersonView }): ReactNode {
  return (
    <div className={styles["subject"]}>
      <Avatar name={person.displayName} size={36} />
      <PersonName name={person.displayName} affiliation={person.affiliation} layout="stacked" />
      <PersonBadge person={person} full />
    </div>
  );
}

/** What is lost and what stays, the name in the title, and the focus on cancelling. */
export function RemoveDialog({ person, onClose }: PersonDialogProps): ReactNode {
  const t = useWords("host-controls");
  const live = useWords("live");
  const commands = useCommands();
  const { busy, problem, run } = useCommand();
  const [report, setReport] = useState(false);
  const remove = async () => {
    if (await run(() => commands.remove(person.id, report))) onClose();
  };
  return (
    <Dialog
      title={t("remove.title", { name: person.displayName })}
      onClose={onClose}
      actions={
        <>
          <Button data-focus onClick={onClose}>
            {live("cancel")}
          </Button>
          <Button kind="danger" busy={busy ? t("remove.do") : undefined} onClick={() => void remove()}>
            {t("remove.do")}
          </Button>
        </>
      }
    >
      <Subject person={person} />
      <p>{t("remove.text")}</p>
      <Checkbox checked={report} onChange={setReport}>
        {t("remove.report")}
      </Checkbox>
      <ProblemNote problem={problem} />
    </Dialog>
  );
}

export function CoHostDialog({ person, onClose }: PersonDialogProps): ReactNode {
  const t = useWords("host-controls");
  const live = useWords("live");
  const commands = useCommands();
  const { busy, problem, run } = useCommand();
  const appoint = async () => {
    if (await run(() => commands.appoint(person.id, "coHost"))) onClose();
  };
  return (
    <Dialog
      title={t("coHost.title", { name: person.displayName })}
      onClose={onClose}
      actions={
        <>
          <Button data-focus onClick={onClose}>
            {live("cancel")}
          </Button>
          <Button kind="primary" busy={busy ? t("coHost.do") : undefined} onClick={() => void appoint()}>
            {t("coHost.do")}
          </Button>
        </>
      }
    >
      <Subject person={person} />
      <p>{t("coHost.text")}</p>
      <ProblemNote problem={problem} />
    </Dialog>
  );
}

export function RenameDialog({ person, onClose }: PersonDialogProps): ReactNode {
  const t = useWords("host-controls");
  const live = useWords("live");
  const commands = useCommands();
  const { busy, problem, run } = useCommand();
  const [name, setName] = useState(person.displayName);
  const [affiliation, setAffiliation] = useState(person.affiliation);
  const rename = async () => {
    const body = { displayName: name.trim(), affiliation: affiliation.trim() };
    if (body.displayName !== "" && (await run(() => commands.rename(person.id, body)))) onClose();
  };
  return (
    <Dialog
      title={t("rename.title")}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{live("cancel")}</Button>
          <Button kind="primary" busy={busy ? t("rename.do") : undefined} onClick={() => void rename()}>
            {t("rename.do")}
          </Button>
        </>
      }
    >
      <TextField data-focus label={t("rename.name")} value={name} maxLength={64} onChange={setName} />
      <TextField
        label={t("rename.affiliation")}
        value={affiliation}
        maxLength={64}
        onChange={setAffiliation}
      />
      <ProblemNote problem={problem} />
    </Dialog>
  );
}
