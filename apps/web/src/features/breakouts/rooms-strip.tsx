import DoorOpen from "lucide-react/icons/door-open";
import Megaphone from "lucide-react/icons/megaphone";
import type { RoomMeta } from "@sekisho/contract";
import { useState, type ReactNode } from "react";
import { useBreakoutCommands, type BreakoutCommands } from "../../api/live/breakout-commands.ts";
import { useMeetingState } from "../../api/live/meeting-context.ts";
import { useCommand } from "../../api/live/use-command.ts";
import { useWords } from "../../i18n/words.ts";
import { ProblemNote } from "../../meeting-shell/problem-note.tsx";
import { Button } from "../../ui/button.tsx";
import { cx } from "../../ui/cx.ts";
import { Name } from "../../ui/person-name.tsx";
import styles from "./breakouts.module.css";
import { noticeOf } from "./breakouts-model.ts";
import { Calls } from "./calls.tsx";
import { stripOf, type Strip, type StripAct } from "./strip-model.ts";
import { TimeLeft } from "./time-left.tsx";

export interface RoomsStripProps {
  meta: RoomMeta;
  onManage: () => void;
  onChoose: () => void;
  onNotice: () => void;
}

export function RoomsStrip({ meta, onManage, onChoose, onNotice }: RoomsStripProps): ReactNode {
  const t = useWords("breakouts");
  const commands = useBreakoutCommands();
  const { problem, run } = useCommand();
  const strip = stripOf(meta);
  if (strip === null) return null;
  const act = (which: StripAct) => {
    if (which === "manage") onManage();
    else if (which === "choose") onChoose();
    else if (which === "notice") onNotice();
    else void run(() => commandOf(which, meta, commands));
  };
  return (
    <section className={styles["strip"]} aria-label={t("title")}>
      <div className={cx(styles["line"], styles[strip.tone])}>
        <DoorOpen />
        <p className={styles["said"]}>
          <Sentence strip={strip} />
          {strip.called && <span className={styles["calling"]}>{t("called")}</span>}
        </p>
        <div className={styles["acts"]}>
          {strip.acts.map((which) => (
            <Button key={which} size="small" data-act={which} onClick={() => act(which)}>
              {which === "join" ? t("act.join", { room: strip.assigned ?? "" }) : t(`act.${which}`)}
            </Button>
          ))}
        </div>
      </div>
      <ProblemNote problem={problem} />
      <Calls calls={meta.breakouts?.hosts?.calls ?? []} rooms={meta.breakouts?.rooms ?? []} most={1} />
      <Notice selfId={meta.selfId} />
    </section>
  );
}

type Direct = Exclude<StripAct, "manage" | "choose" | "notice">;

function commandOf(act: Direct, meta: RoomMeta, commands: BreakoutCommands): Promise<unknown> {
  switch (act) {
    case "call":
      return commands.callHost();
    case "uncall":
      return commands.endCall(meta.selfId);
    case "join":
      return commands.go(meta.breakouts?.assignedId ?? null);
    case "return":
      return commands.go(null);
    case "bringBack":
      return commands.close(false);
    case "keepOpen":
      return commands.setTimer(null);
  }
}

function Sentence({ strip }: { strip: Strip }): ReactNode {
  const t = useWords("breakouts");
  const { clockAhead } = useMeetingState();
  const room = strip.room === null ? "" : <Name>{strip.room}</Name>;
  const what = t.rich(strip.key, { room });
  if (strip.until === null) return what;
  const time = <TimeLeft until={strip.until} clockAhead={clockAhead} />;
  return t.rich(strip.closing ? "strip.closing" : "strip.timed", { what, time });
}

/** What a host says to all rooms stands until it is put away; it is in the chat as well. */
function Notice({ selfId }: { selfId: string }): ReactNode {
  const t = useWords("breakouts");
  const { chat, clockAhead } = useMeetingState();
  const [since] = useState(() => Date.now() + clockAhead - JUST_BEFORE_MS);
  const [seen, setSeen] = useState<string | null>(null);
  const notice = noticeOf(chat, selfId, { since, seen });
  if (notice === null) return null;
  return (
    <div className={cx(styles["line"], styles["info"])}>
      <Megaphone />
      <p className={cx(styles["said"], styles["notice"])}>
        {t.rich("notice.from", { name: <Name>{notice.fromName}</Name>, text: notice.text })}
      </p>
      <div className={styles["acts"]}>
        <Button size="small" onClick={() => setSeen(notice.id)}>
          {t("notice.close")}
        </Button>
      </div>
    </div>
  );
}

/** A message that came while the line was being fetched is news still. */
const JUST_BEFORE_MS = 10_000;
