import type { Draft } from "./draft.ts";

const KEY = "sekisho.schedule-draft";
/** A draft older than this is of no use and is not offered again (ms). */
const LONGEST = 7 * 86_400_000;

interface Stored {
  readonly account: string;
  readonly at: number;
  readonly draft: Draft;
}

/** Keeps the form on this device over a reload. The passcode is not part of a draft, so it is never stored. */
export function storeDraft(account: string, draft: Draft, now: number): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ account, at: now, draft } satisfies Stored));
  } catch {
    // No room or no storage: the form then lives as long as the page.
  }
}

export function dropDraft(): void {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Nothing was stored either.
  }
}

/** The draft of this account, laid over `base` so that a form of an older build is still complete. */
export function readDraft(account: string, base: Draft, now: number): Draft | undefined {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? "null");
    if (!isStored(stored) || stored.account !== account || now - stored.at > LONGEST) return undefined;
    return { ...base, ...stored.draft };
  } catch {
    return undefined;
  }
}

function isStored(value: unknown): value is Stored {
  return (
    typeof value === "object" &&
    value !== null &&
    "account" in value &&
    "at" in value &&
    typeof value.at === "number" &&
    "draft" in value &&
    typeof value.draft === "object" &&
    value.draft !== null
  );
}
