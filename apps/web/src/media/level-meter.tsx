import { useEffect, useState, type ReactNode } from "react";
import styles from "./device-check.module.css";
import { watchLevel } from "./probe.ts";

const STEPS = 12;

/** `fixed` draws a still picture of a level, 0 to 1. */
export function LevelMeter({
  stream,
  label,
  fixed,
}: {
  stream: MediaStream | null;
  label: string;
  fixed?: number | undefined;
}): ReactNode {
  const [level, setLevel] = useState(fixed ?? 0);
  useEffect(() => (stream === null ? undefined : watchLevel(stream, setLevel)), [stream]);
  const lit = Math.round(level * STEPS);
  return (
    <div
      className={styles["meter"]}
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={STEPS}
      aria-valuenow={lit}
    >
      {Array.from({ length: STEPS }, (_, step) => (
        <span key={step} className={styles["step"]} data-lit={step < lit || undefined} />
      ))}
    </div>
  );
}

/** The own picture, mirrored as in a mirror; without sound. */
export function Preview({ stream, label }: { stream: MediaStream; label: string }): ReactNode {
  return (
    <video
      ref={(element) => {
        if (element !== null && element.srcObject !== stream) element.srcObject = stream;
      }}
      className={styles["preview"]}
      aria-label={label}
      autoPlay
      playsInline
      muted
    />
  );
}
