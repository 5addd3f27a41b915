import { useSyncExternalStore, type ReactNode } from "react";

export type Urgency = "polite" | "assertive";

interface Said {
  readonly polite: string;
  readonly assertive: string;
}

let said: Said = { polite: "", assertive: "" };
const listeners = new Set<() => void>();

/** A trailing no-break space makes a repeated sentence a change, so that it is read again. */
export function announce(text: string, urgency: Urgency = "polite"): void {
  const before = said[urgency];
  said = { ...said, [urgency]: before === text ? `${text}\u00a0` : text };
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The page's two live regions. They must exist before the first announcement. */
export function Announcer(): ReactNode {
  const now = useSyncExternalStore(subscribe, () => said);
  return (
    <>
      <div className="sr-only" aria-live="polite" aria-atomic="true">
        {now.polite}
      </div>
      <div className="sr-only" aria-live="assertive" aria-atomic="true">
        {now.assertive}
      </div>
    </>
  );
}
