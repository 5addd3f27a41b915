export interface DateOptions {
  readonly lang: "ja" | "en";
  /** IANA name. */
  readonly timeZone: string;
  /** Inside a list: the year is left out when it is the year of this instant (ms), and no zone is written. */
  readonly listNow?: number;
}

interface Parts {
  readonly year: string;
  readonly month: string;
  readonly day: string;
  readonly weekday: string;
  readonly time: string;
}

/** Zones whose short name `Intl` writes only in some languages, or as an offset. */
const NAMES: Readonly<Record<string, string>> = {
  "Asia/Tokyo": "JST",
  "Asia/Seoul": "KST",
  UTC: "UTC",
  "Etc/UTC": "UTC",
};

function partsOf(at: number, { lang, timeZone, listNow }: DateOptions): Parts {
  const format = new Intl.DateTimeFormat(lang === "ja" ? "ja-JP" : "en-GB", {
    timeZone,
    year: "numeric",
    month: lang === "ja" ? "numeric" : listNow === undefined ? "long" : "short",
    day: "numeric",
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const found = new Map(format.formatToParts(at).map((part) => [part.type, part.value]));
  const get = (type: Intl.DateTimeFormatPartTypes) => found.get(type) ?? "";
  return {
    year: get("year"),
    month: get("month").replace("月", "").replace("Sept", "Sep"),
    day: get("day").replace("日", ""),
    weekday: get("weekday"),
    time: `${get("hour")}:${get("minute")}`,
  };
}

/** `JST`, `EST`, `CET`, else `UTC+8`. */
export function zoneName(at: number, timeZone: string): string {
  const known = NAMES[timeZone];
  if (known !== undefined) return known;
  for (const locale of ["en-US", "en-GB", "en-AU"]) {
    const name = shortName(at, timeZone, locale);
    if (/^[A-Z]{2,5}$/.test(name)) return name;
  }
  return shortName(at, timeZone, "en-US").replace("GMT", "UTC");
}

function shortName(at: number, timeZone: string, locale: string): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: "short" }).formatToParts(at);
  return parts.find((part) => part.type === "timeZoneName")?.value ?? timeZone;
}

export function formatTime(at: number, options: DateOptions): string {
  return partsOf(at, options).time;
}

/** `2026年11月22日(日)` / `Sun 22 November 2026`; in a list without this year, and the month short: `Sun 22 Nov`. */
export function formatDate(at: number, options: DateOptions): string {
  const day = partsOf(at, options);
  const thisYear = options.listNow !== undefined && partsOf(options.listNow, options).year === day.year;
  if (options.lang === "ja") {
    return `${thisYear ? "" : `${day.year}年`}${day.month}月${day.day}日(${day.weekday})`;
  }
  return `${day.weekday} ${day.day} ${day.month}${thisYear ? "" : ` ${day.year}`}`;
}

/** `2026年11月22日(日) 16:00 JST` / `Sun 22 November 2026, 16:00 JST`. */
export function formatDateTime(at: number, options: DateOptions): string {
  return `${formatDate(at, options)}${gap(options)}${formatTime(at, options)}${zone(at, options)}`;
}

/** `2026年11月22日(日) 16:00–17:00 JST`; past midnight the second date stands too. */
export function formatRange(from: number, to: number, options: DateOptions): string {
  const sameDay = formatDate(from, options) === formatDate(to, options);
  const end = sameDay
    ? formatTime(to, options)
    : `${formatDate(to, options)}${gap(options)}${formatTime(to, options)}`;
  return `${formatDate(from, options)}${gap(options)}${formatTime(from, options)}–${end}${zone(to, options)}`;
}

function gap({ lang }: DateOptions): string {
  return lang === "ja" ? " " : ", ";
}

function zone(at: number, { timeZone, listNow }: DateOptions): string {
  return listNow === undefined ? ` ${zoneName(at, timeZone)}` : "";
}

/** Same wall clock at that instant: then one line is enough. */
export function sameClock(at: number, one: string, other: string): boolean {
  const write = (timeZone: string) => formatDateTime(at, { lang: "en", timeZone, listNow: 0 });
  return one === other || write(one) === write(other);
}
