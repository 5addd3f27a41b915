/** What this product stands on, as weaknesses are reported. */
export const standardKeywords = ["sekisho", "livekit", "postgresql", "node.js", "openssl", "pion"] as const;

/** As typed: separated by commas of either width, or by line ends. */
export function keywordsOf(text: string): readonly string[] {
  const words = text.split(/[,、，\n]+/u).map((word) => word.trim());
  return [...new Set(words.filter((word) => word.length >= 2))].slice(0, 50);
}
