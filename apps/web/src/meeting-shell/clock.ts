import { useEffect, useState } from "react";

/** Now in ms, by the server's clock, looked at anew every `every` ms. */
export function useNow(every: number, clockAhead: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now + clockAhead;
}

/** Minutes and seconds left, as 4:30. */
export function left(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
