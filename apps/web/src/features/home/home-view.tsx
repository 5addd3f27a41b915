import CalendarDays from "lucide-react/icons/calendar-days";
import CalendarPlus from "lucide-react/icons/calendar-plus";
import type { MeetingSummary } from "@sekisho/contract";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { useWords } from "../../i18n/words.ts";
import { Button, buttonClass } from "../../ui/button.tsx";
import { formatDate } from "../../ui/date-format.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { useUiLocale } from "../../ui/locale.ts";
import { PageHead, Section, Stack } from "../../ui/page.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { groupMeetings } from "./group.ts";
import styles from "./home.module.css";
import { MeetingRows } from "./meeting-rows.tsx";
import { NextMeeting } from "./next-meeting.tsx";

export type Scope = "upcoming" | "past";

export interface HomeViewProps {
  scope: Scope;
  onScope: (scope: Scope) => void;
  meetings: readonly MeetingSummary[];
  now: number;
  onMore: (() => void) | undefined;
  onStartNow: () => void;
}

export function HomeView(props: HomeViewProps): ReactNode {
  const t = useWords("home");
  const tabs = [
    { id: "upcoming", label: t("upcoming") },
    { id: "past", label: t("past") },
  ] as const;
  return (
    <>
      <PageHead
        title={t("title")}
        actions={
          <>
            <Button kind="quiet" onClick={props.onStartNow}>
              {t("startNow")}
            </Button>
            <Link href="/meetings/new" className={`${buttonClass()} ${styles["schedule"]}`}>
              <CalendarPlus />
              {t("schedule")}
            </Link>
          </>
        }
      />
      <Tabs label={t("tabs")} tabs={tabs} value={props.scope} onChange={props.onScope}>
        <div className={styles["panel"]}>
          {props.scope === "past" ? <Past {...props} /> : <Upcoming {...props} />}
          {props.onMore !== undefined && (
            <div className={styles["more"]}>
              <Button onClick={props.onMore}>{t("more")}</Button>
            </div>
          )}
        </div>
      </Tabs>
    </>
  );
}

function Upcoming({ meetings, now }: HomeViewProps): ReactNode {
  const t = useWords("home");
  const locale = useUiLocale();
  const groups = groupMeetings(meetings, now, locale.timeZone);
  if (groups.next === undefined && meetings.length === 0) {
    return (
      <EmptyState
        icon={<CalendarDays />}
        text={t("empty")}
        action={
          <Link href="/meetings/new" className={buttonClass("primary", "large")}>
            {t("schedule")}
          </Link>
        }
      />
    );
  }
  const tomorrow = groups.tomorrow[0]?.next;
  return (
    <Stack>
      {groups.next !== undefined && <NextMeeting meeting={groups.next} now={now} />}
      <Group title={t("today")} meetings={groups.today} now={now} />
      <Group
        title={t("tomorrow")}
        note={tomorrow ? formatDate(tomorrow.startsAt, locale) : undefined}
        meetings={groups.tomorrow}
        now={now}
      />
      <Group title={t("soon")} meetings={groups.soon} now={now} withDate />
      <Group title={t("later")} meetings={groups.later} now={now} withDate />
    </Stack>
  );
}

interface GroupProps {
  title: string;
  note?: string | undefined;
  meetings: readonly MeetingSummary[];
  now: number;
  withDate?: boolean;
}

function Group({ title, note, meetings, now, withDate }: GroupProps): ReactNode {
  if (meetings.length === 0) return null;
  return (
    <Section title={title} note={note} small>
      <MeetingRows meetings={meetings} now={now} withDate={withDate === true} />
    </Section>
  );
}

function Past({ meetings, now }: HomeViewProps): ReactNode {
  const t = useWords("home");
  if (meetings.length === 0) return <EmptyState icon={<CalendarDays />} text={t("pastEmpty")} />;
  return <MeetingRows meetings={meetings} now={now} withDate />;
}
