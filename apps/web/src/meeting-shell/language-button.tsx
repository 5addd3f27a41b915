import type { ReactNode } from "react";
import { setLanguage, useLanguage } from "../i18n/words.ts";
import { Button } from "../ui/button.tsx";

/** Each language by its own name, so these words are the same in both. */
const NAMES = { ja: "日本語", en: "English" } as const;

export function LanguageButton(): ReactNode {
  const lang = useLanguage();
  const other = lang === "ja" ? "en" : "ja";
  return (
    <Button kind="quiet" lang={other} onClick={() => void setLanguage(other)}>
      {NAMES[other]}
    </Button>
  );
}
