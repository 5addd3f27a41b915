import { useWords } from "../../i18n/words.ts";
import { toast } from "../../ui/toast.tsx";
import type { Saved } from "./use-save.ts";

/** Says what was saved, and never that it acts everywhere: that is the head's to say (BAR-11). */
export function useSaidSaved(): (saved: Saved) => void {
  const t = useWords("barriers");
  return ({ version, pending }) => toast(pending ? t("asked", { version }) : t("saved", { version }));
}
