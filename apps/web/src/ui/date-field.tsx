import "./aria-press-style.ts";
import { parseDate, parseTime } from "@internationalized/date";
import CalendarDays from "lucide-react/icons/calendar-days";
import ChevronLeft from "lucide-react/icons/chevron-left";
import ChevronRight from "lucide-react/icons/chevron-right";
import type { ReactNode } from "react";
import { Button } from "react-aria-components/Button";
import { Calendar, CalendarCell, CalendarGrid, CalendarHeading } from "react-aria-components/Calendar";
import { DateInput, DateSegment } from "react-aria-components/DateField";
import { DatePicker } from "react-aria-components/DatePicker";
import { Dialog } from "react-aria-components/Dialog";
import { Group } from "react-aria-components/Group";
import { I18nProvider } from "react-aria-components/I18nProvider";
import { Popover } from "react-aria-components/Popover";
import { TimeField as AriaTimeField } from "react-aria-components/TimeField";
import styles from "./date-field.module.css";
import { useUiLocale } from "./locale.ts";

export interface DateBoxProps {
  label: string;
  /** `2026-11-24` */
  value: string;
  onChange: (value: string) => void;
  describedBy?: string | undefined;
  invalid?: boolean;
}

/** A date by keyboard, segment by segment, or from the month. */
export function DateBox({ label, value, onChange, describedBy, invalid }: DateBoxProps): ReactNode {
  const { lang } = useUiLocale();
  return (
    <I18nProvider locale={lang === "ja" ? "ja-JP" : "en-GB"}>
      <DatePicker
        aria-label={label}
        {...(describedBy === undefined ? {} : { "aria-describedby": describedBy })}
        isInvalid={invalid === true}
        value={parseDate(value)}
        onChange={(date) => {
          if (date !== null) onChange(date.toString());
        }}
      >
        <Group className={styles["box"] ?? ""}>
          <DateInput className={styles["input"] ?? ""}>
            {(segment) => <DateSegment segment={segment} className={styles["segment"] ?? ""} />}
          </DateInput>
          <Button className={styles["open"] ?? ""}>
            <CalendarDays />
          </Button>
        </Group>
        <Popover className={styles["popover"] ?? ""}>
          <Dialog className={styles["dialog"] ?? ""}>
            <Calendar>
              <header className={styles["head"]}>
                <Button slot="previous" className={styles["open"] ?? ""}>
                  <ChevronLeft />
                </Button>
                <CalendarHeading className={styles["heading"] ?? ""} />
                <Button slot="next" className={styles["open"] ?? ""}>
                  <ChevronRight />
                </Button>
              </header>
              <CalendarGrid className={styles["grid"] ?? ""}>
                {(date) => <CalendarCell date={date} className={styles["cell"] ?? ""} />}
              </CalendarGrid>
            </Calendar>
          </Dialog>
        </Popover>
      </DatePicker>
    </I18nProvider>
  );
}

export interface TimeBoxProps {
  label: string;
  /** `16:00`, 24 h */
  value: string;
  onChange: (value: string) => void;
  invalid?: boolean;
}

export function TimeBox({ label, value, onChange, invalid }: TimeBoxProps): ReactNode {
  const { lang } = useUiLocale();
  return (
    <I18nProvider locale={lang === "ja" ? "ja-JP" : "en-GB"}>
      <AriaTimeField
        aria-label={label}
        hourCycle={24}
        shouldForceLeadingZeros
        isInvalid={invalid === true}
        value={parseTime(value)}
        onChange={(time) => {
          if (time !== null) onChange(time.toString().slice(0, 5));
        }}
      >
        <DateInput className={`${styles["box"]} ${styles["time"]}`}>
          {(segment) => <DateSegment segment={segment} className={styles["segment"] ?? ""} />}
        </DateInput>
      </AriaTimeField>
    </I18nProvider>
  );
}
