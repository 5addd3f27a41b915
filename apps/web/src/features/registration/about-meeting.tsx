import type { RegistrationForm } from "@sekisho/contract";
import { useEffect, useRef, type ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { LanguageButton } from "../../meeting-shell/language-button.tsx";
import { announce } from "../../ui/announcer.tsx";
import { DateText } from "../../ui/date-text.tsx";
import { GuestFrame } from "../../ui/guest-frame.tsx";
import styles from "./registration.module.css";

type Meeting = RegistrationForm["meeting"];

/** What is said of the meeting to people who are not let in by knowing it. */
export function AboutMeeting({ meeting }: { meeting: Meeting }): ReactNode {
  const common = useWords("common");
  return (
    <div>
      {meeting.topic !== null && <p className={styles["topic"]}>{meeting.topic}</p>}
      <p className={styles["when"]}>
        <DateText
          from={meeting.startsAt}
          to={meeting.endsAt}
          zone={meeting.timeZone}
          otherLine={(time) => common("meetingTime", { time })}
        />
      </p>
    </div>
  );
}

interface MessageProps {
  organisation: string;
  title: string;
  meeting?: Meeting | undefined;
  children?: ReactNode;
  foot?: ReactNode;
}

/** A page that says one thing; the focus goes to its title. */
export function Message({ organisation, title, meeting, children, foot }: MessageProps): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    announce(title);
    heading.current?.focus();
  }, [title]);
  return (
    <GuestFrame organisation={organisation} side={<LanguageButton />} foot={foot}>
      <div className={styles["message"]}>
        <h1 ref={heading} tabIndex={-1} className={styles["title"]}>
          {title}
        </h1>
        {meeting !== undefined && <AboutMeeting meeting={meeting} />}
        {children}
      </div>
    </GuestFrame>
  );
}
