import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { useNow } from "../../meeting-shell/clock.ts";
import { Note } from "../../ui/note.tsx";

/** Too many tries: when another one makes sense. */
export function WaitNote({ until }: { until: number }): ReactNode {
  const t = useWords("registration");
  const seconds = Math.max(0, Math.ceil((until - useNow(1000, 0)) / 1000));
  const wait = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  return (
    <Note tone="warn" role="status">
      {t("tooMany", { wait })}
    </Note>
  );
}
