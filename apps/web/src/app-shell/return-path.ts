const KEY = "sekisho.return";

/** Where to go after signing in. Kept in the tab, not in the address: a link carries identifiers only (MTG-5). */
export function rememberReturn(path: string): void {
  try {
    sessionStorage.setItem(KEY, path);
  } catch {
    // Without storage the way leads to the list of meetings.
  }
}

/** Only a path of this site is taken back; anything else leads to the list of meetings. */
export function takeReturn(): string {
  try {
    const path = sessionStorage.getItem(KEY);
    sessionStorage.removeItem(KEY);
    return safePath(path);
  } catch {
    return "/";
  }
}

export function safePath(path: string | null): string {
  return path !== null && /^\/(?![/\\])/u.test(path) ? path : "/";
}
