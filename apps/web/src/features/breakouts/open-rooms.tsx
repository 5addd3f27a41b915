import Megaphone from "lucide-react/icons/megaphone";
import { useState, type ReactNode } from "react";
import { useBreakoutCommands } from "../../api/live/breakout-commands.ts";
import { may } from "../../api/live/meeting-context.ts";
import { useWords } from "../../i18n/words.ts";
import { ProblemNote } from "../../meeting-shell/problem-note.tsx";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import styles from "./breakouts.module.css";
import { Calls } from "./calls.tsx";
import { NoticeDialog } from "./notice-dialog.tsx";
import { RoomColumns } from "./room-columns.tsx";
import type { RoomsDialogProps } from "./rooms-dialog.tsx";
import { TimeLeft } from "./time-left.tsx";
import { minutesOf, TimerField } from "./timer-field.tsx";
import { useQueue } from "./use-queue.ts";

/** While rooms are open: who is where, who calls, how long still, and everybody back. */
export function OpenRooms({ room, view, clockAhead, onClose }: RoomsDialogProps): ReactNode {
  const t = useWords("breakouts");
  const live = useWords("live");
  const commands = useBreakoutCommands();
  const { problem, run } = useQueue();
  const [notice, setNotice] = useState(false);
  const closing = view.phase === "closing";
  const thenClose = (command: () => Promise<unknown>) =>
    void run(command).then((done) => {
      if (done) onClose();
    });
  return (
    <Dialog
      title={t("title")}
      onClose={onClose}
      size="wide"
      actions={
        <>
          <Button onClick={onClose}>{live("close")}</Button>
          <Button onClick={() => thenClose(() => commands.close(true))}>{t("backAtOnce")}</Button>
          {closing ? (
            <Button kind="primary" onClick={() => thenClose(() => commands.setTimer(null))}>
              {t("act.keepOpen")}
            </Button>
          ) : (
            <Button kind="primary" onClick={() => thenClose(() => commands.close(false))}>
              {t("act.bringBack")}
            </Button>
          )}
        </>
      }
    >
      <div className={styles["calls"]}>
        <Calls calls={view.hosts?.calls ?? []} rooms={view.rooms} most={50} onGone={onClose} />
      </div>
      <div className={styles["settings"]}>
        <p className={styles["clock"]}>
          {view.closesAt === null ? (
            t("timer.off")
          ) : (
            <TimeLeft until={view.closesAt} clockAhead={clockAhead} />
          )}
        </p>
        <TimerField
          label={t("timer.change")}
          value="keep"
          unchanged={t("timer.keep")}
          onChange={(value) => value !== "keep" && void run(() => commands.setTimer(minutesOf(value)))}
        />
        {may(room.meta, "breakout.broadcast") && (
          <Button icon={<Megaphone />} onClick={() => setNotice(true)}>
            {t("act.notice")}
          </Button>
        )}
      </div>
      <RoomColumns
        people={room.people}
        selfId={room.meta.selfId}
        view={view}
        onPlace={(admissionId, breakoutId) => void run(() => commands.assign([{ admissionId, breakoutId }]))}
        onVisit={(id) => thenClose(() => commands.go(id))}
      />
      <ProblemNote problem={problem} />
      {notice && <NoticeDialog onClose={() => setNotice(false)} />}
    </Dialog>
  );
}
