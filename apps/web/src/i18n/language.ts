export type Lang = "ja" | "en";

const KEY = "sekisho.lang";

export function isLang(value: unknown): value is Lang {
  return value === "ja" || value === "en";
}

/** Own choice on this device, else the first of the browser's languages that exists here, else Japanese. */
export function firstLanguage(stored: string | null, browser: readonly string[]): Lang {
  if (isLang(stored)) return stored;
  const wanted = browser.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLang);
  return wanted ?? "ja";
}

export function readLanguage(): Lang {
  return firstLanguage(stored(), navigator.languages);
}

export function storeLanguage(lang: Lang): void {
  try {
    localStorage.setItem(KEY, lang);
  } catch {
    // Storage can be forbidden; the choice then holds until the page is closed.
  }
}

function stored(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
