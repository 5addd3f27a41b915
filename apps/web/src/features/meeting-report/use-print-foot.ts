import { useEffect } from "react";

/** What the sheet's margin draws can only be said by a property of the document (`report.module.css`). */
export function usePrintFoot(text: string): void {
  useEffect(() => {
    const { style } = document.documentElement;
    style.setProperty("--print-foot", JSON.stringify(text));
    return () => void style.removeProperty("--print-foot");
  }, [text]);
}
