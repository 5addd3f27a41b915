import CalendarX2 from "lucide-react/icons/calendar-x-2";
import CircleDashed from "lucide-react/icons/circle-dashed";
import UserX from "lucide-react/icons/user-x";
import type { BarrierImpact } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { cx } from "../../ui/cx.ts";
import { useUiLocale } from "../../ui/locale.ts";
import { Note } from "../../ui/note.tsx";
import styles from "./impact.module.css";
import { impactRows, type ImpactRow } from "./impact-model.ts";
import type { Again } from "./use-save.ts";

const ICONS = { removed: <UserX />, restricted: <CircleDashed />, upcoming: <CalendarX2 /> } as const;

export interface ImpactProps {
  impact: BarrierImpact | undefined;
  checking: boolean;
  again: Again | undefined;
  onList: () => void;
}

/** What saving would do at this moment, with the time at which it was tried (BAR-11). */
export function ImpactRows({ impact, checking, again, onList }: ImpactProps): ReactNode {
  const t = useWords("barriers");
  return (
    <>
      {impact !== undefined && (
        <ul className={cx(styles["rows"], checking && styles["old"])} aria-busy={checking}>
          {impactRows(impact).map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </ul>
      )}
      {again !== undefined && (
        <div className={styles["pad"]}>
          <Note tone="warn" role="alert">
            <AgainText again={again} />
          </Note>
        </div>
      )}
      {impact !== undefined && impact.problems.length > 0 && (
        <div className={styles["pad"]}>
          {impact.problems.map((problem) => (
            <Note key={problem} tone="danger" role="alert">
              {t(`problem.${problem}`)}
            </Note>
          ))}
        </div>
      )}
      {impact !== undefined && impact.needsSecondPerson && (
        <div className={styles["pad"]}>
          <Note tone="info">{t("approval.note")}</Note>
        </div>
      )}
      {impact !== undefined && (
        <p className={styles["list"]}>
          <button type="button" className={styles["link"]} onClick={onList}>
            {t("impact.list")}
          </button>
        </p>
      )}
    </>
  );
}

function AgainText({ again }: { again: Again }): ReactNode {
  const t = useWords("barriers");
  if (again.kind === "version") return t("again.version");
  const { key, before, now } = again.moved;
  return t(key, { before, now });
}

function Row({ row }: { row: ImpactRow }): ReactNode {
  const t = useWords("barriers");
  return (
    <li className={cx(styles["row"], styles[row.id], row.count === 0 && styles["none"])}>
      {ICONS[row.id]}
      <div className={styles["words"]}>
        <p className={styles["name"]}>{t(`impact.${row.id}`)}</p>
        <p className={styles["note"]}>
          {row.count === 0 ? t(`impact.${row.id}.none`) : t(`impact.${row.id}.note`, { count: row.other })}
        </p>
      </div>
      <p className={styles["count"]}>
        {t.rich(row.id === "upcoming" ? "count.things" : "count.people", { count: <b>{row.count}</b> })}
      </p>
    </li>
  );
}

/** Under the heading: when the numbers were worked out, or that they are being worked out. */
export function ImpactTime({ impact, checking }: Pick<ImpactProps, "impact" | "checking">): ReactNode {
  const t = useWords("barriers");
  const { lang, timeZone } = useUiLocale();
  if (checking) return <p role="status">{t("impact.checking")}</p>;
  if (impact === undefined) return <p>{t("impact.none")}</p>;
  const time = new Intl.DateTimeFormat(lang, { timeZone, timeStyle: "medium", hourCycle: "h23" });
  return <p>{t("impact.at", { time: time.format(impact.at) })}</p>;
}
