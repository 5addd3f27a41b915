import type { ReactNode } from "react";
import { may, useCommands, useRoom } from "../../api/live/meeting-context.ts";
import { useCommand } from "../../api/live/use-command.ts";
import { useWords } from "../../i18n/words.ts";
import { useMediaState } from "../../media/media-context.ts";
import { ProblemNote } from "../../meeting-shell/problem-note.tsx";
import { Button } from "../../ui/button.tsx";
import { Note } from "../../ui/note.tsx";
import { Bans } from "./bans.tsx";
import styles from "./host.module.css";
import { PersonRow } from "./person-row.tsx";
import { WaitingBox } from "./waiting-box.tsx";

export interface PeoplePanelProps {
  checking: string | null;
  onCheck: (id: string) => void;
}

/** Fixed order: closed link, waiting room, who is here, who was removed. */
export function PeoplePanel({ checking, onCheck }: PeoplePanelProps): ReactNode {
  const t = useWords("host-controls");
  const room = useRoom();
  const media = useMediaState();
  const commands = useCommands();
  const { problem, run } = useCommand();
  const { meta } = room;
  const others = room.people.length > 1;
  return (
    <div className={styles["scroll"]}>
      {meta.lobby?.linkClosedToUnproved === true && <LinkClosed />}
      {meta.lobby !== null && (meta.lobby.waitingRoom.on || room.lobby.length > 0) && (
        <WaitingBox room={room} checking={checking} onCheck={onCheck} />
      )}
      <section className={styles["section"]}>
        <header className={styles["section-head"]}>
          <h2>{t("participants")}</h2>
          <span>{room.people.length}</span>
          {others && may(meta, "participant.mute") && (
            <Button
              kind="quiet"
              size="small"
              onClick={() => void run(() => commands.mute({ people: "others", source: "microphone" }))}
            >
              {t("muteOthers")}
            </Button>
          )}
        </header>
        {problem !== "nothing_to_do" && <ProblemNote problem={problem} />}
        <ul>
          {room.people.map((person) => (
            <PersonRow key={person.id} room={room} media={media} person={person} />
          ))}
        </ul>
      </section>
      <Bans bans={room.bans} mayLift={may(meta, "ban.lift")} />
    </div>
  );
}

/** ADM-8: the shared link takes no new requests from people nobody knows, and here is why and how to go on. */
export function LinkClosed(): ReactNode {
  const t = useWords("host-controls");
  const room = useRoom();
  const commands = useCommands();
  const { busy, problem, run } = useCommand();
  return (
    <Note
      tone="warn"
      title={t("linkClosed")}
      actions={
        may(room.meta, "link.reopen") && (
          <Button
            size="small"
            busy={busy ? t("linkClosed.reopen") : undefined}
            onClick={() => void run(() => commands.reopenLink())}
          >
            {t("linkClosed.reopen")}
          </Button>
        )
      }
    >
      <p>{t("linkClosed.text")}</p>
      <ProblemNote problem={problem} />
    </Note>
  );
}
