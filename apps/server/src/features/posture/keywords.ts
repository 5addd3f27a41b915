/** Whether a text speaks of one of the words that an administrator looks for. Pure. */

/** Width and case do not count; a word is no part of a longer one: `node` is not in `nodejs`, nor `pg` in `jpg`. */
export function keywordsIn(text: string, keywords: readonly string[]): readonly string[] {
  const folded = fold(text);
  return keywords.filter((keyword) => contains(folded, fold(keyword)));
}

function fold(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}

function contains(text: string, word: string): boolean {
  if (word === "") return false;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
    if (!isWordPart(text[at - 1], word[0]) && !isWordPart(text[at + word.length], word.at(-1))) return true;
  return false;
}

const letter = /[a-z0-9]/u;

/** Japanese writes no spaces between words: a kana beside a letter parts them. */
function isWordPart(beside: string | undefined, end: string | undefined): boolean {
  return letter.test(beside ?? "") && letter.test(end ?? "");
}
