import CalendarPlus from "lucide-react/icons/calendar-plus";
import type { MeetingDetail } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { buttonClass } from "../../ui/button.tsx";
import { Section } from "../../ui/page.tsx";
import styles from "./detail.module.css";

export type CalendarKind = "outlook" | "google" | "ics";

export interface CalendarsProps {
  links: NonNullable<MeetingDetail["calendar"]>;
  /** The one chosen last on this device stands first. */
  first: CalendarKind;
}

export function Calendars({ links, first }: CalendarsProps): ReactNode {
  const t = useWords("meeting-detail");
  const kinds: readonly CalendarKind[] = ["outlook", "google", "ics"];
  const ordered = [first, ...kinds.filter((kind) => kind !== first)];
  return (
    <Section title={t("calendar")} note={t("calendarNote")}>
      <div className={styles["row"]}>
        {ordered.map((kind) => (
          <a
            key={kind}
            href={links[kind]}
            className={buttonClass()}
            {...(kind === "ics" ? { download: "" } : { target: "_blank", rel: "noreferrer noopener" })}
          >
            <CalendarPlus />
            {t(kind)}
          </a>
        ))}
      </div>
    </Section>
  );
}
