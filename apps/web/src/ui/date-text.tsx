import { Fragment, type ReactNode } from "react";
import { formatDateTime, formatRange, sameClock } from "./date-format.ts";
import { useUiLocale } from "./locale.ts";

export interface DateTextProps {
  /** Instants in milliseconds. */
  from: number;
  to?: number;
  /** The meeting's own zone; a second line stands only where its clock differs from the viewer's. */
  zone?: string;
  /** Writes the second line: 会議の時刻：…. */
  otherLine?: (time: string) => string;
  listNow?: number;
}

/** Dates and times do not break inside; between a date and its time a line may. */
function Unbroken({ children }: { children: string }): ReactNode {
  return children.split(/(?<=[,)]) /u).map((part, index) => (
    <Fragment key={part}>
      {index > 0 && " "}
      <span className="nowrap">{part}</span>
    </Fragment>
  ));
}

export function DateText({ from, to, zone, otherLine, listNow }: DateTextProps): ReactNode {
  const { lang, timeZone } = useUiLocale();
  const write = (inZone: string) => {
    const options = { lang, timeZone: inZone, ...(listNow === undefined ? {} : { listNow }) };
    return to === undefined ? formatDateTime(from, options) : formatRange(from, to, options);
  };
  const second = zone !== undefined && otherLine !== undefined && !sameClock(from, timeZone, zone);
  return (
    <>
      <time dateTime={new Date(from).toISOString()}>
        <Unbroken>{write(timeZone)}</Unbroken>
      </time>
      {second && (
        <>
          <br />
          <span>{otherLine(write(zone))}</span>
        </>
      )}
    </>
  );
}
