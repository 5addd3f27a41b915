import { useMemo, type ReactNode } from "react";
import { useLanguage, useWords } from "../i18n/words.ts";
import { UiLocaleContext, type UiLocale } from "../ui/locale.ts";

/** The viewer's own zone; asked once, since a page does not change it. */
const TIME_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Gives the primitives their words and language. The catalogue `common` must have been loaded. */
export function UiProvider({
  timeZone = TIME_ZONE,
  children,
}: {
  timeZone?: string;
  children: ReactNode;
}): ReactNode {
  const lang = useLanguage();
  const t = useWords("common");
  const locale = useMemo<UiLocale>(() => {
    const words = {
      required: t("required"),
      close: t("close"),
      dismiss: t("dismiss"),
      show: t("show"),
      hide: t("hide"),
      undo: t("undo"),
    };
    return { lang, timeZone, words };
  }, [lang, timeZone, t]);
  return <UiLocaleContext value={locale}>{children}</UiLocaleContext>;
}
