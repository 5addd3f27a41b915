/** Whether the server hands out another page than the one that runs (OPS-1). Asked of the own server alone (DAT-5). */
import { build } from "@sekisho/contract";
import { useSyncExternalStore } from "react";
import { ApiError, call } from "../api/client.ts";

export type PageUpdate = {
  /** `needed`: the server refuses this page by now. `failed`: it could not be asked; what was found before is not forgotten. */
  readonly state: "unknown" | "checking" | "current" | "available" | "needed" | "failed";
  /** When the server last answered, ms since 1970 UTC. */
  readonly at: number | null;
  /** How long a place in a meeting is kept while the page is loaded anew. */
  readonly seatKeptSeconds: number;
};

const everyMs = 10 * 60_000;

/** What the build wrote into this document; null in the gallery, which has no server. */
const own = document.querySelector<HTMLMetaElement>('meta[name="sekisho-page"]')?.content ?? null;

let now: PageUpdate = { state: "unknown", at: null, seatKeptSeconds: 0 };
const listeners = new Set<() => void>();

function change(next: Partial<PageUpdate>): void {
  now = { ...now, ...next };
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function usePageUpdate(): PageUpdate {
  return useSyncExternalStore(subscribe, () => now);
}

/** There is something to do: a page that is older stays older. */
export function isNewer({ state }: PageUpdate): boolean {
  return state === "available" || state === "needed";
}

/** @param quietly without saying so on the page, as from time to time */
export async function checkPage(quietly = false): Promise<void> {
  if (quietly && own === null) return;
  const before = now.state;
  if (!quietly) change({ state: "checking" });
  try {
    const { minimumBuild, page, seatKeptSeconds } = await call("GET", "/api/version");
    const other = page !== null && own !== null && page !== own;
    const state = minimumBuild > build ? "needed" : other ? "available" : "current";
    change({ state, at: Date.now(), seatKeptSeconds });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    change({ state: quietly || isNewer({ ...now, state: before }) ? before : "failed" });
  }
}

/** Asks from time to time and whenever somebody comes back to the page. Returns a function that ends it. */
export function watchPage(): () => void {
  const look = () => {
    if (document.visibilityState === "visible") void checkPage(true);
  };
  look();
  const timer = setInterval(look, everyMs);
  document.addEventListener("visibilitychange", look);
  return () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", look);
  };
}

/** The one step: the document is asked for anew each time, and names the new files. */
export function updatePage(): void {
  location.reload();
}
