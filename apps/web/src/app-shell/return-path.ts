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

const LINKING = "sekisho.linking";

/** On the way to an identity provider to tie the own account, and not to sign in. */
export function rememberLinking(): void {
  try {
    sessionStorage.setItem(LINKING, "yes");
  } catch {
    // Without storage a failure is told as one of signing in.
  }
}

export function takeLinking(): boolean {
  try {
    const linking = sessionStorage.getItem(LINKING) === "yes";
    sessionStorage.removeItem(LINKING);
    return linking;
  } catch {
    return false;
  }
}

export function safePath(path: string | null): string {
  return path !== null && /^\/(?![/\\])/u.test(path) ? path : "/";
}
