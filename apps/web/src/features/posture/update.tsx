import type { Posture } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { DateText } from "../../ui/date-text.tsx";
import { Note } from "../../ui/note.tsx";

/** Nothing is claimed that no list has told: silence is not "up to date". */
export function Update({ posture }: { posture: Posture }): ReactNode {
  const t = useWords("posture");
  const { update, releases, parts } = posture;
  if (releases === null || releases.lastContactAt === null) return null;
  if (update === null)
    return (
      <Note tone="ok">
        {t("update.none", { version: parts.find(({ part }) => part === "sekisho")?.version ?? "" })}
      </Note>
    );
  return (
    <Note tone="warn" title={t("update.available", { version: update.version })}>
      <p>
        <DateText from={update.at} /> {update.security && t("update.security")}
      </p>
      <p>
        {t("update.how")}{" "}
        {update.notes !== null && (
          <a href={update.notes} target="_blank" rel="noopener noreferrer">
            {t("update.notes")}
          </a>
        )}
      </p>
    </Note>
  );
}
