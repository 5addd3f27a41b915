import { useState, type ReactNode } from "react";
import { useCommands } from "../../api/live/meeting-context.ts";
import type { RoomState } from "../../api/live/meeting-state.ts";
import { useCommand } from "../../api/live/use-command.ts";
import { useWords } from "../../i18n/words.ts";
import { ProblemNote } from "../../meeting-shell/problem-note.tsx";
import { Button } from "../../ui/button.tsx";
import { Radios } from "../../ui/choice.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { useUiLocale } from "../../ui/locale.ts";
import { needsOwnLook } from "./card-model.ts";

type Waiting = "keep" | "admit" | "deny";

/** ADM-12: with people in it, what becomes of them is asked, and keeping them is the default. */
export function WaitingOffDialog({ room, onClose }: { room: RoomState; onClose: () => void }): ReactNode {
  const t = useWords("host-controls");
  const live = useWords("live");
  const { lang } = useUiLocale();
  const commands = useCommands();
  const { busy, problem, run } = useCommand();
  const [waiting, setWaiting] = useState<Waiting>("keep");
  const count = room.lobby.length;
  const names = room.lobby.map((row) => row.displayName).join(lang === "ja" ? "、" : ", ");
  const mayAdmit =
    room.meta.lobby?.admitAll === true &&
    !room.lobby.some((row) => row.methodNeeded || needsOwnLook(row, room.meta));
  const turnOff = async () => {
    const body = { on: false, waiting: count === 0 ? "keep" : waiting } as const;
    if (await run(() => commands.setWaitingRoom(body))) onClose();
  };
  return (
    <Dialog
      title={count === 0 ? t("off.empty") : t("off.title", { count })}
      onClose={onClose}
      actions={
        <>
          <Button data-focus onClick={onClose}>
            {live("cancel")}
          </Button>
          <Button kind="primary" busy={busy ? t("off.do") : undefined} onClick={() => void turnOff()}>
            {t("off.do")}
          </Button>
        </>
      }
    >
      {count === 0 ? (
        <p>{t("off.emptyText")}</p>
      ) : (
        <Radios<Waiting>
          cards
          label={t("off.title", { count })}
          value={waiting}
          onChange={setWaiting}
          options={[
            { value: "keep", label: t("off.keep"), hint: t("off.keepHint") },
            ...(mayAdmit ? [{ value: "admit" as const, label: t("off.admit", { count }), hint: names }] : []),
            { value: "deny", label: t("off.deny", { count }), hint: t("off.denyHint") },
          ]}
        />
      )}
      <ProblemNote problem={problem} />
    </Dialog>
  );
}
