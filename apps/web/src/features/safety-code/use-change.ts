import { useWords } from "../../i18n/words.ts";
import type { SafetyCode } from "../../keys/keys-state.ts";
import { formatTime } from "../../ui/date-format.ts";
import { useUiLocale } from "../../ui/locale.ts";

const mostNames = 3;

/** When a code came, and what made it new, as one sentence. */
export function useChange(): (code: SafetyCode) => string {
  const t = useWords("safety-code");
  const locale = useUiLocale();
  return ({ since, because }) => {
    const time = formatTime(since, locale);
    if (because === null) return t("since", { time });
    const { what, names } = because;
    if (what === "renewed" || what === "begunAnew" || names.length === 0)
      return t(what === "begunAnew" ? "changed.begunAnew" : "changed.renewed", { time });
    const shown = names
      .slice(0, mostNames)
      .map((name) => t("person", { name }))
      .join(t("comma"));
    const more = names.length - mostNames;
    return t(`changed.${what}`, {
      time,
      names: more > 0 ? t("andMore", { names: shown, count: more }) : shown,
    });
  };
}
