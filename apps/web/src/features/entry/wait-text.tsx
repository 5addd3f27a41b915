import { useEffect, useState, type ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { clock } from "./entry-model.ts";

/** Counts down to an instant of this device's clock (ms). */
export function WaitText({ until }: { until: number }): ReactNode {
  const t = useWords("entry");
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return t("tooMany", { wait: clock(until - now) });
}
