import ChevronLeft from "lucide-react/icons/chevron-left";
import ChevronRight from "lucide-react/icons/chevron-right";
import Volume2 from "lucide-react/icons/volume-2";
import type { PersonView } from "@sekisho/contract";
import { useRef, type ReactNode } from "react";
import type { RoomState, ShownReaction } from "../../api/live/meeting-state.ts";
import { ownRoomId, peopleHere, roomName, roomsAreOpen } from "../../api/live/own-room.ts";
import { useWords } from "../../i18n/words.ts";
import { useKeysState } from "../../keys/keys-context.ts";
import { mediaOf, useMedia } from "../../media/media-context.ts";
import type { MediaState } from "../../media/media-state.ts";
import { Button } from "../../ui/button.tsx";
import { cx } from "../../ui/cx.ts";
import { Name } from "../../ui/person-name.tsx";
import { emojiOf } from "./reactions.ts";
import styles from "./stage.module.css";
import { columnsFor, type Stage as Model, type Tile } from "./stage-model.ts";
import { PersonTile, ScreenTile } from "./tile.tsx";
import { useSize } from "./use-size.ts";

export interface StageProps {
  room: RoomState;
  media: MediaState;
  model: Model;
  pinned: string | null;
  onPin: (identity: string | null) => void;
  onPage: (page: number) => void;
  reactions: readonly ShownReaction[];
}

export function Stage(props: StageProps): ReactNode {
  if (props.media.phase === "moving") return <Moving room={props.room} />;
  return <Pictures {...props} />;
}

/** Between two rooms nobody's picture stands: those of the room before are gone, those of the next not there (SEC-4). */
function Moving({ room }: { room: RoomState }): ReactNode {
  const t = useWords("room");
  const name = roomName(room.meta.breakouts, ownRoomId(room.meta));
  return (
    <div className={styles["moving"]} role="status">
      <p>{name === null ? t("moving.main") : t("moving.room", { name })}</p>
    </div>
  );
}

function Pictures(props: StageProps): ReactNode {
  const { room, media, model } = props;
  const area = useRef<HTMLDivElement>(null);
  const size = useSize(area);
  const find = (identity: string) => room.people.find((one) => one.sfuIdentity === identity);
  const draw = (tile: Tile) => {
    const person = find(tile.identity);
    return person === undefined ? null : (
      <AnyTile
        key={`${tile.kind}${tile.identity}`}
        {...props}
        tile={tile}
        person={person}
        compact={model.main !== null && tile !== model.main}
      />
    );
  };
  return (
    <div className={cx(styles["stage"], media.sharing && styles["sharing"])}>
      <div ref={area} className={cx(styles["area"], model.main !== null && styles["focus"])}>
        {model.main === null ? (
          <Grid tiles={model.tiles} size={size} draw={draw} />
        ) : (
          <>
            {draw(model.main)}
            {model.tiles.length > 0 && <div className={styles["strip"]}>{model.tiles.map(draw)}</div>}
          </>
        )}
      </div>
      {model.pages > 1 && <Pages model={model} onPage={props.onPage} />}
      <StageNote room={room} media={media} />
      <Reactions {...props} />
      {media.audioBlocked && media.phase === "connected" && <AudioBlocked />}
    </div>
  );
}

interface GridProps {
  tiles: readonly Tile[];
  size: { readonly width: number; readonly height: number };
  draw: (tile: Tile) => ReactNode;
}

/** Twice as many columns as tiles in a row, so that a short last row stands in the middle. */
function Grid({ tiles, size, draw }: GridProps): ReactNode {
  const columns = columnsFor(tiles.length, size.width, size.height);
  const inLast = tiles.length % columns;
  const indent = inLast === 0 ? 0 : columns - inLast;
  const first = tiles.length - inLast;
  return (
    <div
      className={styles["grid"]}
      style={{ gridTemplateColumns: `repeat(${columns * 2}, minmax(0, 1fr))`, blockSize: "100%" }}
    >
      {tiles.map((tile, at) => (
        <div
          key={`${tile.kind}${tile.identity}`}
          style={{ display: "grid", ...(at === first && indent > 0 ? { gridColumnStart: indent + 1 } : {}) }}
        >
          {draw(tile)}
        </div>
      ))}
    </div>
  );
}

function AnyTile({
  tile,
  person,
  room,
  media,
  pinned,
  onPin,
  compact,
}: StageProps & { tile: Tile; person: PersonView; compact: boolean }): ReactNode {
  const own = mediaOf(media, tile.identity);
  if (tile.kind === "screen")
    return own.screen === null ? null : <ScreenTile person={person} track={own.screen} />;
  const self = person.id === room.meta.selfId;
  const isPinned = pinned === tile.identity;
  return (
    <PersonTile
      person={person}
      media={own}
      self={self}
      pinned={isPinned}
      compact={compact}
      onPin={peopleHere(room).length > 1 ? () => onPin(isPinned ? null : tile.identity) : undefined}
      dim={self ? media.phase === "reconnecting" : false}
    />
  );
}

function Pages({ model, onPage }: { model: Model; onPage: (page: number) => void }): ReactNode {
  const t = useWords("room");
  return (
    <div className={styles["pages"]}>
      {model.page > 0 && (
        <Button size="small" icon={<ChevronLeft />} onClick={() => onPage(model.page - 1)}>
          {t("previousPage", { count: model.tiles.length })}
        </Button>
      )}
      <span>{t("pages", { page: model.page + 1, pages: model.pages })}</span>
      {model.next > 0 && (
        <Button size="small" icon={<ChevronRight />} onClick={() => onPage(model.page + 1)}>
          {t("nextPage", { count: model.next })}
        </Button>
      )}
    </div>
  );
}

/** Alone, or not there yet: one sentence over the own picture. */
function StageNote({ room, media }: { room: RoomState; media: MediaState }): ReactNode {
  const t = useWords("room");
  const keys = useKeysState();
  const others = peopleHere(room).some((one) => one.id !== room.meta.selfId && one.connected);
  const text = () => {
    // Nothing is sent or played before this device is in the group (ENC-2).
    if (keys?.phase === "preparing" || keys?.phase === "waiting") return t("keys.receiving");
    if (media.phase === "connecting") return t("connecting");
    if (others) return null;
    if (roomsAreOpen(room.meta)) return t("aloneHere");
    return room.lobby.length > 0 ? t("aloneWaiting", { count: room.lobby.length }) : t("alone");
  };
  const words = text();
  if (words === null) return null;
  return (
    <div className={styles["note"]} role="status">
      <p>{words}</p>
    </div>
  );
}

function Reactions({ reactions, room }: StageProps): ReactNode {
  const t = useWords("room");
  return (
    <div className={styles["reactions"]} role="log" aria-label={t("reactions")}>
      {reactions.slice(-5).map((one) => (
        <span key={one.key} className={styles["reaction"]}>
          <span className={styles["emoji"]} role="img" aria-label={t(`reaction.${one.reaction}`)}>
            {emojiOf(one.reaction)}
          </span>
          <Name>{room.people.find((person) => person.id === one.fromId)?.displayName ?? ""}</Name>
        </span>
      ))}
    </div>
  );
}

function AudioBlocked(): ReactNode {
  const t = useWords("room");
  const media = useMedia();
  return (
    <div className={styles["audio"]}>
      <Button kind="primary" size="large" icon={<Volume2 />} onClick={() => void media.startAudio()}>
        {t("startAudio")}
      </Button>
      <p>{t("startAudioNote")}</p>
    </div>
  );
}
