import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { left, useNow } from "../../meeting-shell/clock.ts";

/** A timer, which a screen reader reads when asked and not every second. `until`: ms by the server's clock. */
export function TimeLeft({ until, clockAhead }: { until: number; clockAhead: number }): ReactNode {
  const t = useWords("breakouts");
  const now = useNow(1000, clockAhead);
  return <span role="timer">{t("left", { time: left(until - now) })}</span>;
}
