import UserRound from "lucide-react/icons/user-round";
import VideoOff from "lucide-react/icons/video-off";
import type { ReactNode } from "react";
import { mediaOf, useMediaState } from "../media/media-context.ts";
import { Video } from "../media/video.tsx";
import styles from "./call-pictures.module.css";

export interface CallPicturesProps {
  /** `sfuIdentity` of either side; null while the other is not there. */
  other: string | null;
  own: string;
  otherLabel: string;
  otherOff: string;
  ownLabel: string;
  ownOff: string;
}

/** The two of a verification call: the other side large, the own picture small in its corner. */
export function CallPictures(props: CallPicturesProps): ReactNode {
  const { other, own } = props;
  const state = useMediaState();
  const theirs = other === null ? null : mediaOf(state, other).camera;
  const mine = mediaOf(state, own).camera;
  return (
    <div
      className={styles["pictures"]}
      data-speaking={(other !== null && mediaOf(state, other).speaking) || undefined}
    >
      {other === null || theirs === null ? (
        <p className={styles["none"]}>
          <UserRound />
          {props.otherOff}
        </p>
      ) : (
        <Video
          identity={other}
          source="camera"
          track={theirs}
          label={props.otherLabel}
          className={styles["video"]}
        />
      )}
      <div className={styles["own"]}>
        {mine === null ? (
          <p className={styles["none"]}>
            <VideoOff />
            <span className="sr-only">{props.ownOff}</span>
          </p>
        ) : (
          <Video
            identity={own}
            source="camera"
            track={mine}
            mirrored
            label={props.ownLabel}
            className={styles["video"]}
          />
        )}
      </div>
    </div>
  );
}
