import EllipsisVertical from "lucide-react/icons/ellipsis-vertical";
import Hand from "lucide-react/icons/hand";
import Mic from "lucide-react/icons/mic";
import MicOff from "lucide-react/icons/mic-off";
import type { PersonView } from "@sekisho/contract";
import { useState, type ReactNode } from "react";
import { useCommands } from "../../api/live/meeting-context.ts";
import type { RoomState } from "../../api/live/meeting-state.ts";
import { ownRoomId, roomName, roomsAreOpen } from "../../api/live/own-room.ts";
import { useCommand } from "../../api/live/use-command.ts";
import { useWords } from "../../i18n/words.ts";
import { mediaOf } from "../../media/media-context.ts";
import type { MediaState } from "../../media/media-state.ts";
import { PersonBadge } from "../../meeting-shell/person-badge.tsx";
import { ProblemNote } from "../../meeting-shell/problem-note.tsx";
import { IconButton } from "../../ui/button.tsx";
import { Menu, type MenuItem } from "../../ui/menu.tsx";
import { Badge } from "../../ui/note.tsx";
import { Avatar, Name } from "../../ui/person-name.tsx";
import { toast } from "../../ui/toast.tsx";
import styles from "./host.module.css";
import { personActions, type PersonAction } from "./person-actions.ts";
import { CoHostDialog, RemoveDialog, RenameDialog } from "./person-dialogs.tsx";

export interface PersonRowProps {
  room: RoomState;
  media: MediaState;
  person: PersonView;
}

export function PersonRow({ room, media, person }: PersonRowProps): ReactNode {
  const t = useWords("host-controls");
  const live = useWords("live");
  const { problem, run } = useCommand();
  const [dialog, setDialog] = useState<"remove" | "coHost" | "rename" | null>(null);
  const commands = useCommands();
  const own = mediaOf(media, person.sfuIdentity);
  const self = person.id === room.meta.selfId;
  // Only hosts are told of people in other rooms (SEC-4); what those send is not heard here.
  const elsewhere = person.breakoutId !== ownRoomId(room.meta);
  const main = roomsAreOpen(room.meta) && elsewhere ? t("inMain") : null;
  const where = roomName(room.meta.breakouts, person.breakoutId) ?? main;
  const items = personActions(room.meta, person, own).map((action): MenuItem => ({
    id: action,
    label: t(`action.${action}`),
    danger: action === "remove",
    onSelect: () => act(action),
  }));

  function act(action: PersonAction) {
    if (action === "remove" || action === "coHost" || action === "rename") return setDialog(action);
    void run(() => commandOf(action, person.id, commands)).then((done) => {
      if (done && action === "askToUnmute") toast(t("done.asked"));
      if (done && action === "report") toast(t("done.reported"));
    });
  }

  const close = () => setDialog(null);
  return (
    <li>
      <div className={styles["person"]}>
        <Avatar name={person.displayName} size={36} />
        <Who person={person} self={self} where={where} />
        <span>{person.connected ? <PersonBadge person={person} /> : <Badge>{live("away")}</Badge>}</span>
        <MicrophoneMark on={elsewhere ? null : own.microphone} raised={person.handRaisedAt !== null} />
        {items.length > 0 ? (
          <Menu
            label={t("menuOf", { name: person.displayName })}
            items={items}
            trigger={(trigger) => (
              <IconButton label={t("menuOf", { name: person.displayName })} {...trigger}>
                <EllipsisVertical />
              </IconButton>
            )}
          />
        ) : (
          <span style={{ inlineSize: 44 }} />
        )}
      </div>
      <ProblemNote problem={problem} />
      {dialog === "remove" && <RemoveDialog person={person} onClose={close} />}
      {dialog === "coHost" && <CoHostDialog person={person} onClose={close} />}
      {dialog === "rename" && <RenameDialog person={person} onClose={close} />}
    </li>
  );
}

function Who({
  person,
  self,
  where,
}: {
  person: PersonView;
  self: boolean;
  where: string | null;
}): ReactNode {
  const live = useWords("live");
  const parts = [where ?? "", person.affiliation, self ? live("you") : ""];
  const sub = parts.filter((part) => part !== "").join("・");
  return (
    <div className={styles["who"]}>
      <span className={styles["name"]}>
        <Name>{person.displayName}</Name>
      </span>
      {sub !== "" && (
        <span className={styles["sub"]} title={sub}>
          {sub}
        </span>
      )}
      {person.similarName && <span className={styles["warning"]}>{live("similar")}</span>}
    </div>
  );
}

/** null: not known, since this person is in another room. */
function MicrophoneMark({ on, raised }: { on: boolean | null; raised: boolean }): ReactNode {
  const room = useWords("room");
  if (raised)
    return (
      <Hand className={styles["hand"]} role="img" aria-hidden={false} aria-label={room("hand.raised")} />
    );
  if (on === null) return <span />;
  if (on) return <Mic role="img" aria-hidden={false} aria-label={room("micOn")} />;
  return <MicOff data-off role="img" aria-hidden={false} aria-label={room("micOff")} />;
}

type Direct = Exclude<PersonAction, "remove" | "coHost" | "rename">;

function commandOf(action: Direct, id: string, commands: ReturnType<typeof useCommands>): Promise<unknown> {
  switch (action) {
    case "lowerHand":
      return commands.lowerHand(id);
    case "mute":
      return commands.mute({ people: [id], source: "microphone" });
    case "stopCamera":
      return commands.mute({ people: [id], source: "camera" });
    case "stopShare":
      return commands.mute({ people: [id], source: "screenShare" });
    case "askToUnmute":
      return commands.askToUnmute(id);
    case "notCoHost":
      return commands.appoint(id, "participant");
    case "sendBack":
      return commands.sendBack(id);
    case "report":
      return commands.report(id);
  }
}
