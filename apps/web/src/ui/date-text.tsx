import type { ReactNode } from "react";
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

export function DateText({ from, to, zone, otherLine, listNow }: DateTextProps): ReactNode {
  const { lang, timeZone } = useUiLocale();
  const write = (inZone: string) => {
    const options = { lang, timeZone: inZone, ...(listNow === undefined ? {} : { listNow }) };
    return to === undefined ? formatDateTime(from, options) : formatRange(from, to, options);
  };
  const second = zone !== undefined && otherLine !== undefined && !sameClock(from, timeZone, zone);
  return (
    <>
      <time dateTime={new Date(from).toISOString()}>{write(timeZone)}</time>
      {second && (
        <>
          <br />
          <span>{otherLine(write(zone))}</span>
        </>
      )}
    </>
  );
}
