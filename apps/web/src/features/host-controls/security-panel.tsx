import { useState, type ReactNode } from "react";
import { may, useCommands, useRoom } from "../../api/live/meeting-context.ts";
import type { RoomState } from "../../api/live/meeting-state.ts";
import { useCommand } from "../../api/live/use-command.ts";
import { useWords } from "../../i18n/words.ts";
import { ProblemNote } from "../../meeting-shell/problem-note.tsx";
import { fixedKey } from "../../meeting-shell/rights.ts";
import { Button } from "../../ui/button.tsx";
import { Switch } from "../../ui/switch.tsx";
import { FixedBy } from "../../ui/fixed-by.tsx";
import { Name } from "../../ui/person-name.tsx";
import { HostMessage } from "./host-message.tsx";
import styles from "./host.module.css";
import { LinkClosed } from "./people-panel.tsx";
import { removable } from "./person-actions.ts";
import { RemoveDialog } from "./person-dialogs.tsx";
import { RightsBlock } from "./rights-block.tsx";
import { SuspendDialog } from "./suspend-dialog.tsx";
import { WaitingOffDialog } from "./waiting-off-dialog.tsx";

/** In this order always: lock, waiting room, rights, remove, stop everything. Every value stands in words. */
export function SecurityPanel(): ReactNode {
  const room = useRoom();
  const { meta } = room;
  return (
    <div className={styles["scroll"]}>
      {meta.lobby?.linkClosedToUnproved === true && <LinkClosed />}
      <LockBlock room={room} />
      <WaitingRoomBlock room={room} />
      {may(meta, "meeting.setHostMessage") && <HostMessage shown={meta.lobby?.hostMessage ?? ""} />}
      {may(meta, "meeting.setRights") && <RightsBlock meta={meta} />}
      <RemoveBlock room={room} />
      <SuspendBlock room={room} />
    </div>
  );
}

function LockBlock({ room: { meta } }: { room: RoomState }): ReactNode {
  const t = useWords("host-controls");
  const commands = useCommands();
  const { problem, run } = useCommand();
  if (!may(meta, "meeting.lock")) return null;
  const locked = meta.locked !== null;
  return (
    <section className={styles["block"]}>
      <div className={styles["line"]}>
        <h3>{t("lock")}</h3>
        <Switch
          label={t("lock")}
          on={locked}
          valueText={t(locked ? "lock.on" : "lock.off")}
          onChange={(on) => void run(() => commands.lock(on))}
        />
        <p className={`${styles["hint"]} ${styles["full"]}`}>{t("lock.hint")}</p>
      </div>
      <ProblemNote problem={problem} />
    </section>
  );
}

function WaitingRoomBlock({ room }: { room: RoomState }): ReactNode {
  const t = useWords("host-controls");
  const live = useWords("live");
  const commands = useCommands();
  const { problem, run } = useCommand();
  const [asking, setAsking] = useState(false);
  const { meta } = room;
  if (meta.lobby === null || !may(meta, "meeting.setWaitingRoom")) return null;
  const { on, fixedBy } = meta.lobby.waitingRoom;
  const fixed = fixedKey(fixedBy, meta.confidentiality);
  return (
    <section className={styles["block"]}>
      <div className={styles["line"]}>
        <h3>{t("waitingRoom")}</h3>
        {fixed !== null && fixed !== "fixed.meeting" ? (
          <>
            <span>{t(on ? "waitingRoom.on" : "waitingRoom.off")}</span>
            <span className={styles["full"]}>
              <FixedBy>{live(fixed)}</FixedBy>
            </span>
          </>
        ) : (
          <Switch
            label={t("waitingRoom")}
            on={on}
            valueText={t(on ? "waitingRoom.on" : "waitingRoom.off")}
            onChange={(next) => {
              if (next) void run(() => commands.setWaitingRoom({ on: true, waiting: "keep" }));
              else setAsking(true);
            }}
          />
        )}
      </div>
      <ProblemNote problem={problem} />
      {asking && <WaitingOffDialog room={room} onClose={() => setAsking(false)} />}
    </section>
  );
}

function RemoveBlock({ room }: { room: RoomState }): ReactNode {
  const t = useWords("host-controls");
  const [open, setOpen] = useState(false);
  const [who, setWho] = useState<string | null>(null);
  const people = removable(room.meta, room.people);
  const person = people.find((one) => one.id === who);
  if (!may(room.meta, "participant.remove")) return null;
  return (
    <section className={styles["block"]}>
      <Button
        kind="danger-quiet"
        aria-expanded={open}
        unavailable={people.length === 0}
        onClick={() => setOpen(!open)}
      >
        {t("removeSection")}
      </Button>
      {open && (
        <>
          <p className={styles["hint"]}>{t("remove.pick")}</p>
          <ul>
            {people.map((one) => (
              <li key={one.id} className={styles["line"]}>
                <span>
                  <Name>{one.displayName}</Name>
                </span>
                <Button
                  size="small"
                  kind="danger-quiet"
                  aria-label={`${t("action.remove")} ${one.displayName}`}
                  onClick={() => setWho(one.id)}
                >
                  {t("action.remove")}
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
      {person !== undefined && <RemoveDialog person={person} onClose={() => setWho(null)} />}
    </section>
  );
}

function SuspendBlock({ room: { meta } }: { room: RoomState }): ReactNode {
  const t = useWords("host-controls");
  const commands = useCommands();
  const { busy, problem, run } = useCommand();
  const [asking, setAsking] = useState(false);
  if (meta.suspended !== null) {
    return (
      <section className={styles["block"]}>
        <h3>{t("suspended")}</h3>
        {may(meta, "meeting.resume") && (
          <Button
            kind="primary"
            busy={busy ? t("resume") : undefined}
            onClick={() => void run(() => commands.resume())}
          >
            {t("resume")}
          </Button>
        )}
        <ProblemNote problem={problem} />
      </section>
    );
  }
  if (!may(meta, "meeting.suspend")) return null;
  return (
    <section className={styles["block"]}>
      <Button kind="danger-quiet" onClick={() => setAsking(true)}>
        {t("suspend")}
      </Button>
      {asking && <SuspendDialog onClose={() => setAsking(false)} />}
    </section>
  );
}
