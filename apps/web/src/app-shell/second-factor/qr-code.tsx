import type { TotpSetup } from "@sekisho/contract";
import type { ReactNode } from "react";
import styles from "./second-factor.module.css";

/** Dark on light in every theme, with the quiet margin of four modules that readers need (ISO/IEC 18004). */
export function QrCode({ qr, label }: { qr: TotpSetup["qr"]; label: string }): ReactNode {
  const { size, modules } = qr;
  const margin = 4;
  const path = Array.from(modules, (dark, at) =>
    dark === "1" ? `M${(at % size) + margin} ${Math.floor(at / size) + margin}h1v1h-1z` : "",
  ).join("");
  const whole = size + 2 * margin;
  return (
    <svg className={styles["qr"]} viewBox={`0 0 ${whole} ${whole}`} role="img" aria-label={label}>
      <path d={path} />
    </svg>
  );
}
