import type { LobbyRowView } from "@sekisho/contract";
import { useState, type ReactNode } from "react";
import type { RoomState } from "../../api/live/meeting-state.ts";
import { useCommands } from "../../api/live/meeting-context.ts";
import { useCommand } from "../../api/live/use-command.ts";
import { useWords } from "../../i18n/words.ts";
import { ProblemNote } from "../../meeting-shell/problem-note.tsx";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Note } from "../../ui/note.tsx";
import { PersonName } from "../../ui/person-name.tsx";
import { byMatch, needsOf } from "./card-model.ts";
import styles from "./host.module.css";
import { StandIn } from "./stand-in.tsx";

export interface RowsDialogProps {
  rows: readonly LobbyRowView[];
  onClose: () => void;
  onDone: () => void;
}

const seen = (rows: readonly LobbyRowView[]) =>
  rows.map((row) => ({ admissionId: row.id, revision: row.revision }));

/** Several at once: every full name is read before the button, which says how many. */
export function SeveralDialog(props: RowsDialogProps & { room: RoomState }): ReactNode {
  const { room, rows, onClose, onDone } = props;
  const t = useWords("host-controls");
  const live = useWords("live");
  const commands = useCommands();
  const { busy, problem, run } = useCommand();
  const count = rows.length;
  const [skipped, setSkipped] = useState(0);
  const [reason, setReason] = useState("");
  const match = rows.filter((row) => byMatch(row, room.meta));
  const needsReason = match.some((row) => needsOf(row, room.meta).reason);
  const blocked = needsReason && reason.trim() === "";
  const admit = async () => {
    const body = {
      rows: seen(rows),
      method: match.length > 0 ? ("registrationMatch" as const) : null,
      standInReason: needsReason ? reason.trim() : null,
    };
    let left = 0;
    const done = await run(async () => {
      left = (await commands.admit(body)).skipped.length;
    });
    // Whoever changed or was decided by somebody else meanwhile was not admitted, and that is said.
    if (done && left > 0) setSkipped(left);
    else if (done) onDone();
  };
  return (
    <Dialog
      title={t("several.title", { count })}
      onClose={onClose}
      actions={
        <>
          <Button data-focus onClick={onClose}>
            {live("cancel")}
          </Button>
          <Button
            kind="primary"
            unavailable={blocked}
            busy={busy ? t("admitting") : undefined}
            onClick={() => void admit()}
          >
            {t("several.admit", { count })}
          </Button>
        </>
      }
    >
      <Names rows={rows} />
      {match.length > 0 && <p>{t("several.match")}</p>}
      {needsReason && <StandIn room={room} reason={reason} onChange={setReason} />}
      {skipped > 0 && (
        <Note tone="warn" role="alert">
          {t("several.skipped", { count: skipped })}
        </Note>
      )}
      <ProblemNote problem={problem} />
    </Dialog>
  );
}

export function DenyAllDialog({ rows, onClose, onDone }: RowsDialogProps): ReactNode {
  const t = useWords("host-controls");
  const live = useWords("live");
  const commands = useCommands();
  const { busy, problem, run } = useCommand();
  const deny = async () => {
    if (await run(() => commands.deny(seen(rows)))) onDone();
  };
  return (
    <Dialog
      title={t("denyAll.title", { count: rows.length })}
      onClose={onClose}
      actions={
        <>
          <Button data-focus onClick={onClose}>
            {live("cancel")}
          </Button>
          <Button kind="danger" busy={busy ? t("deny.do") : undefined} onClick={() => void deny()}>
            {t("deny.do")}
          </Button>
        </>
      }
    >
      <Names rows={rows} />
      <p>{t("denyAll.text")}</p>
      <ProblemNote problem={problem} />
    </Dialog>
  );
}

function Names({ rows }: { rows: readonly LobbyRowView[] }): ReactNode {
  return (
    <ul className={styles["names"]}>
      {rows.map((row) => (
        <li key={row.id}>
          <PersonName name={row.displayName} affiliation={row.affiliation} />
        </li>
      ))}
    </ul>
  );
}
