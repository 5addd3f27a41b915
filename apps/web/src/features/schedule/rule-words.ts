import type { Words } from "../../i18n/words.ts";
import { weekdayOf, weekOf, WEEKDAYS, type Recurrence, type Repeat, type Weekday } from "./recurrence.ts";

type Lang = "ja" | "en";

/** 火曜日 / Tuesday; `short`: 火 / Tue. */
export function weekdayName(day: Weekday, lang: Lang, width: "long" | "short" = "long"): string {
  // 2024-01-01 was a Monday.
  const at = Date.UTC(2024, 0, 1 + WEEKDAYS.indexOf(day));
  return new Intl.DateTimeFormat(lang === "ja" ? "ja-JP" : "en-GB", {
    weekday: width,
    timeZone: "UTC",
  }).format(at);
}

export function monthlyWords(
  t: Words<"schedule">,
  date: string,
  lang: Lang,
  monthly: Repeat["monthly"],
): string {
  if (monthly === "date") return t("repeat.monthly.date", { day: Number(date.slice(8, 10)) });
  const weekday = weekdayName(weekdayOf(date), lang);
  const week = weekOf(date);
  return week === -1 ? t("repeat.monthly.last", { weekday }) : t("repeat.monthly.weekday", { week, weekday });
}

/** The rule in words: 2 週ごとの 火曜日・木曜日、10 回. */
export function ruleWords(
  t: Words<"schedule">,
  recurrence: NonNullable<Recurrence>,
  start: string,
  lang: Lang,
): string {
  if ("rule" in recurrence) return t("rule.other", { rule: recurrence.rule });
  const { frequency, interval, days, monthly, end } = recurrence;
  const date = start.slice(0, 10);
  const params = {
    count: interval,
    days: WEEKDAYS.filter((day) => days.includes(day))
      .map((day) => weekdayName(day, lang))
      .join(t("listJoin")),
    on: frequency === "YEARLY" ? dayOfYear(date, lang) : onWords(t, date, lang, monthly),
  };
  // One a period reads as "every", whatever the language's plural forms are.
  const rule = interval === 1 ? t.maybe(`rule.${frequency}_one`, params) : t(`rule.${frequency}`, params);
  if (end.kind === "count") return t("rule.end.count", { rule: rule ?? "", count: end.count });
  if (end.kind === "until") return t("rule.end.until", { rule: rule ?? "", date: fullDate(end.date, lang) });
  return rule ?? "";
}

function onWords(t: Words<"schedule">, date: string, lang: Lang, monthly: Repeat["monthly"]): string {
  if (monthly === "date") return t("rule.on.date", { day: Number(date.slice(8, 10)) });
  return monthlyWords(t, date, lang, monthly);
}

function dayOfYear(date: string, lang: Lang): string {
  return format(date, lang, { month: "long", day: "numeric" });
}

function fullDate(date: string, lang: Lang): string {
  return format(date, lang, { year: "numeric", month: "long", day: "numeric" });
}

function format(date: string, lang: Lang, options: Intl.DateTimeFormatOptions): string {
  const locale = lang === "ja" ? "ja-JP" : "en-GB";
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" }).format(
    Date.parse(`${date}T00:00Z`),
  );
}
