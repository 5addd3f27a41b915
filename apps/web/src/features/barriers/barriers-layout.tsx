import BrickWall from "lucide-react/icons/brick-wall";
import CircleExclamationPoint from "lucide-react/icons/circle-exclamation-point";
import RefreshCw from "lucide-react/icons/refresh-cw";
import type { BarrierStatus } from "@sekisho/contract";
import { useEffect, useRef, type ReactNode } from "react";
import { Link } from "wouter";
import { useWords } from "../../i18n/words.ts";
import { DateText } from "../../ui/date-text.tsx";
import { Note } from "../../ui/note.tsx";
import { PageHead } from "../../ui/page.tsx";
import { Name } from "../../ui/person-name.tsx";
import styles from "./layout.module.css";
import { StateChip } from "./state-chip.tsx";
import { staleOf } from "./status-model.ts";

const TABS = [
  { id: "policies", href: "/barriers" },
  { id: "groups", href: "/barriers/groups" },
  { id: "matrix", href: "/barriers/matrix" },
  { id: "sync", href: "/barriers/sync" },
  { id: "explain", href: "/barriers/explain" },
  { id: "settings", href: "/barriers/settings" },
] as const;

export type BarrierTab = (typeof TABS)[number]["id"];

export interface BarriersLayoutProps {
  tab: BarrierTab;
  status: BarrierStatus;
  children: ReactNode;
}

/** Head of every page of the barriers: which version acts and where, when the last sync was, and what is wrong. */
export function BarriersLayout({ tab, status, children }: BarriersLayoutProps): ReactNode {
  const t = useWords("barriers");
  const tabs = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a phone the row of pages is wider than the screen: the one we are on is to be seen.
    const box = tabs.current;
    const here = box?.querySelector<HTMLElement>('[aria-current="page"]');
    if (box !== null && here !== null && here !== undefined)
      box.scrollLeft = here.offsetLeft - (box.clientWidth - here.offsetWidth) / 2;
  }, [tab]);
  return (
    <div className={styles["page"]}>
      <PageHead
        title={t("title")}
        lead={<LastSync status={status} />}
        actions={<StateChip status={status} />}
      />
      <Conditions status={status} here={tab} />
      <nav ref={tabs} aria-label={t("title")} className={styles["tabs"]}>
        {TABS.map(({ id, href }) => (
          <Link key={id} href={href} className={styles["tab"]} aria-current={id === tab ? "page" : undefined}>
            {t(`tab.${id}`)}
            {id === "sync" && status.pending > 0 && (
              <span className={styles["count"]}>
                <span aria-hidden="true">{status.pending}</span>
                <span className="sr-only">{t("pending.count", { count: status.pending })}</span>
              </span>
            )}
          </Link>
        ))}
      </nav>
      <div className={styles["body"]}>{children}</div>
    </div>
  );
}

function LastSync({ status }: { status: BarrierStatus }): ReactNode {
  const t = useWords("barriers");
  const { lastSync } = status;
  return (
    <span className={styles["sync"]}>
      <RefreshCw />
      <span>
        {lastSync === null
          ? t("sync.never")
          : t.rich("sync.last", {
              time: <DateText from={lastSync.at} />,
              by: <Name>{lastSync.by}</Name>,
              source: t(`source.${lastSync.source}`),
              result: t(`result.${lastSync.result}`),
            })}
      </span>
    </span>
  );
}

function Conditions({ status, here }: { status: BarrierStatus; here: BarrierTab }): ReactNode {
  const t = useWords("barriers");
  const stale = staleOf(status);
  const { staleLimits } = status.rules;
  const notes: ReactNode[] = [];
  if (stale !== null)
    notes.push(
      <Note key="stale" tone={stale === "none" || stale === "expired" ? "danger" : "warn"} role="alert">
        {t(`banner.${stale}`, {
          age: status.ageMinutes ?? 0,
          version: status.version,
          limit: (stale === "stale.close" ? staleLimits.closeAfter : staleLimits.denyNewAfter) ?? 0,
        })}
      </Note>,
    );
  if (!status.rules.on && here !== "settings")
    notes.push(
      <Note key="off" tone="info" icon={<BrickWall />}>
        {t.rich("banner.off", { link: <Link href="/barriers/settings">{t("banner.off.link")}</Link> })}
      </Note>,
    );
  if (status.pending > 0 && here !== "sync")
    notes.push(
      <Note key="pending" tone="warn" icon={<CircleExclamationPoint />}>
        {t.rich("banner.pending", {
          count: status.pending,
          link: <Link href="/barriers/sync">{t("banner.pending.link")}</Link>,
        })}
      </Note>,
    );
  if (!status.mayEdit) notes.push(<Note key="read">{t("banner.readOnly")}</Note>);
  return notes.length === 0 ? null : <div className={styles["conditions"]}>{notes}</div>;
}
