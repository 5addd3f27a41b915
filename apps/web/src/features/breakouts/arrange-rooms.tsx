import Plus from "lucide-react/icons/plus";
import { useState, type ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { ProblemNote } from "../../meeting-shell/problem-note.tsx";
import { Button } from "../../ui/button.tsx";
import { Checkbox, Radios } from "../../ui/choice.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import styles from "./breakouts.module.css";
import { hasRoomForMore } from "./breakouts-model.ts";
import { MakeRooms } from "./make-rooms.tsx";
import { RoomColumns } from "./room-columns.tsx";
import type { RoomsDialogProps } from "./rooms-dialog.tsx";
import { TimerField } from "./timer-field.tsx";
import { useArranging, type How } from "./use-arranging.ts";

export function ArrangeRooms({ room, view, onClose }: RoomsDialogProps): ReactNode {
  const t = useWords("breakouts");
  const live = useWords("live");
  const [minutes, setMinutes] = useState("");
  const acts = useArranging(view, onClose);
  const { busy, problem } = acts;
  if (view.rooms.length === 0) return <MakeRooms onMake={acts.add} {...{ busy, problem, onClose }} />;
  return (
    <Dialog
      title={t("title")}
      onClose={onClose}
      size="wide"
      actions={
        <>
          <Button onClick={onClose}>{live("close")}</Button>
          <Button
            kind="primary"
            busy={acts.opening ? t("open") : undefined}
            onClick={() => void acts.open(minutes)}
          >
            {t("open")}
          </Button>
        </>
      }
    >
      <HowToDivide how={acts.how} onChange={acts.divide} />
      <RoomColumns
        people={room.people}
        selfId={room.meta.selfId}
        view={view}
        onPlace={acts.place}
        onRename={acts.rename}
        onRemove={acts.remove}
      />
      {hasRoomForMore(view) && (
        <Button size="small" icon={<Plus />} onClick={() => acts.add(1)}>
          {t("add")}
        </Button>
      )}
      <ProblemNote problem={problem} />
      <div className={styles["settings"]}>
        <TimerField label={t("timer")} value={minutes} onChange={setMinutes} />
        <Checkbox checked={view.mayReturn} hint={t("mayReturn.hint")} onChange={acts.setMayReturn}>
          {t("mayReturn")}
        </Checkbox>
      </div>
    </Dialog>
  );
}

function HowToDivide({ how, onChange }: { how: How; onChange: (how: How) => void }): ReactNode {
  const t = useWords("breakouts");
  return (
    <div className={styles["how"]}>
      <Radios
        label={t("how")}
        value={how}
        onChange={onChange}
        options={(["even", "hand", "choose"] as const).map((value) => ({
          value,
          label: t(`how.${value}`),
          hint: t(`how.${value}.hint`),
        }))}
      />
      {how === "even" && (
        <Button size="small" onClick={() => onChange("even")}>
          {t("again")}
        </Button>
      )}
    </div>
  );
}
