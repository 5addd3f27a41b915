import type { MeetingSummary } from "@sekisho/contract";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { useWords } from "../../i18n/words.ts";
import { buttonClass } from "../../ui/button.tsx";
import { ClassBadge } from "../../ui/class-badge.tsx";
import { DateText } from "../../ui/date-text.tsx";
import { Badge } from "../../ui/note.tsx";
import styles from "./home.module.css";
import { peopleText } from "./meeting-rows.tsx";

const SOON_MINUTES = 60;

export function NextMeeting({ meeting, now }: { meeting: MeetingSummary; now: number }): ReactNode {
  const t = useWords("home");
  const common = useWords("common");
  return (
    <section className={styles["next"]} aria-label={meeting.topic}>
      <div className={styles["next-words"]}>
        <p className={styles["next-line"]}>
          <When meeting={meeting} now={now} />
          <ClassBadge
            level={meeting.confidentiality}
            label={common(`classShort.${meeting.confidentiality}`)}
          />
        </p>
        <h2 className={styles["next-topic"]}>{meeting.topic}</h2>
        <p className={styles["next-meta"]}>
          {meeting.next !== null && (
            <DateText
              from={meeting.next.startsAt}
              to={meeting.next.endsAt}
              zone={meeting.timeZone}
              otherLine={(time) => common("meetingTime", { time })}
            />
          )}
          <span>{meeting.mine ? peopleText(t, meeting) : t("host", { name: meeting.hostName })}</span>
        </p>
      </div>
      <div className={styles["next-actions"]}>
        <Link href={`/m/${meeting.link}`} className={buttonClass("primary", "large")}>
          {meeting.mine && meeting.status !== "live" ? t("start") : t("join")}
        </Link>
        <Link href={`/meetings/${meeting.id}`} className={buttonClass("quiet")}>
          {t("details")}
        </Link>
      </div>
    </section>
  );
}

function When({ meeting, now }: { meeting: MeetingSummary; now: number }): ReactNode {
  const t = useWords("home");
  if (meeting.status === "live") return <Badge tone="ok">{t("live")}</Badge>;
  const minutes = Math.ceil(((meeting.next?.startsAt ?? now) - now) / 60_000);
  if (minutes > SOON_MINUTES) return null;
  return (
    <span className={styles["soon"]}>{minutes > 0 ? t("startsIn", { count: minutes }) : t("started")}</span>
  );
}
