import type { Words } from "../../i18n/words.ts";

/** Minutes as 45 分, 1 時間, 1 時間 30 分. */
export function durationText(t: Words<"home">, minutes: number): string {
  const h = Math.floor(minutes / 60);
  const m = minutes % 60;
  if (h === 0) return t("minutes", { m });
  return m === 0 ? t("hours", { h }) : t("hoursMinutes", { h, m });
}
