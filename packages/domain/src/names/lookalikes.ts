/**
 * Letters that pass for another at a glance, folded to one representative. A working subset of the table of
 * Unicode TS 39 (confusables): Latin, Greek, Cyrillic, digits, and the kana and kanji pairs that Japanese names meet.
 * Case is folded before, so a letter that is mistaken in either case (I and l) stands in the group; each in one only.
 */
const groups: readonly string[] = [
  "aаαɑ",
  "bЬьв",
  "cсϲ",
  "dԁ",
  "eеεё",
  "gɡ",
  "hһнη",
  "jϳј",
  "kкκ",
  "l1iıіїιӏ|ǀ",
  "mм",
  "nпո",
  "o0оοσө",
  "pрρ",
  "qԛ",
  "rг",
  "sѕ5",
  "tтτ",
  "uυս",
  "vνѵ",
  "wԝω",
  "xхχ",
  "yуγү",
  "z2ζ",
  "ロ口囗",
  "カ力",
  "タ夕",
  "ト卜",
  "ニ二",
  "ハ八",
  "エ工",
  "へヘ",
  "べベ",
  "ぺペ",
  "一ー―",
  "チ千",
  "ミ三",
  "オ才",
  "崎﨑埼",
  "高髙",
  "斉斎齊齋",
  "辺邊邉",
  "浜濱濵",
  "沢澤",
  "広廣",
  "国國",
  "島嶋嶌",
  "桜櫻",
  "徳德",
  "吉𠮷",
  "真眞",
  "渡渉",
];

/** Built once: every letter of a group answers with the group's first, in lower case. */
export const lookalikes: ReadonlyMap<string, string> = new Map(
  groups.flatMap((group) => {
    const letters = [...group.toLowerCase()];
    const [first] = letters;
    return first === undefined ? [] : letters.map((letter): [string, string] => [letter, first]);
  }),
);
