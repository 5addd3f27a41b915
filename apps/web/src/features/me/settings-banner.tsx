import RotateCcwClock from "lucide-react/icons/rotate-ccw-clock";
import type { OwnSettings } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Banner } from "../../ui/banner.tsx";
import { Button } from "../../ui/button.tsx";
import { groupOf, SERVER_GROUPS } from "./setting-groups.ts";
import styles from "./me.module.css";
import { useDay } from "./use-day.ts";

/** How much changed since the last look, and where; gone once it is confirmed. */
export function SettingsBanner({
  settings,
  onSeen,
}: {
  settings: OwnSettings;
  onSeen: () => void;
}): ReactNode {
  const t = useWords("me");
  const date = useDay();
  const changed = settings.rows.filter((row) => row.changed !== null);
  if (changed.length === 0) return null;
  const count = changed.length;
  const { seenAt } = settings;
  const where = SERVER_GROUPS.flatMap((group) => {
    const some = changed.filter((row) => groupOf(row.id) === group).length;
    return some === 0 ? [] : [t("inGroup", { group: t(`group.${group}`), count: some })];
  });
  return (
    <div className={styles["banner"]}>
      <Banner tone="warn" icon={<RotateCcwClock />} action={<Button onClick={onSeen}>{t("seen")}</Button>}>
        <strong>
          {seenAt === null ? t("sinceFirst", { count }) : t("since", { count, date: date(seenAt) })}
        </strong>{" "}
        <span>{where.join(t("inGroup.next"))}</span>
      </Banner>
    </div>
  );
}
