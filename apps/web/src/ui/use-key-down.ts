import { useEffect, useRef } from "react";

/**
 * Keys of a whole part of the page, as a region and not as a control: what is pressed inside it comes by here. The
 * part itself is not to be operated, so the listener stands on the element and in no attribute.
 */
export function useKeyDown(
  ref: { readonly current: HTMLElement | null },
  onKey: (event: KeyboardEvent) => void,
): void {
  const latest = useRef(onKey);
  latest.current = onKey;
  useEffect(() => {
    const element = ref.current;
    const listen = (event: KeyboardEvent) => latest.current(event);
    element?.addEventListener("keydown", listen);
    return () => element?.removeEventListener("keydown", listen);
  }, [ref]);
}
