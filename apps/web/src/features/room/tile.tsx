import AudioLines from "lucide-react/icons/audio-lines";
import BadgeCheck from "lucide-react/icons/badge-check";
import CircleQuestionMark from "lucide-react/icons/circle-question-mark";
import CircleExclamationPoint from "lucide-react/icons/circle-exclamation-point";
import Hand from "lucide-react/icons/hand";
import Mic from "lucide-react/icons/mic";
import MicOff from "lucide-react/icons/mic-off";
import Pin from "lucide-react/icons/pin";
import PinOff from "lucide-react/icons/pin-off";
import SignalLow from "lucide-react/icons/signal-low";
import type { PersonView } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useLanguage, useWords } from "../../i18n/words.ts";
import { useKeysState } from "../../keys/keys-context.ts";
import type { PersonMedia } from "../../media/media-state.ts";
import { Avatar, fullName, Name, PersonName } from "../../ui/person-name.tsx";
import styles from "./tile.module.css";
import { Video } from "../../media/video.tsx";

export interface PersonTileProps {
  person: PersonView;
  media: PersonMedia;
  self: boolean;
  pinned: boolean;
  onPin: (() => void) | undefined;
  /** Beside a large picture there is room for the name alone. */
  compact: boolean;
  /** The connection of this page is away: what is shown is old. */
  dim: boolean;
}

/** Names, roles and badges are the server's; only picture and loudness come from the media library. */
export function PersonTile(props: PersonTileProps): ReactNode {
  const { person, media, self, pinned, onPin, dim, compact } = props;
  const lang = useLanguage();
  const name = fullName(lang, person.displayName, person.affiliation);
  return (
    <article
      className={styles["tile"]}
      aria-label={name}
      data-speaking={media.speaking || undefined}
      data-dim={dim || undefined}
    >
      {media.camera === null ? (
        <div className={styles["face"]}>
          <Avatar name={person.displayName} />
        </div>
      ) : (
        <Video
          identity={person.sfuIdentity}
          source="camera"
          track={media.camera}
          mirrored={self}
          label={name}
          className={styles["video"]}
        />
      )}
      <span className={styles["ring"]} />
      <Flags person={person} media={media} self={self} />
      <Tag person={person} media={media} self={self} compact={compact} />
      {onPin !== undefined && <PinButton name={person.displayName} pinned={pinned} onPin={onPin} />}
    </article>
  );
}

function Tag({
  person,
  media,
  self,
  compact,
}: Pick<PersonTileProps, "person" | "media" | "self" | "compact">): ReactNode {
  const live = useWords("live");
  return (
    <div className={styles["tag"]}>
      <Microphone media={media} />
      <span className={styles["name"]}>
        {compact ? (
          <Name>{person.displayName}</Name>
        ) : (
          <PersonName name={person.displayName} affiliation={person.affiliation} fit="short" />
        )}
      </span>
      {self && <span className={styles["you"]}>{live("you")}</span>}
      {person.badge === "verified" && (
        <span className={styles["badge"]} data-tone="ok">
          <BadgeCheck />
          <span>{live("verified")}</span>
        </span>
      )}
      {person.badge === "unverified" && (
        <span className={styles["badge"]} data-tone="warn">
          <CircleQuestionMark />
          <span>{live("notVerified")}</span>
        </span>
      )}
    </div>
  );
}

export function Microphone({ media }: { media: PersonMedia }): ReactNode {
  const t = useWords("room");
  if (media.speaking) return <AudioLines role="img" aria-label={t("speaking")} aria-hidden={false} />;
  if (media.microphone) return <Mic role="img" aria-label={t("micOn")} aria-hidden={false} />;
  return <MicOff data-off role="img" aria-label={t("micOff")} aria-hidden={false} />;
}

function Flags({ person, media, self }: Pick<PersonTileProps, "person" | "media" | "self">): ReactNode {
  const t = useWords("room");
  const keys = useKeysState();
  const changed = keys?.holders.some(({ id, trust }) => id === person.id && trust === "changed") === true;
  return (
    <div className={styles["flags"]}>
      {changed && !self && (
        <span className={styles["flag"]} data-always>
          <CircleExclamationPoint />
          <span>{t("keys.changed")}</span>
        </span>
      )}
      {person.handRaisedAt !== null && (
        <span className={styles["flag"]}>
          <Hand />
          <span>{t("hand.raised")}</span>
        </span>
      )}
      {media.quality !== "good" && (
        <span className={styles["flag"]}>
          <SignalLow />
          <span>{t("poor")}</span>
        </span>
      )}
    </div>
  );
}

interface PinProps {
  name: string;
  pinned: boolean;
  onPin: () => void;
}

function PinButton({ name, pinned, onPin }: PinProps): ReactNode {
  const t = useWords("room");
  return (
    <button
      type="button"
      className={styles["pin"]}
      aria-pressed={pinned}
      aria-label={t(pinned ? "unpinOf" : "pinOf", { name })}
      onClick={onPin}
    >
      {pinned ? <PinOff /> : <Pin />}
      <span>{t(pinned ? "unpin" : "pin")}</span>
    </button>
  );
}

/** A shared screen: whole, never cut, and with the name of who shares. */
export function ScreenTile({ person, track }: { person: PersonView; track: string }): ReactNode {
  const t = useWords("room");
  const label = t("sharedBy", { name: person.displayName });
  return (
    <article className={styles["tile"]} aria-label={label}>
      <Video
        identity={person.sfuIdentity}
        source="screen"
        track={track}
        label={label}
        className={styles["video"]}
      />
      <div className={styles["tag"]}>{label}</div>
    </article>
  );
}
