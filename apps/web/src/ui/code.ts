/** Every dash people and input methods type between groups. */
const SEPARATORS = /[\s\-ー−–—‐‑‒―－ｰ]/gu;

/** Full-width to half-width, upper case, no spaces and dashes: `ｋｈ４ｔ－9wrm` → `KH4T9WRM`. */
export function normalizeCode(typed: string): string {
  return typed.replace(SEPARATORS, "").normalize("NFKC").replace(SEPARATORS, "").toUpperCase();
}

/** For reading: `KH4T9WRM3X` → `KH4T-9WRM-3X`. Never a trailing dash, so that backspace works. */
export function groupCode(code: string, size = 4): string {
  const groups: string[] = [];
  for (let at = 0; at < code.length; at += size) groups.push(code.slice(at, at + size));
  return groups.join("-");
}
