import type { OfferedProvider } from "@sekisho/contract";

const KEY = "sekisho.signedOut";

/** By whom one had been signed in, for the page that comes next; in the tab alone. */
export function rememberSignedOut(provider: OfferedProvider | null): void {
  try {
    if (provider === null) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, `${provider.id} ${provider.name}`);
  } catch {
    // Without storage nothing is offered.
  }
}

export function takeSignedOut(): OfferedProvider | undefined {
  try {
    const [, id, name] = /^(\S+) (.+)$/su.exec(sessionStorage.getItem(KEY) ?? "") ?? [];
    sessionStorage.removeItem(KEY);
    return id === undefined || name === undefined ? undefined : { id, name };
  } catch {
    return undefined;
  }
}
