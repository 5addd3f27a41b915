import type { BarrierFlag } from "@sekisho/domain";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { isInForce } from "./flags.ts";
import styles from "./table.module.css";

/** Things that cannot be done, in words. Those without a channel stand apart: they are kept, and act on nothing yet (BAR-1). */
export function FlagWords({ flags }: { flags: readonly BarrierFlag[] }): ReactNode {
  const t = useWords("barriers");
  if (flags.length === 0) return <span className={styles["sub"]}>{t("nothing")}</span>;
  const now = flags.filter((flag) => isInForce(flag));
  const later = flags.filter((flag) => !isInForce(flag));
  const words = (some: readonly BarrierFlag[]) => some.map((flag) => t(`short.${flag}`)).join(t("list.dot"));
  return (
    <span className={styles["two"]}>
      {now.length > 0 && <span>{words(now)}</span>}
      {later.length > 0 && (
        <span className={styles["sub"]}>
          {t.rich("later.list", {
            flags: words(later),
            mark: <span className="nowrap">{t("later.mark")}</span>,
          })}
        </span>
      )}
    </span>
  );
}
