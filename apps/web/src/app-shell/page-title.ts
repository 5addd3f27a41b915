import { useEffect } from "react";

const PRODUCT = "Sekisho";

/** The page's title in the tab, e.g. 「会議 · Sekisho」. Counts and alerts are the caller's words. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · ${PRODUCT}`;
    return () => {
      document.title = PRODUCT;
    };
  }, [title]);
}
