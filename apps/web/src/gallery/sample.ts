import { currentLanguage } from "../i18n/words.ts";

/** Sample words of the gallery, which are no product copy and stand in no catalogue. */
export function sample(ja: string, en: string): string {
  return currentLanguage() === "ja" ? ja : en;
}
