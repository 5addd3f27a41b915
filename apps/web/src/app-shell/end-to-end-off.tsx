import { useId, type ReactNode } from "react";
import { useWords } from "../i18n/words.ts";
import styles from "./end-to-end-off.module.css";

const OFF = ["recording", "transcription", "telephone", "streaming", "breakouts"] as const;

/** ENC-3: what end-to-end encryption switches off, beside the choice and before it. Needs the catalogue `rules`. */
export function EndToEndOff(): ReactNode {
  const t = useWords("rules");
  const id = useId();
  return (
    <div className={styles["off"]}>
      <p id={id}>{t("endToEnd.off")}</p>
      <ul aria-labelledby={id}>
        {OFF.map((one) => (
          <li key={one}>{t(`endToEnd.off.${one}`)}</li>
        ))}
      </ul>
      <p>{t("endToEnd.off.class")}</p>
    </div>
  );
}
