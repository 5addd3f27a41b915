import BellRing from "lucide-react/icons/bell-ring";
import type { BreakoutsView } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useBreakoutCommands } from "../../api/live/breakout-commands.ts";
import { roomName } from "../../api/live/own-room.ts";
import { useCommand } from "../../api/live/use-command.ts";
import { useWords } from "../../i18n/words.ts";
import { ProblemNote } from "../../meeting-shell/problem-note.tsx";
import { Button } from "../../ui/button.tsx";
import { cx } from "../../ui/cx.ts";
import { Name } from "../../ui/person-name.tsx";
import styles from "./breakouts.module.css";

type Call = NonNullable<BreakoutsView["hosts"]>["calls"][number];

export interface CallsProps {
  calls: readonly Call[];
  rooms: BreakoutsView["rooms"];
  /** So many are shown, oldest first. */
  most: number;
  onGone?: () => void;
}

/** Who asks for a host, with the way there. A call ends when a host comes, or says that it is done. */
export function Calls({ calls, rooms, most, onGone }: CallsProps): ReactNode {
  const t = useWords("breakouts");
  const commands = useBreakoutCommands();
  const { problem, run } = useCommand();
  return (
    <>
      {calls.slice(0, most).map(({ admissionId, displayName, breakoutId }) => (
        <div key={admissionId} className={cx(styles["line"], styles["warn"])}>
          <BellRing />
          <p className={styles["said"]}>
            {t.rich("calls", {
              name: <Name>{displayName}</Name>,
              room: roomName({ rooms }, breakoutId) ?? "",
            })}
          </p>
          <div className={styles["acts"]}>
            <Button
              size="small"
              onClick={() =>
                void run(() => commands.go(breakoutId)).then((done) => {
                  if (done) onGone?.();
                })
              }
            >
              {t("calls.go")}
            </Button>
            <Button size="small" onClick={() => void run(() => commands.endCall(admissionId))}>
              {t("calls.done")}
            </Button>
          </div>
        </div>
      ))}
      {calls.length > most && (
        <p className={styles["more"]}>{t("calls.more", { count: calls.length - most })}</p>
      )}
      <ProblemNote problem={problem} />
    </>
  );
}
