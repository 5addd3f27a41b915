import { useState } from "react";
import { formatDate } from "../../ui/date-format.ts";
import { useUiLocale } from "../../ui/locale.ts";

/** Writes a day as lists do: without the year while it is this one. */
export function useDay(): (at: number) => string {
  const { lang, timeZone } = useUiLocale();
  const [listNow] = useState(() => Date.now());
  return (at) => formatDate(at, { lang, timeZone, listNow });
}
