import CircleCheck from "lucide-react/icons/circle-check";
import CircleDashed from "lucide-react/icons/circle-dashed";
import RefreshCw from "lucide-react/icons/refresh-cw";
import type { BarrierStatus } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { useNow } from "../../meeting-shell/clock.ts";
import { cx } from "../../ui/cx.ts";
import styles from "./layout.module.css";
import { progressOf } from "./status-model.ts";

/** Which version, and whether it is everywhere yet: one is never said for the other (BAR-11). */
export function StateChip({ status }: { status: BarrierStatus }): ReactNode {
  const t = useWords("barriers");
  const progress = progressOf(status);
  if (progress.kind === "off")
    return (
      <p className={styles["chip"]} role="status">
        <CircleDashed />
        <span>{t("state.off")}</span>
      </p>
    );
  if (progress.kind === "applied")
    return (
      <p className={cx(styles["chip"], styles["ok"])} role="status">
        <CircleCheck />
        <span>{t("state.applied", { count: progress.nodes, version: progress.version })}</span>
      </p>
    );
  return (
    <p className={cx(styles["chip"], styles["warn"])} role="status">
      <RefreshCw />
      <span>
        {progress.kind === "sweeping" ? (
          t("state.sweeping", { version: progress.version })
        ) : (
          <>
            {t("state.spreading", {
              version: progress.version,
              have: progress.have,
              nodes: progress.nodes,
            })}
            <Since from={status.committedAt} names={progress.missing} />
          </>
        )}
      </span>
    </p>
  );
}

/** Seconds since it was saved; out of the live region, which would read every one of them. */
function Since({ from, names }: { from: number | null; names: readonly string[] }): ReactNode {
  const t = useWords("barriers");
  const now = useNow(1000, 0);
  const seconds = from === null ? 0 : Math.max(0, Math.round((now - from) / 1000));
  return (
    <span aria-hidden="true">{t("state.missing", { names: names.join(t("list.comma")), seconds })}</span>
  );
}
