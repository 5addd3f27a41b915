import { useEffect, useRef } from "react";

/** While the room is open, Back asks first instead of leaving. */
export function useBack(onBack: () => void): void {
  const latest = useRef(onBack);
  latest.current = onBack;
  useEffect(() => {
    history.pushState({ inMeeting: true }, "");
    const listen = () => {
      history.pushState({ inMeeting: true }, "");
      latest.current();
    };
    window.addEventListener("popstate", listen);
    return () => window.removeEventListener("popstate", listen);
  }, []);
}
