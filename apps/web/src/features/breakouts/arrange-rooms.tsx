import Plus from "lucide-react/icons/plus";
import { useState, type ReactNode } from "react";
import { useBreakoutCommands, type Arrangement } from "../../api/live/breakout-commands.ts";
import { useCommand } from "../../api/live/use-command.ts";
import { useWords } from "../../i18n/words.ts";
import { ProblemNote } from "../../meeting-shell/problem-note.tsx";
import { Button } from "../../ui/button.tsx";
import { Checkbox, Radios } from "../../ui/choice.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import styles from "./breakouts.module.css";
import { hasRoomForMore, withMore } from "./breakouts-model.ts";
import { MakeRooms } from "./make-rooms.tsx";
import { RoomColumns } from "./room-columns.tsx";
import type { RoomsDialogProps } from "./rooms-dialog.tsx";
import { minutesOf, TimerField } from "./timer-field.tsx";

type How = "even" | "hand" | "choose";

/** Each change is kept by the server at once, so that two hosts work on the same rooms. */
export function ArrangeRooms({ room, view, onClose }: RoomsDialogProps): ReactNode {
  const t = useWords("breakouts");
  const live = useWords("live");
  const commands = useBreakoutCommands();
  const { busy, problem, run } = useCommand();
  const [by, setBy] = useState<"even" | "hand">("hand");
  const [minutes, setMinutes] = useState("");
  const how: How = view.choose ? "choose" : by;
  const arrange = (change: Partial<Arrangement>) =>
    commands.arrange({ rooms: view.rooms, choose: view.choose, mayReturn: view.mayReturn, ...change });
  const divide = async (next: How) => {
    if (next !== "choose") setBy(next);
    await run(async () => {
      if ((next === "choose") !== view.choose) await arrange({ choose: next === "choose" });
      if (next === "even") await commands.distribute();
    });
  };
  const open = async () => {
    if (await run(() => commands.open(minutesOf(minutes)))) onClose();
  };
  const say = (number: number) => t("roomNumber", { number });
  if (view.rooms.length === 0)
    return (
      <MakeRooms
        onMake={(count) => run(() => arrange({ rooms: withMore([], count, say) }))}
        {...{ busy, problem, onClose }}
      />
    );
  return (
    <Dialog
      title={t("title")}
      onClose={onClose}
      size="wide"
      actions={
        <>
          <Button onClick={onClose}>{live("close")}</Button>
          <Button kind="primary" busy={busy ? t("open") : undefined} onClick={() => void open()}>
            {t("open")}
          </Button>
        </>
      }
    >
      <div className={styles["how"]}>
        <Radios
          label={t("how")}
          value={how}
          onChange={(next) => void divide(next)}
          options={(["even", "hand", "choose"] as const).map((value) => ({
            value,
            label: t(`how.${value}`),
            hint: t(`how.${value}.hint`),
          }))}
        />
        {how === "even" && (
          <Button size="small" onClick={() => void divide("even")}>
            {t("again")}
          </Button>
        )}
      </div>
      <RoomColumns
        people={room.people}
        selfId={room.meta.selfId}
        view={view}
        onPlace={(admissionId, breakoutId) => {
          setBy("hand");
          void run(() => commands.assign([{ admissionId, breakoutId }]));
        }}
        onRename={(id, name) =>
          run(() => arrange({ rooms: view.rooms.map((one) => (one.id === id ? { id, name } : one)) }))
        }
        onRemove={(id) => void run(() => arrange({ rooms: view.rooms.filter((one) => one.id !== id) }))}
      />
      {hasRoomForMore(view) && (
        <Button
          size="small"
          icon={<Plus />}
          onClick={() => void run(() => arrange({ rooms: withMore(view.rooms, 1, say) }))}
        >
          {t("add")}
        </Button>
      )}
      <ProblemNote problem={problem} />
      <div className={styles["settings"]}>
        <TimerField label={t("timer")} value={minutes} onChange={setMinutes} />
        <Checkbox
          checked={view.mayReturn}
          hint={t("mayReturn.hint")}
          onChange={(mayReturn) => void run(() => arrange({ mayReturn }))}
        >
          {t("mayReturn")}
        </Checkbox>
      </div>
    </Dialog>
  );
}
