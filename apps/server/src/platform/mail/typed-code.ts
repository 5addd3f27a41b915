/** Full-width digits, spaces and dashes are what input methods and reading aloud bring. */
export function digitsOf(typed: string): string {
  return typed.normalize("NFKC").replace(/[\s\-ー−–—‐‑‒―]/gu, "");
}
