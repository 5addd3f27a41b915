import ChevronRight from "lucide-react/icons/chevron-right";
import RefreshCw from "lucide-react/icons/refresh-cw";
import type { MeetingSummary } from "@sekisho/contract";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { useWords, type Words } from "../../i18n/words.ts";
import { ClassBadge } from "../../ui/class-badge.tsx";
import { formatDate, formatTime } from "../../ui/date-format.ts";
import { useUiLocale } from "../../ui/locale.ts";
import { Badge } from "../../ui/note.tsx";
import { durationText } from "./duration.ts";
import styles from "./home.module.css";

export function peopleText(t: Words<"home">, { people }: Pick<MeetingSummary, "people">): string {
  if (people.invited === 0) return t("noPeople");
  const external = people.external === 0 ? t("noExternal") : t("external", { count: people.external });
  return `${t("people", { count: people.invited })} · ${external}`;
}

export interface MeetingRowsProps {
  meetings: readonly MeetingSummary[];
  now: number;
  withDate: boolean;
}

export function MeetingRows({ meetings, now, withDate }: MeetingRowsProps): ReactNode {
  return (
    <ul className={styles["rows"]}>
      {meetings.map((meeting) => (
        <Row key={meeting.id} meeting={meeting} now={now} withDate={withDate} />
      ))}
    </ul>
  );
}

function Row({
  meeting,
  now,
  withDate,
}: {
  meeting: MeetingSummary;
  now: number;
  withDate: boolean;
}): ReactNode {
  const t = useWords("home");
  const common = useWords("common");
  return (
    <li>
      <Link href={`/meetings/${meeting.id}`} className={styles["row"]}>
        <Time meeting={meeting} now={now} withDate={withDate} />
        <span className={styles["what"]}>
          <span className={styles["topic"]}>{meeting.topic}</span>
          <span className={styles["meta"]}>
            {meeting.mine ? peopleText(t, meeting) : t("host", { name: meeting.hostName })}
          </span>
        </span>
        <span className={styles["chips"]}>
          {meeting.recurring && <Badge icon={<RefreshCw />}>{t("recurring")}</Badge>}
          <Status status={meeting.status} />
          <ClassBadge
            level={meeting.confidentiality}
            label={common(`classShort.${meeting.confidentiality}`)}
          />
        </span>
        <ChevronRight className={styles["chevron"]} />
      </Link>
    </li>
  );
}

function Time({
  meeting,
  now,
  withDate,
}: {
  meeting: MeetingSummary;
  now: number;
  withDate: boolean;
}): ReactNode {
  const t = useWords("home");
  const locale = useUiLocale();
  if (meeting.next === null) return <span className={styles["time"]} />;
  const { startsAt, endsAt } = meeting.next;
  const clock = formatTime(startsAt, locale);
  const duration = durationText(t, Math.round((endsAt - startsAt) / 60_000));
  return (
    <span className={styles["time"]}>
      <time className={`nowrap ${styles["clock"]}`} dateTime={new Date(startsAt).toISOString()}>
        {withDate ? formatDate(startsAt, { ...locale, listNow: now }) : clock}
      </time>
      <span className={styles["meta"]}>{withDate ? `${clock} · ${duration}` : duration}</span>
    </span>
  );
}

function Status({ status }: { status: MeetingSummary["status"] }): ReactNode {
  const t = useWords("home");
  if (status === "live") return <Badge tone="ok">{t("live")}</Badge>;
  if (status === "cancelled") return <Badge tone="danger">{t("cancelled")}</Badge>;
  if (status === "ended") return <Badge>{t("ended")}</Badge>;
  return null;
}
