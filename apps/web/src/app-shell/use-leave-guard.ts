import { useEffect, useState } from "react";

export interface LeaveGuard {
  /** Where somebody wanted to go; a dialog asks before it happens. */
  readonly wanted: string | undefined;
  readonly stay: () => void;
  readonly ask: (href: string) => void;
}

/** While there is something to lose, links of this site ask first and the browser asks before the tab closes. */
export function useLeaveGuard(dirty: boolean): LeaveGuard {
  const [wanted, setWanted] = useState<string | undefined>(undefined);
  useEffect(() => {
    if (!dirty) return;
    const onClick = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
      const href = link?.getAttribute("href");
      const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
      if (
        !plain ||
        href === undefined ||
        href === null ||
        !href.startsWith("/") ||
        link?.hasAttribute("download")
      )
        return;
      event.preventDefault();
      event.stopPropagation();
      setWanted(href);
    };
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    document.addEventListener("click", onClick, true);
    window.addEventListener("beforeunload", onUnload);
    return () => {
      document.removeEventListener("click", onClick, true);
      window.removeEventListener("beforeunload", onUnload);
    };
  }, [dirty]);
  return { wanted, stay: () => setWanted(undefined), ask: setWanted };
}
