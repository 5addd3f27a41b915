import type { Posture } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useLanguage, useWords } from "../../i18n/words.ts";
import { formatDate } from "../../ui/date-format.ts";
import { Note } from "../../ui/note.tsx";

/** Nothing is claimed that no list has told: silence is not "up to date". */
export function Update({ posture }: { posture: Posture }): ReactNode {
  const t = useWords("posture");
  const lang = useLanguage();
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
        {t("update.released", { date: formatDate(update.at, { lang, timeZone: "UTC" }) })}{" "}
        {update.security && t("update.security")}
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
