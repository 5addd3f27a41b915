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

const ERRAND = "sekisho.errand";

/** On the way to an identity provider for something else than signing in, and where to go on afterwards. */
export interface Errand {
  readonly kind: "link" | "confirm";
  readonly path: string;
}

export function rememberErrand({ kind, path }: Errand): void {
  try {
    sessionStorage.setItem(ERRAND, `${kind}:${path}`);
  } catch {
    // Without storage a failure is told as one of signing in.
  }
}

export function takeErrand(): Errand | undefined {
  try {
    const [, kind, path] = /^(link|confirm):(.*)$/u.exec(sessionStorage.getItem(ERRAND) ?? "") ?? [];
    sessionStorage.removeItem(ERRAND);
    if (path === undefined) return undefined;
    return { kind: kind === "link" ? "link" : "confirm", path: safePath(path) };
  } catch {
    return undefined;
  }
}

export function safePath(path: string | null): string {
  return path !== null && /^\/(?![/\\])/u.test(path) ? path : "/";
}
