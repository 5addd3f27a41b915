import { useEffect, useRef, type ReactNode } from "react";
import { useMedia } from "./media-context.ts";

export interface VideoProps {
  identity: string;
  source: "camera" | "screen";
  /** Changes when the track behind the picture does. */
  track: string;
  mirrored?: boolean;
  label: string;
  className: string | undefined;
}

export function Video({ identity, source, track, mirrored, label, className }: VideoProps): ReactNode {
  const media = useMedia();
  const element = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (element.current === null) return;
    return media.show(identity, source, element.current);
  }, [media, identity, source, track]);
  return (
    <video
      ref={element}
      className={className}
      data-fit={source === "screen" ? "contain" : "cover"}
      data-mirrored={mirrored === true || undefined}
      aria-label={label}
      autoPlay
      playsInline
      muted
    />
  );
}
